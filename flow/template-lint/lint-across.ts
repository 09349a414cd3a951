import type { DraftContent, TemplateDraft, TemplateFinding } from "../lint-template.ts";
import { allButtons, isOutsideText, templateVariables } from "../template.ts";
import { isTemplateLanguage } from "../template-languages.ts";
import { templateLimits } from "../template-limits.ts";
import { error } from "./finding.ts";

/** What is about the template as a whole: its name, its languages, and the one set of variables and buttons that a flow fills and wires. */
export function lintAcross(draft: TemplateDraft): TemplateFinding[] {
  return [...lintName(draft), ...lintLanguages(draft), ...lintSets(draft), ...lintSamples(draft)];
}

function lintName({ name }: TemplateDraft): TemplateFinding[] {
  const isGood = /^[a-z0-9_]+$/.test(name) && name.length <= 512;
  return isGood ? [] : [{ ...error("name-invalid", "name"), language: null }];
}

function lintLanguages({ languages }: TemplateDraft): TemplateFinding[] {
  if (languages.length === 0) return [{ ...error("no-language", "body"), language: null }];
  const codes = languages.map((content) => content.language);
  const unknown = codes.filter((code) => !isTemplateLanguage(code));
  const repeated = new Set(codes.filter((code, index) => codes.indexOf(code) < index));
  return [
    ...unknown.map((code) => ({ ...error("language-unknown", "language", { code }), language: code })),
    ...[...repeated].map((code) => ({ ...error("language-repeated", "language", { code }), language: code })),
  ];
}

function lintSets({ languages: [first, ...others] }: TemplateDraft): TemplateFinding[] {
  if (!first) return [];
  const setOf = (content: DraftContent) => templateVariables(content).sort().join(" ");
  const buttonsOf = (content: DraftContent) =>
    allButtons(content)
      .map((button) => `${button.kind}:${button.id}`)
      .join(" ");
  return others.flatMap((content) => [
    // An unwritten text says so already.
    ...(content.body.trim() === "" || first.body.trim() === "" || setOf(content) === setOf(first)
      ? []
      : [{ ...error("variables-differ", "body", { other: first.language }), language: content.language }]),
    ...(buttonsOf(content) === buttonsOf(first)
      ? []
      : [{ ...error("buttons-differ", "buttons", { other: first.language }), language: content.language }]),
  ]);
}

function lintSamples({ category, languages, samples }: TemplateDraft): TemplateFinding[] {
  // The provider has its own sample of a one-time code.
  const needed = category === "authentication" ? [] : languages.flatMap(templateVariables);
  const coupon = samples.coupon ?? "";
  const isOffer = languages.some(({ header }) => header?.kind === "offer");
  const limit = isOffer ? templateLimits.offerCoupon : templateLimits.coupon;
  return [
    ...[...new Set(needed)]
      .filter((name) => !isOutsideText(name) && !samples[name]?.trim())
      .map((name) => ({ ...error("sample-missing", `samples.${name}`, { variable: name }), language: null })),
    ...(needed.includes("coupon") && coupon.length > limit
      ? [
          {
            ...error("coupon-too-long", "samples.coupon", { length: coupon.length, limit }),
            language: null,
          },
        ]
      : []),
  ];
}
