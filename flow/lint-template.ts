import { type CodeAutofill, type TemplateCategory, TemplateContent } from "./template.ts";
import { bodyLimit } from "./template-limits.ts";
import { lintAcross } from "./template-lint/lint-across.ts";
import { lintAuthentication, lintCode } from "./template-lint/lint-authentication.ts";
import { lintButtons, lintProduct } from "./template-lint/lint-buttons.ts";
import { lintCards, lintOffer } from "./template-lint/lint-cards.ts";
import { lintOrder } from "./template-lint/lint-order.ts";
import { lintBody, lintFooter, lintHeader, lintNumbers } from "./template-lint/lint-texts.ts";
import { lintWording } from "./template-lint/lint-wording.ts";
import type { OrderCurrency, PayBy } from "./template-order.ts";

/** A language of a template while it is written: the same shape as TemplateContent without its limits. */
export type DraftContent = Omit<TemplateContent, "header" | "buttons"> & {
  header:
    | { kind: "text"; text: string }
    | { kind: "document"; fileName: string }
    | { kind: "image" | "video" }
    | { kind: "location" | "product" }
    | { kind: "order-status" }
    | { kind: "offer"; text: string; hasEnd: boolean; media: "image" | "video" | null }
    | { kind: "cards"; media: "image" | "video"; cards: DraftCard[] }
    | null;
  buttons: DraftButton[];
};
export type DraftCard = { body: string; buttons: DraftButton[] };
export type DraftButton =
  | { kind: "quick-reply" | "link" | "coupon" | "products" | "product" | "contact-request"; id: string; text: string }
  | { kind: "catalogue"; id: string; text: string; thumbnail?: string }
  | { kind: "url"; id: string; text: string; url: string }
  | { kind: "phone"; id: string; text: string; phone: string }
  | { kind: "voice-call"; id: string; text: string; minutes: number }
  | { kind: "order"; id: string; text: string; currency: OrderCurrency; payBy: PayBy }
  | {
      kind: "one-time-code";
      id: string;
      text: string;
      minutes: number | null;
      advisesSecrecy: boolean;
      autofill?: CodeAutofill;
    }
  | { kind: "form"; id: string; text: string; form: string; screen: string | null };

export type TemplateDraft = {
  name: string;
  category: TemplateCategory;
  samples: Record<string, string>;
  languages: DraftContent[];
};

/**
 * One thing the provider would refuse ("error") or that is worth a look ("warning"). `rule` is a key under `templateFindings.`,
 * `field` is name, language, header, body, footer, buttons.<index>, buttons, cards.<index>, cards.<index>.buttons.<index> or
 * samples.<variable>; language is null where it is about all of them.
 */
export type TemplateFinding = {
  rule: string;
  severity: "error" | "warning";
  field: string;
  language: string | null;
  values: Record<string, string | number>;
};

/** Every rule there is, in the order of a template: what "43 of 45 checks pass" counts. */
export const templateRules = [
  "name-invalid",
  "no-language",
  "language-unknown",
  "language-repeated",
  "header-empty",
  "header-too-long",
  "header-variables",
  "header-formatting",
  "marketing-only",
  "offer-empty",
  "offer-too-long",
  "footer-beside-offer",
  "cards-count",
  "cards-alone",
  "card-buttons",
  "card-button-kind",
  "cards-differ",
  "card-numbers",
  "file-name-missing",
  "body-empty",
  "body-too-long",
  "variable-starts-body",
  "variable-ends-body",
  "variables-touch",
  "too-many-variables",
  "few-words",
  "broken-variable",
  "variables-mixed",
  "variable-gap",
  "blank-lines",
  "text-not-preset",
  "looks-like-code",
  "variables-differ",
  "sample-missing",
  "coupon-too-long",
  "footer-too-long",
  "footer-variable",
  "button-empty",
  "button-too-long",
  "button-repeated",
  "button-formatting",
  "button-address",
  "address-variable",
  "address-code",
  "button-phone",
  "form-missing",
  "call-minutes",
  "code-minutes",
  "code-button-missing",
  "code-button-elsewhere",
  "autofill-apps",
  "app-package",
  "app-signature",
  "app-repeated",
  "zero-tap-terms",
  "too-many-buttons",
  "too-many-links",
  "too-many-calls",
  "too-many-coupons",
  "too-many-forms",
  "button-alone",
  "product-apart",
  "order-header",
  "order-payment",
  "order-status-alone",
  "utility-only",
  "button-order",
  "buttons-differ",
  "card-number",
  "personal-number",
  "short-link",
  "reads-like-marketing",
] as const;

/** Every finding of every language, errors first. Total over bad drafts. */
export function lintTemplate(draft: TemplateDraft): TemplateFinding[] {
  const found = draft.languages.flatMap((content) =>
    lintContent(draft, content).map((finding) => ({ ...finding, language: content.language })),
  );
  const all = [...found, ...lintAcross(draft)];
  return all.sort((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"));
}

function lintContent({ category, samples }: TemplateDraft, content: DraftContent) {
  if (category === "authentication") return [...lintAuthentication(content), ...lintButtons(content.buttons)];
  return [
    ...lintHeader(content, samples),
    ...lintOffer(category, content),
    ...lintCards(category, content, samples),
    ...lintProduct(content),
    ...lintOrder(category, content),
    ...lintBody(content.body, samples, {
      limit: bodyLimit(content.header),
    }),
    ...lintNumbers(content),
    ...lintFooter(content),
    ...lintButtons(content.buttons),
    ...lintCode(category, content),
    ...lintWording(category, content),
  ];
}

/** The strict form of a draft language, or null while it is not one yet. */
export function finishedContent(content: DraftContent): TemplateContent | null {
  const parsed = TemplateContent.safeParse({ ...content, footer: content.footer?.trim() ? content.footer : null });
  return parsed.success ? parsed.data : null;
}
