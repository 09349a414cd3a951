import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { DomainError } from "#server/errors.ts";

const inflate = promisify(gunzip);

const tooLarge = (maxBytes: number) =>
  new DomainError("too-large", `The body is larger than ${Math.floor(maxBytes / 1024)} kB.`, { maxBytes });

/** The raw bytes of a request, as sent. More than `maxBytes` is refused before it is read, or while it is. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) return Promise.reject(tooLarge(maxBytes));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        request.removeAllListeners("data");
        reject(tooLarge(maxBytes));
      } else chunks.push(chunk);
    });
    request.on("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.on("error", reject);
    request.on("aborted", () => reject(new DomainError("bad-input", "The request ended early.")));
  });
}

/**
 * Undoes gzip, told by the bytes themselves: some clients forget the header, and no JSON starts with 1f 8b.
 * `maxBytes` is meant after inflating, so a small bomb is refused as well.
 */
export async function plainBody(body: Buffer, maxBytes: number): Promise<Buffer> {
  if (body[0] !== 0x1f || body[1] !== 0x8b) return body;
  try {
    return await inflate(body, { maxOutputLength: maxBytes });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(maxBytes);
    throw new DomainError("bad-input", "The body is labelled gzip and cannot be unpacked.", { reason: "invalid-gzip" });
  }
}
