import { holdsCardNumber } from "../gate/card-number.ts";
import type { DraftButton, DraftContent } from "../lint-template.ts";
import type { TemplateCategory } from "../template.ts";
import { error, type Local, warning } from "./finding.ts";

/**
 * Words of an offer in the five languages of the gallery. Meta moves a utility template that sells to marketing ("Template
 * categorization"): it then costs more, needs marketing consent and counts for the cap.
 */
const offerWords = words(`
  offer offers discount discounts sale promo promotion promotions bonus cashback voucher vouchers deal deals win prize exclusive
  limited-time pre-approved upgrade "special rate" "refer a friend" "apply now" "don't miss" "for free"
  offre offres remise remises réduction réductions soldes promotion promotions prime gagnez cadeau exclusif exclusive parrainez profitez
  préapprouvé "taux spécial" "ne manquez pas"
  oferta ofertas descuento descuentos rebaja promoción promociones bono gana premio exclusivo exclusiva aprovecha preaprobado
  desconto descontos promoção promoções bônus ganhe prêmio aproveite pré-aprovado indique
  ऑफ़र ऑफर छूट कैशबैक इनाम जीतें मुफ़्त उपहार`);

/** Numbers that name a person to the state, as they are written: national ids and bank accounts of the markets in the price cards. */
const personalIds: { kind: string; pattern: RegExp }[] = [
  { kind: "SSN", pattern: /\b\d{3}-\d{2}-\d{4}\b/ },
  { kind: "Aadhaar", pattern: /\b[2-9]\d{3}[ -]\d{4}[ -]\d{4}\b/ },
  { kind: "PAN", pattern: /\b[A-Z]{5}\d{4}[A-Z]\b/ },
  { kind: "CPF", pattern: /\b\d{3}\.\d{3}\.\d{3}-\d{2}\b/ },
  { kind: "NIR", pattern: /\b[12] ?\d{2} ?(0[1-9]|1[0-2]) ?\d[\dAB] ?\d{3} ?\d{3}( ?\d{2})?\b/ },
  { kind: "CURP", pattern: /\b[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z\d]\d\b/ },
  { kind: "IBAN", pattern: /\b[A-Z]{2}\d{2}( ?[A-Z\d]{4}){3,7}( ?[A-Z\d]{1,3})?\b/ },
];

/** Meta refuses shortened addresses: nobody sees where they lead. */
const shorteners =
  /\b(?:https?:\/\/)?(?:www\.)?(bit\.ly|tinyurl\.com|goo\.gl|t\.co|ow\.ly|is\.gd|buff\.ly|rebrand\.ly|cutt\.ly|rb\.gy|t\.ly|shorturl\.at|wa\.me|tiny\.cc|s\.id|lnkd\.in)(?=[/\s?#]|$)/i;

/** What the fixed words of a template say that its category, or anybody's data protection officer, would not have. */
export function lintWording(category: TemplateCategory, content: DraftContent): Local[] {
  const cards = content.header?.kind === "cards" ? content.header.cards : [];
  const places = [
    { field: "header", text: content.header && "text" in content.header ? content.header.text : "" },
    { field: "body", text: content.body },
    { field: "footer", text: content.footer ?? "" },
    ...ofButtons(content.buttons, "buttons"),
    ...cards.flatMap(({ body, buttons }, index) => [
      { field: `cards.${index}`, text: body },
      ...ofButtons(buttons, `cards.${index}.buttons`),
    ]),
  ];
  return places.flatMap(({ field, text }) => {
    const offer = category === "utility" ? offerWords.exec(text)?.[1] : undefined;
    const personal = personalIds.find(({ pattern }) => pattern.test(text));
    const short = shorteners.exec(text)?.[1];
    return [
      ...(holdsCardNumber(text) ? [error("card-number", field)] : []),
      ...(personal ? [warning("personal-number", field, { kind: personal.kind })] : []),
      ...(short === undefined ? [] : [error("short-link", field, { host: short.toLowerCase() })]),
      ...(offer === undefined ? [] : [warning("reads-like-marketing", field, { word: offer.toLowerCase() })]),
    ];
  });
}

const ofButtons = (buttons: readonly DraftButton[], field: string) =>
  buttons.map((button, index) => ({
    field: `${field}.${index}`,
    text: button.kind === "url" ? `${button.text} ${button.url}` : button.text,
  }));

/** One pattern for whole words and "phrases in quotes", in any script. */
function words(list: string): RegExp {
  const found = [...list.matchAll(/"([^"]+)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? "");
  const any = [...new Set(found)].sort((a, b) => b.length - a.length);
  return new RegExp(`(?<![\\p{L}\\p{M}])(${any.join("|")})(?![\\p{L}\\p{M}])`, "iu");
}
