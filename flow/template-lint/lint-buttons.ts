import type { DraftButton, DraftContent } from "../lint-template.ts";
import { codeVariable } from "../preset-texts.ts";
import { type CodeAutofill, variablesIn } from "../template.ts";
import { buttonTextLimit, templateLimits } from "../template-limits.ts";
import { error, type Local, those, warning } from "./finding.ts";

export function lintButtons(buttons: readonly DraftButton[]): Local[] {
  const labels = buttons.map((button) => button.text.trim().toLowerCase());
  const count = (...kinds: DraftButton["kind"][]) => buttons.filter((button) => kinds.includes(button.kind)).length;
  return [
    ...buttons.flatMap((button, index) => [
      ...lintLabel(button, `buttons.${index}`, labels.indexOf(labels[index] ?? "") < index),
      ...lintTarget(button, `buttons.${index}`),
    ]),
    ...those(
      [
        buttons.length > templateLimits.buttons,
        error("too-many-buttons", "buttons", { limit: templateLimits.buttons }),
      ],
      [
        count("link", "url") > templateLimits.links,
        error("too-many-links", "buttons", { limit: templateLimits.links }),
      ],
      [
        Math.max(count("phone"), count("voice-call")) > templateLimits.calls,
        error("too-many-calls", "buttons", { limit: templateLimits.calls }),
      ],
      [count("coupon") > 1, error("too-many-coupons", "buttons")],
      [count("form") > 1, error("too-many-forms", "buttons")],
      [
        count("catalogue", "products", "product", "order", "contact-request", "one-time-code") > 0 &&
          buttons.length > 1,
        error("button-alone", "buttons"),
      ],
      [groupsOfReplies(buttons) > 1, error("button-order", "buttons")],
    ),
  ];
}

/** A product and its button come together (Meta, "Single-product message templates"). */
export const lintProduct = ({ header, buttons }: Pick<DraftContent, "header" | "buttons">): Local[] =>
  those([
    (header?.kind === "product") !== buttons.some(({ kind }) => kind === "product"),
    error("product-apart", header?.kind === "product" ? "header" : "buttons"),
  ]);

/** Quick replies stand together, before or after the others: how many blocks of them there are; two also when they stand in between. */
function groupsOfReplies(buttons: readonly DraftButton[]): number {
  const kinds = buttons.map((button) => button.kind === "quick-reply");
  const changes = kinds.filter((isReply, index) => index > 0 && isReply !== kinds[index - 1]).length;
  return changes > 1 ? 2 : 1;
}

function lintLabel({ kind, text }: DraftButton, field: string, isRepeated: boolean): Local[] {
  const { length } = text;
  const limit = buttonTextLimit(kind);
  return those(
    [text.trim() === "", error("button-empty", field)],
    [length > limit, error("button-too-long", field, { length, limit })],
    [isRepeated && text.trim() !== "", error("button-repeated", field, { text })],
    [/[\n*_~]|\{\{/.test(text), error("button-formatting", field)],
  );
}

const dayMinutes = 1440;

function lintTarget(button: DraftButton, field: string): Local[] {
  switch (button.kind) {
    case "url":
      return lintAddress(button.url, field);
    case "phone":
      return those([
        button.phone.length > 20 || !/^\+[1-9]\d{6,18}$/.test(button.phone.replace(/[\s().-]/g, "")),
        error("button-phone", field),
      ]);
    case "voice-call": {
      const { fewestVoiceCallMinutes: fewest, voiceCallMinutes: most } = templateLimits;
      return those([
        !(button.minutes >= fewest && button.minutes <= most),
        error("call-minutes", field, { fewest: fewest / dayMinutes, most: most / dayMinutes }),
      ]);
    }
    case "form":
      return those([button.form.trim() === "", error("form-missing", field)]);
    case "one-time-code":
      return [
        ...those([
          button.minutes !== null && !(button.minutes >= 1 && button.minutes <= templateLimits.codeMinutes),
          error("code-minutes", field, { limit: templateLimits.codeMinutes }),
        ]),
        ...(button.autofill ? lintAutofill(button.autofill, field) : []),
      ];
    default:
      return [];
  }
}

/**
 * The apps that may be handed a code (Meta, "Authentication templates", supported_apps): a package name is two words with a dot at least,
 * a signature hash 11 characters of base64.
 */
function lintAutofill({ kind, text, apps, acceptsTerms }: CodeAutofill, field: string): Local[] {
  // One app may be signed by two keys, and then stands there twice.
  const pairs = apps.map(({ packageName, signatureHash }) => `${packageName} ${signatureHash}`);
  return [
    ...those(
      [text.trim() === "", error("button-empty", `${field}.autofill`)],
      [
        text.length > templateLimits.buttonText,
        error("button-too-long", `${field}.autofill`, { length: text.length, limit: templateLimits.buttonText }),
      ],
      [/[\n*_~]|\{\{/.test(text), error("button-formatting", `${field}.autofill`)],
      [
        apps.length < 1 || apps.length > templateLimits.codeApps,
        error("autofill-apps", `${field}.apps`, { limit: templateLimits.codeApps }),
      ],
      [kind === "zero-tap" && !acceptsTerms, error("zero-tap-terms", `${field}.terms`)],
    ),
    ...apps.flatMap(({ packageName, signatureHash }, index) =>
      those(
        [!packagePattern.test(packageName), error("app-package", `${field}.apps.${index}`)],
        [!/^[\w+/=]{11}$/.test(signatureHash), error("app-signature", `${field}.apps.${index}`)],
        [
          packageName !== "" && pairs.indexOf(`${packageName} ${signatureHash}`) < index,
          warning("app-repeated", `${field}.apps.${index}`, { name: packageName }),
        ],
      ),
    ),
  ];
}

const packagePattern = /^[a-zA-Z]\w*(\.[a-zA-Z]\w*)+$/;

/** An address may end in one variable and hold none before. The code of an authentication template is none of an address. */
function lintAddress(url: string, field: string): Local[] {
  const fixed = url.replace(/\{\{([a-z_][a-z0-9_]*|[1-9]\d?)\}\}$/, "");
  return those(
    [!/^https?:\/\/[^\s/]+\.[^\s]+$/.test(fixed) || url.length > 2000, error("button-address", field)],
    [/\{\{|\}\}/.test(fixed), error("address-variable", field)],
    [variablesIn(url).includes(codeVariable), error("address-code", field)],
  );
}
