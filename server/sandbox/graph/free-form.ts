import { z } from "zod";
import type { Json, JsonObject } from "#flow/json.ts";
import { GraphError } from "../graph-error.ts";
import type { Rendered } from "../rendered.ts";
import { check } from "./check.ts";
import { readContacts } from "./contacts-message.ts";
import { renderInteractive } from "./interactive.ts";
import { shownMedia } from "./interactive-parts.ts";
import { Place } from "./place.ts";

const TextNode = z.looseObject({ body: z.string().min(1), preview_url: z.boolean().optional() });
const MediaNode = z.looseObject({
  id: z.string().min(1).optional(),
  link: z.string().optional(),
  caption: z.string().max(1024).optional(),
  filename: z.string().max(240).optional(),
  voice: z.boolean().optional(),
});
const ReactionNode = z.looseObject({ message_id: z.string().min(1), emoji: z.string() });

const nothing: Rendered = { header: null, footer: null, buttons: [] };

type Shown = { body: string | null; rendered: Rendered };
export type FreeForm = Shown & { content: JsonObject };

const readers: Record<string, (node: Json) => Shown> = {
  text: readText,
  image: (node) => readMedia("image", node),
  video: (node) => readMedia("video", node),
  audio: (node) => readMedia("audio", node),
  document: (node) => readMedia("document", node),
  sticker: (node) => readMedia("sticker", node),
  interactive: renderInteractive,
  location: (node) => {
    const place = check(Place, node, "location");
    return { body: place.name ?? null, rendered: { ...nothing, place } };
  },
  contacts: (node) => {
    const contacts = readContacts(node);
    return { body: contacts.map((contact) => contact.name).join(", "), rendered: { ...nothing, contacts } };
  },
  reaction: (node) => {
    const { message_id: targetWamid, emoji } = check(ReactionNode, node, "reaction");
    assertOneEmoji(emoji);
    return { body: emoji, rendered: { ...nothing, reaction: { targetWamid, emoji } } };
  },
};

/** Checks a message that is not a template (section 3) and says what the phone shows. Throws the GraphError Meta answers. */
export function readFreeForm(type: string, request: JsonObject): FreeForm {
  const read = Object.hasOwn(readers, type) ? readers[type] : undefined;
  if (!read) throw new GraphError(131051, `Message type '${type}' is not supported`);
  const node = request[type];
  if (node === undefined) throw new GraphError(131008, `Required parameter '${type}' is missing`);
  return { ...read(node), content: { [type]: node } };
}

function readText(node: Json): Shown {
  const { body, preview_url } = check(TextNode, node, "text");
  if (body.length > 4096) throw new GraphError(100, "Param text['body'] must be at most 4096 characters long.");
  const link = preview_url ? /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)]/i.exec(body)?.[0] : undefined;
  return { body, rendered: link === undefined ? nothing : { ...nothing, preview: { url: link } } };
}

function readMedia(type: string, node: Json): Shown {
  const { id, link, caption, filename, voice } = check(MediaNode, node, type);
  if (!id && !link) throw new GraphError(131008, `Parameter '${type}' needs 'id' or 'link'`);
  if (id && link) throw new GraphError(131009, `Parameter '${type}' takes 'id' or 'link', not both`);
  if (link !== undefined && !/^https?:\/\/\S+$/i.test(link))
    throw new GraphError(131009, `Parameter '${type}.link' must be an http(s) address`);
  if (caption !== undefined && (type === "audio" || type === "sticker"))
    throw new GraphError(131009, `Parameter '${type}.caption' is not allowed`);
  const media = shownMedia({
    ...(id ? { id } : {}),
    ...(link ? { link } : {}),
    ...(type === "document" && filename ? { filename } : {}),
  });
  const isVoice = type === "audio" && voice === true;
  const rendered = { ...nothing, header: { kind: type, ...media }, ...(isVoice ? { isVoice } : {}) };
  return { body: caption ?? null, rendered };
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

// "" takes a reaction back; anything else is exactly one emoji, however many code points it is made of.
function assertOneEmoji(emoji: string): void {
  if (emoji === "") return;
  const isOne = [...graphemes.segment(emoji)].length === 1;
  if (!isOne || !/\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(emoji))
    throw new GraphError(131009, "Parameter 'reaction.emoji' must be one emoji");
}
