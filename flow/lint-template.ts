import { type TemplateCategory, TemplateContent, templateVariables } from "./template.ts";

/** Limits of WhatsApp (Meta, message templates: components and buttons). Characters are counted with sample values filled in. */
export const templateLimits = {
  header: 60,
  body: 1024,
  footer: 60,
  buttonText: 25,
  buttons: 10,
  links: 2,
  calls: 1,
  languages: 20,
} as const;

/** A language of a template while it is written: the same shape as TemplateContent without its limits. */
export type DraftContent = Omit<TemplateContent, "header" | "buttons"> & {
  header: { kind: "text"; text: string } | { kind: "document"; fileName: string } | null;
  buttons: DraftButton[];
};
export type DraftButton =
  | { kind: "quick-reply" | "link"; id: string; text: string }
  | { kind: "url"; id: string; text: string; url: string }
  | { kind: "phone"; id: string; text: string; phone: string };

export type TemplateDraft = {
  name: string;
  category: TemplateCategory;
  samples: Record<string, string>;
  languages: DraftContent[];
};

/**
 * One thing the provider would refuse ("error") or that is worth a look ("warning"). `rule` is a key under `templateFindings.`,
 * `field` is header, body, footer, buttons.<index>, buttons or samples.<variable>; language is null where it is about all of them.
 */
export type TemplateFinding = {
  rule: string;
  severity: "error" | "warning";
  field: string;
  language: string | null;
  values: Record<string, string | number>;
};

/** Every rule there is, in the order of a template: what "13 of 15 checks pass" counts. */
export const templateRules = [
  "no-language",
  "header-empty",
  "header-too-long",
  "header-variables",
  "header-formatting",
  "file-name-missing",
  "body-empty",
  "body-too-long",
  "variable-starts-body",
  "variable-ends-body",
  "variables-touch",
  "too-many-variables",
  "few-words",
  "broken-variable",
  "blank-lines",
  "variables-differ",
  "sample-missing",
  "footer-too-long",
  "footer-variable",
  "button-empty",
  "button-too-long",
  "button-repeated",
  "button-formatting",
  "button-address",
  "button-phone",
  "too-many-buttons",
  "too-many-links",
  "too-many-calls",
  "button-order",
  "buttons-differ",
] as const;

const variable = /\{\{([a-z_][a-z0-9_]*)\}\}/g;

/** Every finding of every language, errors first. Total over bad drafts. */
export function lintTemplate(draft: TemplateDraft): TemplateFinding[] {
  const found = draft.languages.flatMap((content) =>
    lintContent(content, draft.samples).map((finding) => ({ ...finding, language: content.language })),
  );
  const all = [...found, ...lintAcrossLanguages(draft), ...lintSamples(draft)];
  return all.sort((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"));
}

type Local = Omit<TemplateFinding, "language">;
const error = (rule: string, field: string, values: Local["values"] = {}): Local => ({
  rule,
  severity: "error",
  field,
  values,
});
const warning = (rule: string, field: string, values: Local["values"] = {}): Local => ({
  rule,
  severity: "warning",
  field,
  values,
});

function lintContent(content: DraftContent, samples: Record<string, string>): Local[] {
  return [
    ...lintHeader(content, samples),
    ...lintBody(content.body, samples),
    ...lintFooter(content),
    ...lintButtons(content.buttons),
  ];
}

function lintHeader({ header }: DraftContent, samples: Record<string, string>): Local[] {
  if (!header) return [];
  if (header.kind === "document") return header.fileName.trim() === "" ? [error("file-name-missing", "header")] : [];
  const { text } = header;
  const length = countedLength(text, samples);
  return [
    ...(text.trim() === "" ? [error("header-empty", "header")] : []),
    ...(length > templateLimits.header
      ? [error("header-too-long", "header", { length, limit: templateLimits.header })]
      : []),
    ...([...text.matchAll(variable)].length > 1 ? [error("header-variables", "header")] : []),
    ...(/[\n*_~`]|\p{Extended_Pictographic}/u.test(text.replace(variable, ""))
      ? [error("header-formatting", "header")]
      : []),
    ...lintBraces(text, "header"),
  ];
}

function lintBody(body: string, samples: Record<string, string>): Local[] {
  const text = body.trim();
  if (text === "") return [error("body-empty", "body")];
  const count = new Set([...text.matchAll(variable)].map((match) => match[1])).size;
  const words = text
    .replace(variable, " ")
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  const length = countedLength(body, samples);
  return [
    ...(length > templateLimits.body ? [error("body-too-long", "body", { length, limit: templateLimits.body })] : []),
    ...(/^\{\{[a-z_][a-z0-9_]*\}\}/.test(text) ? [error("variable-starts-body", "body")] : []),
    ...(/\{\{[a-z_][a-z0-9_]*\}\}$/.test(text) ? [error("variable-ends-body", "body")] : []),
    ...(/\}\}\s*\{\{/.test(text) ? [error("variables-touch", "body")] : []),
    // The exact ratio is not documented; the leanest sample of Meta's own that was accepted has four words for each variable.
    ...(count > 0 && words < 2 * count + 1 ? [error("too-many-variables", "body", { count, words })] : []),
    ...(count > 0 && words >= 2 * count + 1 && words < 3 * count + 1
      ? [warning("few-words", "body", { count, words })]
      : []),
    ...(/\n{3,}/.test(body) ? [error("blank-lines", "body")] : []),
    ...lintBraces(body, "body"),
  ];
}

/** Braces that are no variable ({{Name}}, {{1}}, a lonely {{) would reach the customer as they are. */
function lintBraces(text: string, field: string): Local[] {
  const rest = text.replace(variable, "");
  const odd = rest.match(/\{\{[^}]*\}?\}?|\}\}/)?.[0];
  return odd === undefined ? [] : [error("broken-variable", field, { text: odd })];
}

function lintFooter({ footer }: DraftContent): Local[] {
  if (footer === null) return [];
  const length = [...footer].length;
  return [
    ...(length > templateLimits.footer
      ? [error("footer-too-long", "footer", { length, limit: templateLimits.footer })]
      : []),
    ...(footer.includes("{{") ? [error("footer-variable", "footer")] : []),
  ];
}

function lintButtons(buttons: DraftButton[]): Local[] {
  const links = buttons.filter(isLink).length;
  const calls = buttons.filter((button) => button.kind === "phone").length;
  const labels = buttons.map((button) => button.text.trim().toLowerCase());
  return [
    ...buttons.flatMap((button, index) =>
      lintButton(button, `buttons.${index}`, labels.indexOf(labels[index] ?? "") < index),
    ),
    ...(buttons.length > templateLimits.buttons
      ? [error("too-many-buttons", "buttons", { limit: templateLimits.buttons })]
      : []),
    ...(links > templateLimits.links ? [error("too-many-links", "buttons", { limit: templateLimits.links })] : []),
    ...(calls > templateLimits.calls ? [error("too-many-calls", "buttons", { limit: templateLimits.calls })] : []),
    ...(groupsOfReplies(buttons) > 1 ? [error("button-order", "buttons")] : []),
  ];
}

const isLink = (button: DraftButton) => button.kind === "link" || button.kind === "url";

/** Quick replies stand together, before or after the others: how many blocks of them there are; two also when they stand in between. */
function groupsOfReplies(buttons: DraftButton[]): number {
  const kinds = buttons.map((button) => button.kind === "quick-reply");
  const changes = kinds.filter((isReply, index) => index > 0 && isReply !== kinds[index - 1]).length;
  return changes > 1 ? 2 : 1;
}

function lintButton(button: DraftButton, field: string, isRepeated: boolean): Local[] {
  const length = [...button.text].length;
  return [
    ...(button.text.trim() === "" ? [error("button-empty", field)] : []),
    ...(length > templateLimits.buttonText
      ? [error("button-too-long", field, { length, limit: templateLimits.buttonText })]
      : []),
    ...(isRepeated && button.text.trim() !== "" ? [error("button-repeated", field, { text: button.text })] : []),
    ...(/[\n*_~]|\{\{/.test(button.text) ? [error("button-formatting", field)] : []),
    ...(button.kind === "url" && !/^https?:\/\/[^\s/]+\.[^\s]+$/.test(button.url)
      ? [error("button-address", field)]
      : []),
    ...(button.kind === "phone" && !/^\+[1-9]\d{6,18}$/.test(button.phone.replace(/[\s().-]/g, ""))
      ? [error("button-phone", field)]
      : []),
  ];
}

/** Variables and buttons are one set for all languages: a flow fills and wires them once. */
function lintAcrossLanguages({ languages }: TemplateDraft): TemplateFinding[] {
  const [first, ...others] = languages;
  if (!first) return [{ ...error("no-language", "body"), language: null }];
  const setOf = (content: DraftContent) => templateVariables(content).sort().join(" ");
  const buttonsOf = (content: DraftContent) => content.buttons.map((button) => `${button.kind}:${button.id}`).join(" ");
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

function lintSamples({ languages, samples }: TemplateDraft): TemplateFinding[] {
  const needed = new Set(
    languages.flatMap(templateVariables).filter((name) => !name.startsWith("link.") && name !== "document"),
  );
  return [...needed]
    .filter((name) => !samples[name]?.trim())
    .map((name) => ({ ...error("sample-missing", `samples.${name}`, { variable: name }), language: null }));
}

/** How WhatsApp counts: characters (not bytes) of the text with its sample values in place. */
export function countedLength(text: string, samples: Record<string, string>): number {
  return [...text.replace(variable, (whole, name: string) => samples[name] || whole)].length;
}

/** The strict form of a draft language, or null while it is not one yet. */
export function finishedContent(content: DraftContent): TemplateContent | null {
  const parsed = TemplateContent.safeParse({ ...content, footer: content.footer?.trim() ? content.footer : null });
  return parsed.success ? parsed.data : null;
}
