import { z } from "zod";

/**
 * Template status words of product.md; the provider's own words are mapped to these at the channel. In review, changes requested
 * and declined are our own review's; rejected is the provider's word.
 */
export const templateStatuses = [
  "draft",
  "in-review",
  "changes-requested",
  "declined",
  "submitted",
  "approved",
  "rejected",
  "paused",
  "disabled",
] as const;
export type TemplateStatus = (typeof templateStatuses)[number];

export const TemplateButton = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("quick-reply"),
    id: z.string().regex(/^[a-z0-9-]{1,40}$/),
    text: z.string().min(1).max(25),
  }),
  /** A link whose address ends in a code made for each message (tracked link or upload page); its variable is `link`. */
  z.strictObject({
    kind: z.literal("link"),
    id: z.string().regex(/^[a-z0-9-]{1,40}$/),
    text: z.string().min(1).max(25),
  }),
  z.strictObject({
    kind: z.literal("url"),
    id: z.string().regex(/^[a-z0-9-]{1,40}$/),
    text: z.string().min(1).max(25),
    url: z.url().max(2000),
  }),
  z.strictObject({
    kind: z.literal("phone"),
    id: z.string().regex(/^[a-z0-9-]{1,40}$/),
    text: z.string().min(1).max(25),
    phone: z.string().max(20),
  }),
]);
export type TemplateButton = z.infer<typeof TemplateButton>;

export const TemplateHeader = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text"), text: z.string().min(1).max(60) }),
  /** A PDF statement or receipt; the address comes from the variable `document`. */
  z.strictObject({ kind: z.literal("document"), fileName: z.string().min(1).max(120) }),
]);
export type TemplateHeader = z.infer<typeof TemplateHeader>;

/** One language of a template. Variables are written {{first_name}} in header text and body. */
export const TemplateContent = z.strictObject({
  language: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/),
  header: TemplateHeader.nullable(),
  body: z.string().min(1).max(1024),
  footer: z.string().max(60).nullable(),
  buttons: z.array(TemplateButton).max(10),
});
export type TemplateContent = z.infer<typeof TemplateContent>;

export const templateCategories = ["utility", "marketing"] as const;
export type TemplateCategory = (typeof templateCategories)[number];

/** A template as flows see it: one name, one set of variables and buttons, several languages with a status each. */
export type TemplateInfo = {
  name: string;
  category: TemplateCategory;
  /** Sample values by variable, in no particular language. */
  samples: Record<string, string>;
  languages: (TemplateContent & { status: TemplateStatus })[];
};

/** What validation and the editor know about the world outside the graph. */
export type Catalog = { templates: TemplateInfo[] };

/** The variables a template needs, in order of appearance: those of header and body, `document`, and `link.<button id>`. */
export function templateVariables(content: TemplateContent): string[] {
  const texts = [content.header?.kind === "text" ? content.header.text : "", content.body];
  const named = texts.flatMap(variablesIn);
  const document = content.header?.kind === "document" ? ["document"] : [];
  const links = content.buttons.filter((button) => button.kind === "link").map((button) => `link.${button.id}`);
  return [...new Set([...document, ...named, ...links])];
}

const variable = /\{\{([a-z_][a-z0-9_]*)\}\}/g;

/** The variables written in one text, each once, in order of appearance. */
export const variablesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(variable)].map((match) => match[1] ?? "")),
];

/** Header or body with its variables replaced once; a value that contains {{x}} is not expanded again. */
export function fillText(text: string, values: Record<string, string>): string {
  return text.replace(variable, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}
