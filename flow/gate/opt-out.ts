/** Words that end all messages, as whole messages, in the form that `normalise` gives. English, French, Spanish, Portuguese, Hindi. */
const stopWords = new Set([
  ...[
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
  ...[
    "ARRET",
    "ARRETER",
    "ARRETEZ",
    "DESABONNER",
    "ME DESABONNER",
    "DESABONNEZ MOI",
    "DESINSCRIRE",
    "STOP PUB",
    "STOP MESSAGE",
  ],
  ...["BAJA", "PARAR", "DETENER", "CANCELAR", "ALTO", "DARME DE BAJA", "NO MAS", "NO MAS MENSAJES"],
  ...["SAIR", "PARE", "DESCADASTRAR", "CANCELAR INSCRICAO", "REMOVER"],
  ...["रोकें", "रोको", "रुको", "बंद", "बंद करें", "बंद करो", "स्टॉप"].map(normalise),
]);

/** Words that take it back. "Yes" is none of them: it answers many questions. */
const startWords = new Set([
  ...["START", "UNSTOP", "SUBSCRIBE", "RESUBSCRIBE", "OPT IN", "OPTIN"],
  ...["REPRENDRE", "REABONNER", "ME REABONNER", "ABONNER", "DEMARRER"],
  ...["ALTA", "REANUDAR", "INICIAR", "COMENZAR", "SUSCRIBIR"],
  ...["VOLTAR", "RETOMAR", "COMECAR", "INSCREVER"],
  ...["शुरू", "शुरू करें", "चालू", "चालू करें", "स्टार्ट"].map(normalise),
]);

const politeness =
  /^(PLEASE|PLS|SVP|S IL VOUS PLAIT|POR FAVOR|कृपया) | (PLEASE|PLS|SVP|S IL VOUS PLAIT|POR FAVOR|MERCI|THANKS|THANK YOU|GRACIAS)$/g;

/**
 * What an inbound message says about being written to, or null. Only a message that is nothing but the word counts: "please
 * stop" does, "stop my card" is a request for an agent. Capitals, accents, punctuation and emoji do not matter.
 */
export function readKeyword(text: string): "stop" | "start" | null {
  if (text.length > 80) return null;
  const words = normalise(text).replace(politeness, "");
  if (stopWords.has(words)) return "stop";
  return startWords.has(words) ? "start" : null;
}

function normalise(text: string): string {
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
