import type { DraftContent } from "../lint-template.ts";
import { presetTexts } from "../preset-texts.ts";
import type { TemplateCategory } from "../template.ts";
import { error, type Local, warning } from "./finding.ts";

/** In an authentication template only the options are the business's: WhatsApp writes the text, and one button copies the code. */
export function lintAuthentication({ header, body, footer, buttons, language }: DraftContent): Local[] {
  const [code] = buttons;
  if (buttons.length !== 1 || code?.kind !== "one-time-code") return [error("code-button-missing", "buttons")];
  const preset = presetTexts(language);
  const isPreset =
    header === null && body === preset.body(code.advisesSecrecy) && footer === preset.footer(code.minutes);
  return isPreset ? [] : [error("text-not-preset", "body")];
}

const codeWords =
  /\b(verification|one[- ]time|security) (pass)?code\b|\bOTP\b|code (de vérification|à usage unique)|código de (verificación|verificação)|सत्यापन कोड/iu;

/** One-time codes go by a category of their own: what looks like one elsewhere is refused or moved. */
export function lintCode(category: TemplateCategory, { body, buttons }: DraftContent): Local[] {
  return [
    ...buttons.flatMap((button, index) =>
      button.kind === "one-time-code" ? [error("code-button-elsewhere", `buttons.${index}`)] : [],
    ),
    ...(codeWords.test(body) && body.includes("{{") ? [warning("looks-like-code", "body", { category })] : []),
  ];
}
