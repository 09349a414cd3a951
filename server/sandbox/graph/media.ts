import { createHash, createHmac } from "node:crypto";
import { mkdirSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { GraphError, unknownObject } from "../graph-error.ts";
import type { Media } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";
import { objectId } from "../seed-templates.ts";
import type { Call, Reply } from "../server.ts";
import { isTooLargeSticker, maxUploadBytes } from "./media-types.ts";

const dayMs = 86_400_000;
const urlLifeMs = 5 * 60_000;

/** POST /P/media: multipart with messaging_product, type and file; the first may stand in the address, as any Graph parameter. */
export async function uploadMedia(sandbox: Sandbox, call: Call): Promise<object> {
  const form = await readForm(call);
  const product = form.get("messaging_product") ?? call.url.searchParams.get("messaging_product");
  if (product !== "whatsapp") throw new GraphError(100, "The parameter messaging_product is required.");
  const file = form.get("file");
  if (!(file instanceof File)) throw new GraphError(100, "The parameter file is required.");
  const mimeType = String(form.get("type") ?? file.type).split(";")[0] ?? "";
  const media = await storeMedia(
    sandbox,
    { mimeType, fileName: file.name || null, isInbound: false },
    Buffer.from(await file.arrayBuffer()),
  );
  return { id: media.id };
}

/** Keeps bytes and their facts; the file is on disk before the id is known to anybody. Throws 131053 for a wrong type or size. */
export async function storeMedia(
  sandbox: Sandbox,
  facts: Pick<Media, "mimeType" | "fileName" | "isInbound">,
  bytes: Buffer,
): Promise<Media> {
  const most = maxUploadBytes(facts.mimeType);
  if (most === undefined) throw new GraphError(131053, `Media type ${facts.mimeType} is not supported`);
  if (bytes.length > most) throw new GraphError(131053, `A file of type ${facts.mimeType} has at most ${most} bytes`);
  if (facts.mimeType === "image/webp" && isTooLargeSticker(bytes))
    throw new GraphError(131053, "A sticker that does not move has at most 102400 bytes");
  const media: Media = {
    ...facts,
    id: objectId(sandbox, "media"),
    sha256: createHash("sha256").update(bytes).digest("base64"),
    bytes: bytes.length,
    at: sandbox.clock.now(),
  };
  // Recorded before the first wait, so that two uploads at once cannot be given one id.
  const written = sandbox.commit({ k: "media", media });
  mkdirSync(sandbox.mediaFolder, { recursive: true });
  await writeFile(path.join(sandbox.mediaFolder, media.id), bytes);
  await written;
  return media;
}

/** Throws 131009 for an id that was never given out, is deleted, or is older than its life. */
export function assertKnownMedia(sandbox: Sandbox, id: string): void {
  const media = sandbox.world.media.get(id);
  if (!media || isExpired(sandbox, media)) throw new GraphError(131009, `Media id ${id} is not known`);
}

/** GET /MEDIA: facts and an address that works for five minutes. */
export function getMedia(sandbox: Sandbox, call: Call, id: string): object {
  const media = sandbox.world.media.get(id);
  const owner = call.url.searchParams.get("phone_number_id");
  if (!media || isExpired(sandbox, media) || (owner !== null && owner !== sandbox.identity.phoneNumberId))
    throw unknownObject(id);
  return {
    messaging_product: "whatsapp",
    url: mediaUrl(sandbox, call, id),
    mime_type: media.mimeType,
    sha256: media.sha256,
    file_size: media.bytes,
    id,
  };
}

/** Where the bytes can be had for five minutes, by the name the caller has for the sandbox. */
export function mediaUrl(sandbox: Sandbox, call: Call, id: string): string {
  const expires = sandbox.clock.now() + urlLifeMs;
  return `http://${call.headers.host ?? "127.0.0.1"}/media-bytes/${id}?expires=${expires}&sign=${signatureOf(sandbox, id, expires)}`;
}

/** GET of such an address; needs the token like every call, 404 when its time is over. */
export async function downloadMedia(sandbox: Sandbox, call: Call, id: string): Promise<Reply> {
  const media = sandbox.world.media.get(id);
  const expires = Number(call.url.searchParams.get("expires"));
  const isSigned = call.url.searchParams.get("sign") === signatureOf(sandbox, id, expires);
  if (!media || !isSigned || expires < sandbox.clock.now()) return { status: 404, body: {} };
  const bytes = await readFile(path.join(sandbox.mediaFolder, id));
  const headers = { "content-type": media.mimeType, "accept-ranges": "bytes" };
  const range = /^bytes=(\d+)-(\d*)$/.exec(call.headers.range ?? "");
  if (!range) return { status: 200, body: bytes, headers };
  const start = Number(range[1]);
  const end = Math.min(range[2] ? Number(range[2]) : bytes.length - 1, bytes.length - 1);
  if (start > end)
    return { status: 416, body: Buffer.alloc(0), headers: { ...headers, "content-range": `bytes */${bytes.length}` } };
  return {
    status: 206,
    body: bytes.subarray(start, end + 1),
    headers: { ...headers, "content-range": `bytes ${start}-${end}/${bytes.length}` },
  };
}

/** DELETE /MEDIA */
export async function removeMedia(sandbox: Sandbox, id: string): Promise<object> {
  await sandbox.commit({ k: "media-gone", id });
  await rm(path.join(sandbox.mediaFolder, id), { force: true });
  return { success: true };
}

// Uploads live 30 days, media from a user 7 days (section 6).
const isExpired = (sandbox: Sandbox, media: Media): boolean =>
  sandbox.clock.now() - media.at > (media.isInbound ? 7 : 30) * dayMs;

const signatureOf = (sandbox: Sandbox, id: string, expires: number): string =>
  createHmac("sha256", sandbox.identity.appSecret).update(`${id}:${expires}`).digest("hex").slice(0, 32);

async function readForm(call: Call): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(call.body), {
      headers: { "content-type": call.headers["content-type"] ?? "" },
    }).formData();
  } catch {
    throw new GraphError(100, "The body is not multipart/form-data.");
  }
}
