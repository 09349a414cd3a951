import { type FreeContent, freeKind, freeVariables } from "#flow/free-message.ts";
import { renderFree } from "#flow/render-free.ts";
import type { RenderedMessage } from "#flow/render-message.ts";
import type { InteractiveHeader, OutgoingMessage } from "#server/channels/outgoing-message.ts";
import type { Candidate } from "./load-facts.ts";
import { type Linking, linksOf, onOurServer, type Prepared } from "./prepare-message.ts";

/** Fills what a step itself says for one person. */
export function prepareFree(
  { request: { values, links } }: Pick<Candidate, "request">,
  content: FreeContent,
  linking: Linking,
): Prepared {
  const made = linksOf(freeVariables(content), links, linking);
  const rendering = renderFree(content, onOurServer(values, linking.publicUrl), made.links);
  return {
    ...rendering,
    language: content.language,
    outgoing: outgoingOf(content, rendering.content),
    category: "service",
    codes: made.codes,
  };
}

/** The message as a channel takes it, by its shape. */
function outgoingOf(content: FreeContent, drawn: RenderedMessage): OutgoingMessage {
  const { body, buttons, list } = drawn;
  const header = headerOf(drawn.header);
  const frame = { body, ...(header && { header }), ...(drawn.footer && { footer: drawn.footer }) };
  const kind = freeKind(content);
  switch (kind) {
    case "buttons":
      return { kind, ...frame, buttons: buttons.map(({ id, text }) => ({ id, title: text })) };
    case "list":
      return {
        kind,
        ...frame,
        button: list?.label ?? "",
        sections: (list?.sections ?? []).map(({ title, rows }) => ({ ...(title && { title }), rows })),
      };
    case "link": {
      const button = buttons.find((each) => each.kind !== "quick-reply");
      return { kind, ...frame, label: button?.text ?? "", url: button?.url ?? "" };
    }
    case "image":
    case "video":
      return { kind, media: mediaOf(drawn.header), ...(body && { caption: body }) };
    case "audio":
      return { kind, media: { url: drawn.audio?.url ?? "" } };
    case "document": {
      const fileName = drawn.header?.kind === "document" ? drawn.header.fileName : undefined;
      return { kind, media: mediaOf(drawn.header), fileName, ...(body && { caption: body }) };
    }
    case "text":
      return { kind, body, hasPreview: /https?:\/\//.test(body) };
  }
}

const mediaOf = (header: RenderedMessage["header"]) => ({ url: (header && "url" in header && header.url) || "" });

function headerOf(header: RenderedMessage["header"]): InteractiveHeader | null {
  switch (header?.kind) {
    case "text":
      return { kind: "text", text: header.text };
    case "image":
    case "video":
      return { kind: header.kind, media: mediaOf(header) };
    case "document":
      return { kind: "document", media: mediaOf(header), fileName: header.fileName };
    default:
      return null;
  }
}
