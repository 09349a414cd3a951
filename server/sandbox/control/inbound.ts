import { z } from "zod";
import type { Json, JsonObject } from "#flow/json.ts";
import { mediaUrl, storeMedia } from "../graph/media.ts";
import type { Message } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";
import type { Call } from "../server.ts";
import { wamidOf } from "../wamid.ts";
import { WaId } from "./settings.ts";

const Input = z.looseObject({
  from: WaId,
  name: z.string().optional(),
  type: z.string().default("text"),
  text: z.union([z.string().min(1), z.looseObject({ body: z.string() })]).optional(),
  context: z.looseObject({}).optional(),
});

const mediaTypes: Record<string, string> = {
  image: "image/jpeg",
  video: "video/mp4",
  audio: "audio/ogg",
  document: "application/pdf",
  sticker: "image/webp",
};
const MediaInput = z.looseObject({
  mime_type: z.string().optional(),
  base64: z.base64().optional(),
  filename: z.string().optional(),
  id: z.string().optional(),
});

/** What WhatsApp cannot tell comes without an object of its own (section 2.1). */
const bare = new Set(["unsupported", "unknown", "request_welcome"]);

/** What may stand beside a message's own object: the ad it came by, why it is unsupported, and whose keys are new. */
const besides = ["referral", "errors", "identity"] as const;

/** A person writes to the business: any type of section 11.1, its object passed on as given. Opens the 24-hour window. */
export async function inbound(sandbox: Sandbox, input: unknown, call: Call): Promise<object> {
  const given = Input.parse(input);
  const { from, name, type, context } = given;
  if (name !== undefined) await sandbox.commit({ k: "user", user: { ...sandbox.world.userOf(from), name } });
  const node =
    type === "text"
      ? textNode(given.text)
      : type in mediaTypes
        ? await mediaNode(sandbox, call, { type, input: given[type] })
        : (given[type] as JsonObject | undefined);
  const content: InboundContent = { type, ...(node === undefined && bare.has(type) ? {} : { [type]: node ?? {} }) };
  for (const key of besides) if (given[key] !== undefined) content[key] = given[key] as Json;
  if (context) content.context = context as JsonObject;
  return receive(sandbox, from, content);
}

export type InboundContent = JsonObject & { type: string };

/** Puts a message from a person into the ledger and tells the subscriber. */
export async function receive(sandbox: Sandbox, waId: string, content: InboundContent): Promise<{ wamid: string }> {
  const user = sandbox.world.userOf(waId);
  const wamid = wamidOf(sandbox.seed, sandbox.world.inboundCount + 1, waId, "user");
  const at = sandbox.clock.now();
  const context = z.looseObject({ id: z.string() }).safeParse(content.context);
  const message: Message = {
    wamid,
    direction: "inbound",
    phoneNumberId: sandbox.identity.phoneNumberId,
    waId,
    type: content.type,
    body: bodyOf(content),
    content,
    ...(context.success ? { contextWamid: context.data.id } : {}),
    isInWindow: true,
    at,
    status: "received",
  };
  const written = sandbox.commit({ k: "message", message });
  const told = {
    from: waId,
    from_user_id: user.bsuid,
    id: wamid,
    timestamp: String(Math.floor(at / 1000)),
    ...content,
  };
  await Promise.all([written, sandbox.tell({ kind: "inbound", wamid, waId, message: told, at })]);
  return { wamid };
}

const textNode = (text: string | { body: string } | undefined): JsonObject => ({
  body: typeof text === "string" ? text : (text?.body ?? ""),
});

type GivenMedia = { type: string; input: unknown };

async function mediaNode(sandbox: Sandbox, call: Call, { type, input }: GivenMedia): Promise<JsonObject> {
  const { base64, mime_type, filename, id, ...rest } = MediaInput.parse(input ?? {});
  const mimeType = mime_type ?? mediaTypes[type] ?? "application/pdf";
  const flag: JsonObject = type === "audio" ? { voice: true } : type === "sticker" ? { animated: false } : {};
  if (id !== undefined) return { ...flag, ...(rest as JsonObject), id, mime_type: mimeType };
  // Without bytes of its own the message still leads to a file that can be downloaded.
  const bytes = Buffer.from(base64 ?? Buffer.from(`sandbox ${type}`).toString("base64"), "base64");
  const media = await storeMedia(sandbox, { mimeType, fileName: filename ?? null, isInbound: true }, bytes);
  return {
    ...flag,
    // Since October 2025 the webhook brings the address too (section 6).
    url: mediaUrl(sandbox, call, media.id),
    ...(rest as JsonObject),
    id: media.id,
    mime_type: mimeType,
    sha256: media.sha256,
    ...(filename === undefined ? {} : { filename }),
  };
}

const Bodies = z.looseObject({
  text: z.looseObject({ body: z.string() }).optional(),
  button: z.looseObject({ text: z.string() }).optional(),
  interactive: z
    .looseObject({
      button_reply: z.looseObject({ title: z.string() }).optional(),
      list_reply: z.looseObject({ title: z.string() }).optional(),
      nfm_reply: z.looseObject({ body: z.string() }).optional(),
    })
    .optional(),
});

function bodyOf(content: JsonObject): string | null {
  const parsed = Bodies.safeParse(content);
  if (!parsed.success) return null;
  const { text, button, interactive } = parsed.data;
  if (interactive)
    return interactive.button_reply?.title ?? interactive.list_reply?.title ?? interactive.nfm_reply?.body ?? null;
  return text?.body ?? button?.text ?? null;
}
