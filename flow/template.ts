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

/** Of a language in these the provider holds no text that counts: it is being written, reviewed by us, or was refused. */
export const openStatuses: TemplateStatus[] = ["draft", "in-review", "changes-requested", "declined", "rejected"];

/** A language may be rewritten while the provider holds no text of it that counts; else it is locked, so that what is approved is what is sent. */
export const isOpen = (status: TemplateStatus): boolean => openStatuses.includes(status);

const id = z.string().regex(/^[a-z0-9-]{1,40}$/);
const text = z.string().min(1).max(25);

export const TemplateButton = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("quick-reply"), id, text }),
  /** A link whose address ends in a code made for each message (tracked link or upload page); its variable is `link`. */
  z.strictObject({ kind: z.literal("link"), id, text }),
  /** The bank's own address; it may end in one variable, such as https://bank.example/loans/{{loan_id}}. */
  z.strictObject({
    kind: z.literal("url"),
    id,
    text,
    url: z
      .string()
      .regex(/^https?:\/\/\S+$/)
      .max(2000),
  }),
  z.strictObject({ kind: z.literal("phone"), id, text, phone: z.string().max(20) }),
  /** Copies a code, the variable `coupon`. WhatsApp writes the button's words itself; `text` is how they read. */
  z.strictObject({ kind: z.literal("coupon"), id, text }),
  /** Copies the one-time code of an authentication template, and says what WhatsApp writes around the code. */
  z.strictObject({
    kind: z.literal("one-time-code"),
    id,
    text,
    /** How long the code is good, as the footer says; null: no footer. */
    minutes: z.number().int().min(1).max(90).nullable(),
    /** Whether the body advises to keep the code to oneself. */
    advisesSecrecy: z.boolean(),
  }),
  /** Opens a form made at WhatsApp ("WhatsApp Flows"), by its id or name there; `screen` is the one it begins with. */
  z.strictObject({
    kind: z.literal("form"),
    id,
    text,
    form: z.string().min(1).max(200),
    screen: z.string().max(100).nullable(),
  }),
  z.strictObject({ kind: z.literal("catalogue"), id, text }),
]);
export type TemplateButton = z.infer<typeof TemplateButton>;

export const TemplateHeader = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text"), text: z.string().min(1).max(60) }),
  /** A PDF statement or receipt; the address comes from the variable `document`. */
  z.strictObject({ kind: z.literal("document"), fileName: z.string().min(1).max(120) }),
  /** Its address comes from the variable of the same name. */
  z.strictObject({ kind: z.enum(["image", "video"]) }),
  /** A place on the map; the variables are those of `placeVariables`. */
  z.strictObject({ kind: z.literal("location") }),
]);
export type TemplateHeader = z.infer<typeof TemplateHeader>;

/** One language of a template. Variables are written {{first_name}} or {{1}} in header text, body and at the end of an address. */
export const TemplateContent = z.strictObject({
  language: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/),
  header: TemplateHeader.nullable(),
  body: z.string().min(1).max(1024),
  footer: z.string().max(60).nullable(),
  buttons: z.array(TemplateButton).max(10),
});
export type TemplateContent = z.infer<typeof TemplateContent>;

export const templateCategories = ["utility", "marketing", "authentication"] as const;
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

/** What a place in the header is filled with. */
export const placeVariables = ["location.latitude", "location.longitude", "location.name", "location.address"] as const;

/** What templateVariables reads of a content, also of one that is still being written. */
type VariableHolder = {
  header: { kind: "text"; text: string } | { kind: "document" | "image" | "video" | "location" } | null;
  body: string;
  buttons: readonly { kind: string; id: string; url?: string }[];
};

/**
 * The variables a template needs: those of its header first (`document`, `image`, `video` or a place), then those of its texts in
 * order of appearance, of its addresses, `coupon` and `link.<button id>`.
 */
export function templateVariables({ header, body, buttons }: VariableHolder): string[] {
  const ofButtons = buttons.flatMap((button) => {
    if (button.kind === "link") return [`link.${button.id}`];
    if (button.kind === "coupon") return ["coupon"];
    return button.kind === "url" ? variablesIn(button.url ?? "") : [];
  });
  return [...new Set([...headerVariables(header), ...variablesIn(body), ...ofButtons])];
}

function headerVariables(header: VariableHolder["header"]): readonly string[] {
  if (header === null) return [];
  if (header.kind === "text") return variablesIn(header.text);
  return header.kind === "location" ? placeVariables : [header.kind];
}

/** Variables that stand in no text: what the header shows, and links that are made for each message. Review asks no sample of them. */
export const isOutsideText = (name: string): boolean =>
  name.startsWith("link.") || name.startsWith("location.") || ["document", "image", "video"].includes(name);

const variable = /\{\{([a-z_][a-z0-9_]*|[1-9]\d?)\}\}/g;

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

/** Whether a template counts its variables instead of naming them: the provider then wants the values in their order. */
export const hasNumbers = ({ header, body }: Pick<VariableHolder, "header" | "body">): boolean =>
  [...(header?.kind === "text" ? variablesIn(header.text) : []), ...variablesIn(body)].some(isNumber);

export const isNumber = (name: string): boolean => /^\d+$/.test(name);
