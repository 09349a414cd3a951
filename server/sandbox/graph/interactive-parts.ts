import { z } from "zod";
import { GraphError } from "../graph-error.ts";
import type { Rendered, RenderedHeader } from "../rendered.ts";

/** What the kinds of interactive messages have in common (section 3.2). */
export type ShownInteractive = { body: string | null; rendered: Rendered };

export const text = (max: number) => z.string().min(1).max(max);
export const WebAddress = z.string().regex(/^https?:\/\/\S+$/i, "must start with http:// or https://");
export const MediaRef = z
  .looseObject({ id: z.string().min(1).optional(), link: WebAddress.optional(), filename: z.string().optional() })
  .refine((media) => media.id !== undefined || media.link !== undefined, "needs an id or a link");

const media = <Kind extends string>(kind: Kind) =>
  z.looseObject({ type: z.literal(kind), ...({ [kind]: MediaRef } as { [Key in Kind]: typeof MediaRef }) });

export const Header = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("text"), text: text(60) }),
  media("image"),
  media("video"),
  media("document"),
]);
export const TextHeader = z.looseObject({ type: z.literal("text"), text: text(60) });
export const CardHeader = z.discriminatedUnion("type", [media("image"), media("video")]);
export const body = (max: number) => z.looseObject({ text: text(max) });
export const Footer = z.looseObject({ text: text(60) });

/** The two parts around a body, for kinds that may have any header. */
export const frameParts = { header: Header.optional(), footer: Footer.optional() };

export function frame(message: {
  header?: z.infer<typeof Header> | undefined;
  footer?: { text: string } | undefined;
}): Pick<Rendered, "header" | "footer"> {
  return { header: message.header ? headerOf(message.header) : null, footer: message.footer?.text ?? null };
}

export function headerOf(header: z.infer<typeof Header>): RenderedHeader {
  switch (header.type) {
    case "text":
      return { kind: "text", text: header.text };
    case "image":
      return { kind: "image", ...shownMedia(header.image) };
    case "video":
      return { kind: "video", ...shownMedia(header.video) };
    case "document":
      return { kind: "document", ...shownMedia(header.document) };
  }
}

/** How bytes given by id or link appear in what a phone shows. */
export const shownMedia = (given: { id?: string; link?: string; filename?: string }): Partial<RenderedHeader> => ({
  ...(given.link ? { url: given.link } : {}),
  ...(given.id ? { mediaId: given.id } : {}),
  ...(given.filename ? { fileName: given.filename } : {}),
});

export function assertDistinct(values: string[], what: string): void {
  if (new Set(values).size !== values.length) throw new GraphError(131009, `Duplicated ${what} are not allowed`);
}

// Meta refuses addresses that are bare IP numbers.
export function assertNoIpAddress(url: string, parameter: string): void {
  if (/^https?:\/\/((\d{1,3}\.){3}\d{1,3}|\[[0-9a-f:.]+\])([:/?#]|$)/i.test(url))
    throw new GraphError(131009, `Parameter '${parameter}' must not be an IP address`);
}
