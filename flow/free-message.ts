import { z } from "zod";
import { type TemplateContent, templateVariables, variablesIn } from "./template.ts";

/**
 * Limits of WhatsApp for what is written within the window (Meta, Cloud API: text, media, interactive reply buttons, list and
 * cta_url messages). An emoji counts as two, so that a message never has more than it may.
 */
export const freeLimits = {
  text: 4096,
  /** The text under a file, and that of a message with buttons or a link. */
  caption: 1024,
  /** The text above a list. */
  listBody: 4096,
  header: 60,
  footer: 60,
  button: 20,
  buttons: 3,
  listButton: 20,
  sections: 10,
  sectionTitle: 24,
  /** Over all sections. */
  rows: 10,
  rowTitle: 24,
  rowText: 72,
  address: 2000,
  languages: 20,
} as const;

// A draft may be longer than WhatsApp takes: the linter says so beside the field. Here is only what keeps a graph small.
const words = (most: number) => z.string().max(most);
const id = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** What can be pressed: an answer, a tracked link (made for each message; its variable is `link.<id>`), or an address of one's own. */
export const FreeButton = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("quick-reply"), id, text: words(200) }),
  z.strictObject({ kind: z.literal("link"), id, text: words(200) }),
  z.strictObject({ kind: z.literal("url"), id, text: words(200), url: words(4000) }),
]);
export type FreeButton = z.infer<typeof FreeButton>;

export const FreeRow = z.strictObject({ id, title: words(200), description: words(500) });
export type FreeRow = z.infer<typeof FreeRow>;

export const FreeList = z.strictObject({
  /** The words on the button that opens it. */
  label: words(200),
  sections: z
    .array(z.strictObject({ title: words(200), rows: z.array(FreeRow).max(20) }))
    .min(1)
    .max(20),
});
export type FreeList = z.infer<typeof FreeList>;

/** What stands above the text. The address of a file is the variable of its kind. */
export const FreeHeader = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text"), text: words(500) }),
  z.strictObject({ kind: z.enum(["image", "video", "audio"]) }),
  z.strictObject({ kind: z.literal("document"), fileName: words(240) }),
]);
export type FreeHeader = z.infer<typeof FreeHeader>;

/** One language of a message that is no template: WhatsApp takes it within 24 hours of the person's last message only. */
export const FreeContent = z.strictObject({
  language: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/),
  header: FreeHeader.nullable().default(null),
  body: words(10_000),
  footer: words(500).nullable().default(null),
  buttons: z.array(FreeButton).max(10).default([]),
  list: FreeList.nullable().default(null),
});
export type FreeContent = z.infer<typeof FreeContent>;

export const FreeContents = z.array(FreeContent).min(1).max(freeLimits.languages);

/** How WhatsApp calls what this content makes: its shape decides. */
export type FreeKind = "text" | "image" | "video" | "audio" | "document" | "buttons" | "list" | "link";

export function freeKind({ header, buttons, list }: Pick<FreeContent, "header" | "buttons" | "list">): FreeKind {
  if (list) return "list";
  if (buttons.some(({ kind }) => kind !== "quick-reply")) return "link";
  if (buttons.length > 0) return "buttons";
  return header === null || header.kind === "text" ? "text" : header.kind;
}

/** Everything a person can answer with: buttons, then the rows of the list, in the order of the message. */
export const answersOf = ({ buttons, list }: Pick<FreeContent, "buttons" | "list">): { id: string; text: string }[] => [
  ...buttons.flatMap((button) => (button.kind === "quick-reply" ? [{ id: button.id, text: button.text }] : [])),
  ...(list?.sections ?? []).flatMap(({ rows }) => rows.map((row) => ({ id: row.id, text: row.title }))),
];

/** The blanks of a content: its file first, then those of its texts in order of appearance, then its links. */
export const freeVariables = ({ header, body, footer, buttons }: FreeContent): string[] => [
  ...new Set([
    ...(header === null ? [] : header.kind === "text" ? variablesIn(header.text) : [header.kind]),
    ...variablesIn(body),
    ...variablesIn(footer ?? ""),
    ...buttons.flatMap((button) =>
      button.kind === "link" ? [`link.${button.id}`] : button.kind === "url" ? variablesIn(button.url) : [],
    ),
  ]),
];

/** A message in its languages, whatever it is kept in: a template, or what a step itself says. */
export type MessageText = {
  samples: Record<string, string>;
  languages: readonly (TemplateContent | FreeContent)[];
};

/** True for what a step itself says. */
export const isFree = (content: TemplateContent | FreeContent): content is FreeContent => "list" in content;

/** The blanks of a message in any of its languages. */
export const messageVariables = ({ languages }: MessageText): string[] => [
  ...new Set(languages.flatMap((content) => (isFree(content) ? freeVariables(content) : templateVariables(content)))),
];

/** Nobody approves what is said within the window: as languages to pick from, all are equal. */
export const alwaysApproved = (contents: readonly FreeContent[]) => ({
  languages: contents.map((content) => ({ ...content, status: "approved" })),
});
