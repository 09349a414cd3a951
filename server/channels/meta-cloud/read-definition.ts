import { z } from "zod";
import type { DraftButton, DraftContent } from "#flow/lint-template.ts";
import { presetTexts } from "#flow/preset-texts.ts";
import { isNumber, type TemplateCategory, variablesIn } from "#flow/template.ts";

const upper = (value: unknown): unknown => (typeof value === "string" ? value.toUpperCase() : value);
const text = z.string().default("");

const Component = z.looseObject({
  type: z.preprocess(upper, z.string()),
  format: z.preprocess(upper, z.string().default("TEXT")),
  text,
  add_security_recommendation: z.boolean().default(false),
  code_expiration_minutes: z.number().nullable().default(null),
  buttons: z.array(z.unknown()).default([]),
  example: z.unknown().optional(),
});
type Component = z.infer<typeof Component>;

const Definition = z.looseObject({
  name: text,
  language: text,
  category: z.preprocess(upper, z.enum(["MARKETING", "UTILITY", "AUTHENTICATION"])),
  components: z.array(Component),
});

const Button = z.looseObject({
  type: z.preprocess(upper, z.string()),
  otp_type: z.preprocess(upper, text),
  text,
  url: text,
  phone_number: text,
  flow_id: z.union([z.string(), z.number()]).transform(String).optional(),
  flow_name: z.string().optional(),
  flow_json: z.string().optional(),
  navigate_screen: z.string().nullable().default(null),
  example: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
});
type Button = z.infer<typeof Button>;

export type ReadDefinition = {
  name: string;
  category: TemplateCategory;
  content: DraftContent;
  samples: Record<string, string>;
};

/**
 * A template as Meta's management API takes and lists it, in our words. Null: it is none, or it holds what we have no words for
 * (carousels, offers, one-tap buttons, products).
 */
export function readDefinition(value: unknown): ReadDefinition | null {
  const parsed = Definition.safeParse(value);
  if (!parsed.success) return null;
  const { name, language, components } = parsed.data;
  const category = parsed.data.category.toLowerCase() as TemplateCategory;
  const known = new Set(["HEADER", "BODY", "FOOTER", "BUTTONS"]);
  if (components.some(({ type }) => !known.has(type))) return null;
  const part = (type: string) => components.find((component) => component.type === type);
  const buttons = (part("BUTTONS")?.buttons ?? []).map((button, index) =>
    readButton(button, { index, language, part }),
  );
  const header = readHeader(part("HEADER"));
  if (header === undefined || buttons.includes(null)) return null;
  const found = buttons.filter((button) => button !== null);
  const preset = category === "authentication" ? presetTexts(language) : null;
  const minutes = part("FOOTER")?.code_expiration_minutes ?? null;
  const content: DraftContent = {
    language,
    header,
    body: preset?.body(part("BODY")?.add_security_recommendation ?? false) ?? part("BODY")?.text ?? "",
    footer: preset ? preset.footer(minutes) : part("FOOTER")?.text || null,
    buttons: found.map(({ button }) => button),
  };
  const ofButtons: Record<string, string> = Object.assign({}, ...found.map((one) => one.samples));
  const own = { content, ofHeader: samplesOf(part("HEADER")), ofBody: samplesOf(part("BODY")) };
  const { samples, ...read } = apart(own);
  return { name, category, ...read, samples: { ...ofButtons, ...samples } };
}

/** Undefined: a kind that we do not have. */
function readHeader(header: Component | undefined): DraftContent["header"] | undefined {
  switch (header?.format) {
    case undefined:
      return null;
    case "TEXT":
      return { kind: "text", text: header.text };
    case "IMAGE":
      return { kind: "image" };
    case "VIDEO":
      return { kind: "video" };
    case "LOCATION":
      return { kind: "location" };
    case "DOCUMENT":
      return { kind: "document", fileName: "document.pdf" };
    default:
      return undefined;
  }
}

type Place = { index: number; language: string; part: (type: string) => Component | undefined };
type Found = { button: DraftButton; samples: Record<string, string> };

function readButton(value: unknown, { index, language, part }: Place): Found | null {
  const parsed = Button.safeParse(value);
  if (!parsed.success) return null;
  const button = parsed.data;
  const frame = { id: `button-${index + 1}`, text: button.text };
  const plain = (one: DraftButton): Found => ({ button: one, samples: {} });
  switch (button.type) {
    case "QUICK_REPLY":
      return plain({ kind: "quick-reply", ...frame });
    case "URL":
      return readAddress(button, frame, index);
    case "PHONE_NUMBER":
      // Meta takes numbers without their +, too.
      return plain({ kind: "phone", ...frame, phone: button.phone_number.replace(/^(?=[1-9]\d{6})/, "+") });
    case "COPY_CODE":
      return {
        button: { kind: "coupon", ...frame, text: button.text || presetTexts(language).copy },
        samples: button.example[0] === undefined ? {} : { coupon: button.example[0] },
      };
    case "CATALOG":
      return plain({ kind: "catalogue", ...frame });
    case "FLOW":
      return button.flow_json !== undefined
        ? null
        : plain({
            kind: "form",
            ...frame,
            form: button.flow_id ?? button.flow_name ?? "",
            screen: button.navigate_screen,
          });
    case "OTP":
      return button.otp_type !== "COPY_CODE"
        ? null
        : plain({
            kind: "one-time-code",
            ...frame,
            text: button.text || presetTexts(language).copy,
            minutes: part("FOOTER")?.code_expiration_minutes ?? null,
            advisesSecrecy: part("BODY")?.add_security_recommendation ?? false,
          });
    default:
      return null;
  }
}

/** The variable of an address is {{1}} there and has a name of its own here: the texts count theirs from 1, too. */
function readAddress({ url, example }: Button, frame: { id: string; text: string }, index: number): Found {
  const name = `address_${index + 1}`;
  const [before = "", ...rest] = url.split("{{1}}");
  if (rest.length === 0) return { button: { kind: "url", ...frame, url }, samples: {} };
  const [sample] = example;
  return {
    button: { kind: "url", ...frame, url: url.replaceAll("{{1}}", `{{${name}}}`) },
    samples: sample === undefined ? {} : { [name]: sample.startsWith(before) ? sample.slice(before.length) : sample },
  };
}

const Named = z.array(z.looseObject({ param_name: z.string(), example: z.string() }));
const Example = z.looseObject({
  header_text: z.array(z.string()).optional(),
  body_text: z.union([z.array(z.array(z.string())), z.array(z.string())]).optional(),
  header_text_named_params: Named.optional(),
  body_text_named_params: Named.optional(),
});

function samplesOf(component: Component | undefined): Record<string, string> {
  const parsed = Example.safeParse(component?.example);
  if (!parsed.success) return {};
  const { header_text, body_text, header_text_named_params, body_text_named_params } = parsed.data;
  const inOrder = header_text ?? body_text?.flat() ?? [];
  const named = header_text_named_params ?? body_text_named_params ?? [];
  return Object.fromEntries([
    ...inOrder.map((sample, index) => [String(index + 1), sample] as const),
    ...named.map(({ param_name, example }) => [param_name, example] as const),
  ]);
}

type Apart = { content: DraftContent; ofHeader: Record<string, string>; ofBody: Record<string, string> };

/** Meta counts header and body each from 1; here a name means one thing, so where both count, both get names. */
function apart({ content, ofHeader, ofBody }: Apart): Pick<ReadDefinition, "content" | "samples"> {
  const { header, body } = content;
  const isCounted = (words: string) => variablesIn(words).some(isNumber);
  if (header?.kind !== "text" || !isCounted(header.text) || !isCounted(body))
    return { content, samples: { ...ofHeader, ...ofBody } };
  const named = (words: string, prefix: string) => words.replace(/\{\{(\d+)\}\}/g, `{{${prefix}_$1}}`);
  const prefixed = (samples: Record<string, string>, prefix: string) =>
    Object.fromEntries(Object.entries(samples).map(([name, sample]) => [`${prefix}_${name}`, sample]));
  return {
    content: { ...content, header: { kind: "text", text: named(header.text, "header") }, body: named(body, "value") },
    samples: { ...prefixed(ofHeader, "header"), ...prefixed(ofBody, "value") },
  };
}
