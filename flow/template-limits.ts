/**
 * Limits of WhatsApp (Meta, message templates: components and buttons). Characters are counted with sample values filled in, and as
 * the text is written: the longer of both counts.
 */
export const templateLimits = {
  header: 60,
  body: 1024,
  footer: 60,
  buttonText: 25,
  buttons: 10,
  links: 2,
  calls: 1,
  coupon: 20,
  codeMinutes: 90,
  codeApps: 5,
  offer: 16,
  offerBody: 600,
  offerCoupon: 15,
  cards: 10,
  fewestCards: 2,
  cardBody: 160,
  cardButtons: 2,
  productBody: 160,
  products: 30,
  sections: 10,
  sectionTitle: 24,
  ownButtonText: 60,
  voiceCallText: 20,
  voiceCallMinutes: 43_200,
  fewestVoiceCallMinutes: 1440,
  orderReference: 35,
  orderLine: 60,
  languages: 20,
} as const;

/** How long a button that calls is good where nothing is said (Cloud API, call buttons: ttl_minutes): a week. */
export const usualCallMinutes = 10_080;

/** How long the words of a button of this kind may be. Those that WhatsApp writes itself are as long as it likes. */
export function buttonTextLimit(kind: string): number {
  if (kind === "contact-request") return templateLimits.ownButtonText;
  return kind === "voice-call" ? templateLimits.voiceCallText : templateLimits.buttonText;
}

/** How long a body may be below this header. */
export function bodyLimit(header: { kind: string } | null): number {
  if (header?.kind === "offer") return templateLimits.offerBody;
  return header?.kind === "product" ? templateLimits.productBody : templateLimits.body;
}

const variable = /\{\{([a-z_][a-z0-9_]*|[1-9]\d?)\}\}/g;

/**
 * How long WhatsApp takes a text to be: as it is written for the review, or with its sample values as people get it, whichever is
 * longer. An emoji counts as two: nothing documents how WhatsApp counts it, and so it never has more than it may.
 */
export function countedLength(text: string, samples: Record<string, string>): number {
  const filled = text.replace(variable, (whole, name: string) => samples[name] || whole);
  return Math.max(text.length, filled.length);
}
