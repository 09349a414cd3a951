import type { DraftContent, TemplateFinding } from "../lint-template.ts";

const greetings: Record<string, string> = { en: "Hello", fr: "Bonjour", es: "Hola", pt: "Olá", hi: "नमस्ते" };

const variable = /\{\{(?:[a-z_][a-z0-9_]*|[1-9]\d?)\}\}/g;

/** The language as it would be without this finding, where there is one plain way to mend it; else null. A person applies it, never the product by itself. */
export function fixFinding({ rule, language, field }: TemplateFinding, content: DraftContent): DraftContent | null {
  if (language !== content.language) return null;
  const { header, buttons } = content;
  const mendText = (mend: (text: string) => string) => withText(content, field, mend);
  switch (rule) {
    case "variable-starts-body":
      return mendText((text) => `${greetings[language.split("_")[0] ?? ""] ?? greetings.en} ${text.trimStart()}`);
    case "variable-ends-body":
      return mendText((text) => `${text.trimEnd()}${language.startsWith("hi") ? "।" : "."}`);
    case "blank-lines":
      return mendText((text) => text.replace(/\n{3,}/g, "\n\n"));
    case "footer-beside-offer":
      return { ...content, footer: null };
    case "header-formatting":
      return header?.kind === "text" ? { ...content, header: { kind: "text", text: withoutMarks(header.text) } } : null;
    case "button-order":
      return {
        ...content,
        buttons: [
          ...buttons.filter((button) => button.kind === "quick-reply"),
          ...buttons.filter((button) => button.kind !== "quick-reply"),
        ],
      };
    default:
      return null;
  }
}

/** The body, or the text of the card that the field names, with another text. */
function withText(content: DraftContent, field: string, mend: (text: string) => string): DraftContent {
  const { header } = content;
  if (field === "body" || header?.kind !== "cards") return { ...content, body: mend(content.body) };
  const cards = header.cards.map((card, index) =>
    field === `cards.${index}` ? { ...card, body: mend(card.body) } : card,
  );
  return { ...content, header: { ...header, cards } };
}

/** Marks and pictures go, variables with their underscores stay. */
function withoutMarks(text: string): string {
  const kept = text.match(variable) ?? [];
  const parts = text
    .split(variable)
    .map((part) => part.replace(/[*_~`]|\p{Extended_Pictographic}\uFE0F?/gu, "").replace(/\s+/g, " "));
  return parts
    .map((part, index) => part + (kept[index] ?? ""))
    .join("")
    .trim();
}
