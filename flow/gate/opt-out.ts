/** Languages in which people end messages and take it back. */
export const keywordLanguages = ["en", "fr", "es", "pt", "hi"] as const;
export type KeywordLanguage = (typeof keywordLanguages)[number];

/** Whole messages that end all messages, in the words that a person would write. A workspace may keep a list of its own. */
export const usualStopWords: Record<KeywordLanguage, readonly string[]> = {
  en: [
    "STOP",
    "STOP ALL",
    "STOPALL",
    "UNSUBSCRIBE",
    "OPT OUT",
    "OPTOUT",
    "STOP MESSAGES",
    "REMOVE ME",
    "NO MORE MESSAGES",
  ],
  fr: [
    "ARRÊT",
    "ARRÊTER",
    "ARRÊTEZ",
    "DÉSABONNER",
    "ME DÉSABONNER",
    "DÉSABONNEZ-MOI",
    "DÉSINSCRIRE",
    "STOP PUB",
    "STOP MESSAGE",
  ],
  es: ["BAJA", "PARAR", "DETENER", "CANCELAR", "ALTO", "DARME DE BAJA", "NO MÁS", "NO MÁS MENSAJES"],
  pt: ["SAIR", "PARE", "DESCADASTRAR", "CANCELAR INSCRIÇÃO", "REMOVER"],
  hi: ["रोकें", "रोको", "रुको", "बंद", "बंद करें", "बंद करो", "स्टॉप"],
};

/** Words that take it back. "Yes" is none of them: it answers many questions. */
export const usualStartWords: Record<KeywordLanguage, readonly string[]> = {
  en: ["START", "UNSTOP", "SUBSCRIBE", "RESUBSCRIBE", "OPT IN", "OPTIN"],
  fr: ["REPRENDRE", "RÉABONNER", "ME RÉABONNER", "ABONNER", "DÉMARRER"],
  es: ["ALTA", "REANUDAR", "INICIAR", "COMENZAR", "SUSCRIBIR"],
  pt: ["VOLTAR", "RETOMAR", "COMEÇAR", "INSCREVER"],
  hi: ["शुरू", "शुरू करें", "चालू", "चालू करें", "स्टार्ट"],
};

/** What a workspace listens for, in the form that `readWord` gives. */
export type Keywords = { stop: ReadonlySet<string>; start: ReadonlySet<string> };

/** The words of a workspace; null: the usual ones. STOP and START are heard whatever is on the lists. */
export const keywordsOf = ({
  stopWords,
  startWords,
}: {
  stopWords: readonly string[] | null;
  startWords: readonly string[] | null;
}): Keywords => ({
  stop: new Set(["STOP", ...(stopWords ?? Object.values(usualStopWords).flat())].map(readWord)),
  start: new Set(["START", ...(startWords ?? Object.values(usualStartWords).flat())].map(readWord)),
});

const usualKeywords = keywordsOf({ stopWords: null, startWords: null });

const politeness =
  /^(PLEASE|PLS|SVP|S IL VOUS PLAIT|POR FAVOR|कृपया) | (PLEASE|PLS|SVP|S IL VOUS PLAIT|POR FAVOR|MERCI|THANKS|THANK YOU|GRACIAS)$/g;

/**
 * What an inbound message says about being written to, or null. Only a message that is nothing but the word counts: "please
 * stop" does, "stop my card" is a request for an agent. Capitals, accents, punctuation and emoji do not matter.
 */
export function readKeyword(text: string, { stop, start }: Keywords = usualKeywords): "stop" | "start" | null {
  if (text.length > 80) return null;
  const whole = readWord(text);
  const words = whole.replace(politeness, "");
  if (stop.has(words) || stop.has(whole)) return "stop";
  return start.has(words) || start.has(whole) ? "start" : null;
}

/** A message as it is compared with the words: without capitals, accents, punctuation and emoji. */
export function readWord(text: string): string {
  return (
    text
      .normalize("NFKD")
      // Only the accents of Latin letters: the marks of Devanagari are vowels.
      .replace(/[\u0300-\u036f]/g, "")
      .toUpperCase()
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
      .trim()
  );
}
