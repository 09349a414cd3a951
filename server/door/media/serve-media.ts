import { createReadStream } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { eq } from "drizzle-orm";
import { media } from "#db/schema/index.ts";
import { DomainError } from "#server/errors.ts";
import { mediaPlace } from "#server/media/media-place.ts";
import type { Door } from "../door.ts";

/**
 * `GET /media/{code}/{name}`: a file that messages show, to whoever knows its address: providers fetch it from here, without a key.
 * What an address means never changes.
 */
export async function serveMedia(door: Door, code: string, request: IncomingMessage, response: ServerResponse) {
  const found = await findMedia(door, code);
  response.writeHead(200, {
    "content-type": found.mime,
    "content-length": found.bytes,
    "content-disposition": `inline; filename*=UTF-8''${encodeURIComponent(found.fileName)}`,
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
  });
  if (request.method === "HEAD") return void response.end();
  // Whoever hangs up in the middle wants no more of it.
  await pipeline(createReadStream(mediaPlace(door.env, found).file), response).catch(() => response.destroy());
}

async function findMedia(door: Door, code: string): Promise<typeof media.$inferSelect> {
  const isCode = /^[0-9A-Za-z]{10,40}$/.test(code);
  const [found] = isCode ? await door.db.select().from(media).where(eq(media.code, code)) : [];
  if (!found) throw new DomainError("not-found", "There is no such file.");
  return found;
}
