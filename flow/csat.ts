import type { FreeContent } from "./free-message.ts";
import { readWord } from "./gate/opt-out.ts";

export type CsatAs = "list" | "buttons";
export type CsatVerdict = "positive" | "neutral" | "negative";

/** 4 and 5 are happy people, 3 is neither, 1 and 2 are unhappy ones. */
export const verdictOf = (score: number): CsatVerdict =>
  score >= 4 ? "positive" : score === 3 ? "neutral" : "negative";

/** The scores one can pick, best first: WhatsApp shows three buttons at most, so those stand for 5, 3 and 1. */
export const scoresOf = (as: CsatAs): readonly number[] => (as === "list" ? [5, 4, 3, 2, 1] : [5, 3, 1]);

export const answerIdOf = (score: number): string => `score-${score}`;

/** The score of a button or row; null: it is none of the question's. */
export function scoreOfAnswer(buttonId: string): number | null {
  const [, score] = /^score-([1-5])$/.exec(buttonId) ?? [];
  return score === undefined ? null : Number(score);
}

type Words = { question: string; label: string; answers: readonly [string, string, string, string, string] };

/** The usual words, from 5 to 1; in a language without any they read in English. */
const usual: Record<string, Words> = {
  en: {
    question: "How did we do? Please rate our help.",
    label: "Rate us",
    answers: ["5 - Excellent", "4 - Good", "3 - All right", "2 - Poor", "1 - Bad"],
  },
  fr: {
    question: "Comment avons-nous été ? Notez notre aide.",
    label: "Donner une note",
    answers: ["5 - Excellent", "4 - Bien", "3 - Moyen", "2 - Insuffisant", "1 - Mauvais"],
  },
  es: {
    question: "¿Cómo lo hicimos? Califica nuestra ayuda.",
    label: "Calificar",
    answers: ["5 - Excelente", "4 - Bien", "3 - Regular", "2 - Insuficiente", "1 - Mal"],
  },
  pt: {
    question: "Como fomos? Avalie o nosso atendimento.",
    label: "Avaliar",
    answers: ["5 - Excelente", "4 - Bom", "3 - Regular", "2 - Insuficiente", "1 - Ruim"],
  },
  hi: {
    question: "हमारी सहायता कैसी रही? कृपया अंक दें।",
    label: "अंक दें",
    answers: ["5 - उत्कृष्ट", "4 - अच्छी", "3 - ठीक", "2 - कमज़ोर", "1 - खराब"],
  },
};

/** The question in a language as WhatsApp draws it, in the usual words; `question`: in the maker's own. */
export function csatContent(language: string, as: CsatAs, question?: string): FreeContent {
  const words = usual[language.split("_")[0] ?? ""] ?? usual.en;
  const { label = "", answers = [] } = words ?? {};
  const rows = scoresOf(as).map((score) => ({ id: answerIdOf(score), title: answers[5 - score] ?? String(score) }));
  const content = { language, header: null, body: question ?? words?.question ?? "", footer: null };
  return as === "list"
    ? {
        ...content,
        buttons: [],
        list: { label, sections: [{ title: "", rows: rows.map((row) => ({ ...row, description: "" })) }] },
      }
    : {
        ...content,
        buttons: rows.map(({ id, title }) => ({ kind: "quick-reply", id, text: title.replace(/^\d - /, "") })),
        list: null,
      };
}

/** What people write for a score, as whole messages and as words within one; of several the first counts. */
const said: readonly (readonly [score: number, words: readonly string[]])[] = [
  [4, ["NOT BAD", "PAS MAL"]],
  [
    1,
    [
      "TERRIBLE",
      "AWFUL",
      "HORRIBLE",
      "VERY BAD",
      "NUL",
      "NULLE",
      "TRES MAUVAIS",
      "TRES MAL",
      "PESIMO",
      "MUY MAL",
      "PESSIMO",
      "MUITO RUIM",
      "बहुत खराब",
    ],
  ],
  [
    2,
    [
      "NOT GOOD",
      "BAD",
      "POOR",
      "PAS BIEN",
      "PAS BON",
      "MAUVAIS",
      "DECU",
      "DECUE",
      "NO BIEN",
      "MAL",
      "MALO",
      "RUIM",
      "खराब",
    ],
  ],
  [
    5,
    [
      "EXCELLENT",
      "EXCELLENTE",
      "EXCELENTE",
      "GREAT",
      "PERFECT",
      "PARFAIT",
      "PARFAITE",
      "PERFECTO",
      "PERFEITO",
      "AWESOME",
      "AMAZING",
      "VERY GOOD",
      "TRES BIEN",
      "MUY BIEN",
      "MUITO BOM",
      "SUPER",
      "TOP",
      "GENIAL",
      "उत्कृष्ट",
      "बहुत अच्छा",
      "बहुत अच्छी",
    ],
  ],
  [3, ["OK", "OKAY", "ALL RIGHT", "SO SO", "AVERAGE", "MOYEN", "CORRECT", "BOF", "REGULAR", "MAS O MENOS", "ठीक"]],
  [
    4,
    [
      "GOOD",
      "FINE",
      "BIEN",
      "BON",
      "BONNE",
      "BUENO",
      "BUENA",
      "BOM",
      "BOA",
      "SATISFIED",
      "SATISFAIT",
      "SATISFAITE",
      "अच्छा",
      "अच्छी",
    ],
  ],
];
const numbers: readonly (readonly string[])[] = [
  ["ONE", "UN", "UNE", "UNO", "UM", "एक"],
  ["TWO", "DEUX", "DOS", "DOIS", "दो"],
  ["THREE", "TROIS", "TRES", "TROIS", "तीन"],
  ["FOUR", "QUATRE", "CUATRO", "QUATRO", "चार"],
  ["FIVE", "CINQ", "CINCO", "पांच", "पाँच"],
];

/**
 * The score that somebody has written instead of tapping: a figure from 1 to 5 ("4", "4/5", "5 stars"), stars, a number word or a
 * judgement in English, French, Spanish, Portuguese or Hindi. Null when it says none, or figures that are no score: a question about
 * something else must not count as one.
 */
export function readScore(text: string): number | null {
  if (text.length > 120) return null;
  const stars = [...text].filter((sign) => sign === "⭐" || sign === "★" || sign === "🌟").length;
  if (stars > 0) return stars <= 5 ? stars : null;
  const words = readWord(text);
  const figures = words.match(/\p{N}+/gu) ?? [];
  if (figures.length > 0) return scoreOfFigures(figures);
  const number = numbers.findIndex((each) => each.includes(words));
  if (number >= 0) return number + 1;
  const spaced = ` ${words} `;
  return said.find(([, each]) => each.some((word) => spaced.includes(` ${word} `)))?.[0] ?? null;
}

/** One figure, alone or out of five. */
function scoreOfFigures(figures: readonly string[]): number | null {
  const [first = "", second] = figures;
  if (figures.length > 2 || (second !== undefined && second !== "5")) return null;
  return /^[1-5]$/.test(first) ? Number(first) : null;
}
