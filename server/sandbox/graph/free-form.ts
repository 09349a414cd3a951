import { z } from "zod";
import type { Json, JsonObject } from "#flow/json.ts";
import { GraphError } from "../graph-error.ts";
import type { Rendered } from "../record.ts";
import { check } from "./check.ts";
import { renderInteractive } from "./interactive.ts";

const TextNode = z.looseObject({ body: z.string().min(1), preview_url: z.boolean().optional() });
const MediaNode = z.looseObject({
  id: z.string().min(1).optional(),
  link: z.string().optional(),
  caption: z.string().max(1024).optional(),
  filename: z.string().optional(),
});
const LocationNode = z.looseObject({
  latitude: z.coerce.number(),
  longitude: z.coerce.number(),
  name: z.string().optional(),
});
const ContactsNode = z.array(z.looseObject({ name: z.looseObject({ formatted_name: z.string().min(1) }) })).min(1);
const ReactionNode = z.looseObject({ message_id: z.string().min(1), emoji: z.string() });

const mediaTypes = ["image", "video", "audio", "document", "sticker"];
const nothing: Rendered = { header: null, footer: null, buttons: [] };

export type FreeForm = { body: string | null; rendered: Rendered; content: JsonObject; mediaId: string | null };

/** Checks a message that is not a template (section 3) and says what the phone shows. Throws the GraphError Meta answers. */
export function readFreeForm(type: string, request: JsonObject): FreeForm {
  const node = request[type];
  const content: JsonObject = { [type]: node ?? null };
  const shown = (body: string | null, rendered: Rendered = nothing, mediaId: string | null = null) => ({
    body,
    rendered,
    content,
    mediaId,
  });
  if (node === undefined) throw unknownOrMissing(type);
  if (mediaTypes.includes(type)) return readMedia(type, node, shown);
  switch (type) {
    case "text": {
      const { body } = check(TextNode, node, "text");
      if (body.length > 4096) throw new GraphError(100, "Param text['body'] must be at most 4096 characters long.");
      return shown(body);
    }
    case "interactive": {
      const { body, rendered } = renderInteractive(node);
      return shown(body, rendered);
    }
    case "location":
      return shown(check(LocationNode, node, "location").name ?? null);
    case "contacts":
      return shown(
        check(ContactsNode, node, "contacts")
          .map((contact) => contact.name.formatted_name)
          .join(", "),
      );
    case "reaction":
      return shown(check(ReactionNode, node, "reaction").emoji);
    default:
      throw new GraphError(131051, `Message type '${type}' is not supported`);
  }
}

function readMedia(
  type: string,
  node: Json,
  shown: (body: string | null, rendered: Rendered, mediaId: string | null) => FreeForm,
): FreeForm {
  const { id, link, caption, filename } = check(MediaNode, node, type);
  if (!id && !link) throw new GraphError(131008, `Parameter '${type}' needs 'id' or 'link'`);
  if (link !== undefined && !/^https?:\/\/\S+$/i.test(link))
    throw new GraphError(131009, `Parameter '${type}.link' must be an http(s) address`);
  if (caption !== undefined && (type === "audio" || type === "sticker"))
    throw new GraphError(131009, `Parameter '${type}.caption' is not allowed`);
  const header = { kind: type, ...(link ? { url: link } : {}), ...(filename ? { fileName: filename } : {}) };
  return shown(caption ?? null, { ...nothing, header }, id ?? null);
}

const speaks = [...mediaTypes, "text", "interactive", "location", "contacts", "reaction"];

const unknownOrMissing = (type: string) =>
  speaks.includes(type)
    ? new GraphError(131008, `Required parameter '${type}' is missing`)
    : new GraphError(131051, `Message type '${type}' is not supported`);
