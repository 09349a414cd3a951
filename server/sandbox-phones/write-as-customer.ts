import { z } from "zod";
import type { Actor } from "../trpc.ts";
import { contactId, phoneOf } from "./phone-owner.ts";
import { callSandbox } from "./sandbox-control.ts";

/** Base64 of 12 MB: enough for a photo or a statement, little enough for one call. */
const largestBase64 = 16 * 1024 * 1024;
const text = z.string().trim().min(1).max(4096);
const wamid = z.string().min(1).max(300);

const Content = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text"), text }),
  z.strictObject({
    kind: z.literal("file"),
    type: z.enum(["image", "video", "audio", "document", "sticker"]),
    mimeType: z.string().max(100),
    fileName: z.string().max(240),
    base64: z.base64().max(largestBase64),
    caption: z.string().trim().max(1024).optional(),
  }),
  z.strictObject({
    kind: z.literal("place"),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    name: z.string().max(100).optional(),
    address: z.string().max(200).optional(),
  }),
  z.strictObject({ kind: z.literal("person"), name: z.string().trim().min(1).max(100), phone: z.string().max(30) }),
  z.strictObject({ kind: z.literal("reaction"), wamid, emoji: z.string().max(16) }),
  z.strictObject({ kind: z.literal("edit"), wamid, text }),
  z.strictObject({ kind: z.literal("delete"), wamid }),
]);
type Content = z.output<typeof Content>;

export const WriteInput = z.strictObject({ contactId, replyTo: wamid.optional(), content: Content });

/** Sends any kind of message, as the customer; the business gets it as Meta would tell it. */
export async function writeAsCustomer(actor: Actor, { contactId: id, replyTo, content }: z.output<typeof WriteInput>) {
  const from = await phoneOf(actor, id);
  await callSandbox(actor.env, "POST", "/inbound", {
    from,
    ...inboundOf(content),
    ...(replyTo ? { context: { id: replyTo } } : {}),
  });
  return { ok: true };
}

/** The inbound message of section 11.1 for each kind. */
function inboundOf(content: Content): Record<string, unknown> & { type: string } {
  switch (content.kind) {
    case "text":
      return { type: "text", text: { body: content.text } };
    case "file": {
      const { type, mimeType, fileName, base64, caption } = content;
      const file = { mime_type: mimeType, base64, ...(caption ? { caption } : {}) };
      return { type, [type]: type === "document" ? { ...file, filename: fileName } : file };
    }
    case "place": {
      const { kind: _, ...location } = content;
      return { type: "location", location };
    }
    case "person":
      return {
        type: "contacts",
        contacts: [
          { name: { formatted_name: content.name, first_name: content.name }, phones: [{ phone: content.phone }] },
        ],
      };
    case "reaction":
      return {
        type: "reaction",
        // No emoji at all takes an earlier one back.
        reaction: { message_id: content.wamid, ...(content.emoji ? { emoji: content.emoji } : {}) },
      };
    case "edit":
      return {
        type: "edit",
        edit: { original_message_id: content.wamid, message: { type: "text", text: { body: content.text } } },
      };
    case "delete":
      return { type: "revoke", revoke: { original_message_id: content.wamid } };
  }
}
