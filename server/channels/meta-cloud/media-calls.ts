import { createHash } from "node:crypto";
import { Agent, FormData, request } from "undici";
import { z } from "zod";
import type { CallResult } from "../call-result.ts";
import type { Connection } from "../channel.ts";
import type { ChannelCalls, StoredFile } from "../channel-calls.ts";
import { call, refusal, success } from "./call.ts";

/** Apart from the messages: a large file must not keep one of their connections busy. */
const agent = new Agent({ connections: 8, connect: { timeout: 10_000 }, headersTimeout: 30_000, bodyTimeout: 30_000 });

const id = { schema: z.looseObject({ id: z.string().min(1) }), read: (answer: { id: string }) => ({ id: answer.id }) };

/** POST /P/media. */
export const uploadMedia: ChannelCalls["uploadMedia"] = ({ connection, signal }, { bytes, mime, fileName }) => {
  const body = new FormData();
  body.set("messaging_product", "whatsapp");
  body.set("type", mime);
  body.set("file", new Blob([new Uint8Array(bytes)], { type: mime }), fileName);
  return call(connection, { path: `${connection.phoneNumberId}/media`, body, signal }, id);
};

const Facts = z.looseObject({
  url: z.url(),
  mime_type: z.string(),
  sha256: z.string().optional(),
  file_size: z.coerce.number().optional(),
});

/** Two steps: where the file is, then its bytes. The address comes from outside and is followed to the provider's own hosts only. */
export const downloadMedia: ChannelCalls["downloadMedia"] = async ({ connection, signal }, { id, mostBytes }) => {
  const path = `${encodeURIComponent(id)}?phone_number_id=${encodeURIComponent(connection.phoneNumberId)}`;
  const found = await call(connection, { path, method: "GET", signal }, { schema: Facts, read: (facts) => facts });
  if (found.outcome !== "done") return found;
  const { url, mime_type: mime, sha256, file_size } = found.value;
  if (!isProviders(url, connection)) return refusal("bug", "The file is not at the provider");
  if (file_size !== undefined && file_size > mostBytes) return tooLarge(mostBytes);
  const bytes = await fetchBytes(connection, url, { mostBytes, signal });
  if (bytes.outcome !== "done") return bytes;
  const file: StoredFile = { bytes: bytes.value, mime, sha256: sha256 ?? null };
  return isWhole(file) ? { outcome: "done", value: file } : refusal("transient", "The file's checksum is another one");
};

/** DELETE /MEDIA. */
export const deleteMedia: ChannelCalls["deleteMedia"] = ({ connection, signal }, id) => {
  const path = `${encodeURIComponent(id)}?phone_number_id=${encodeURIComponent(connection.phoneNumberId)}`;
  return call(connection, { path, method: "DELETE", signal }, success);
};

const metaHosts = /(^|\.)(facebook\.com|fbsbx\.com|fbcdn\.net|whatsapp\.net)$/;

/**
 * The token goes to the host it belongs to and, for Meta itself, to the hosts that Meta keeps files on, encrypted. Any other address is
 * not even called: whoever could put one into an answer would otherwise choose what this machine talks to.
 */
export function isProviders(url: string, connection: Connection): boolean {
  const [target, base] = [new URL(url), new URL(connection.baseUrl)];
  if (target.username !== "" || target.password !== "") return false;
  if (target.origin === base.origin) return true;
  return (
    target.protocol === "https:" &&
    target.port === "" &&
    metaHosts.test(base.hostname) &&
    metaHosts.test(target.hostname)
  );
}

type Limits = { mostBytes: number; signal: AbortSignal };

/** Reads no more than allowed, whatever length was told. Redirects are not followed. */
async function fetchBytes(
  connection: Connection,
  url: string,
  { mostBytes, signal }: Limits,
): Promise<CallResult<Buffer>> {
  try {
    const headers = { authorization: `Bearer ${connection.token}` };
    const { statusCode, body } = await request(url, { dispatcher: agent, signal, headers });
    if (statusCode !== 200) {
      await body.dump();
      return refusal("transient", `HTTP ${statusCode} for the file`);
    }
    const parts: Buffer[] = [];
    let length = 0;
    for await (const part of body) {
      length += part.length;
      // Leaving the loop ends the connection.
      if (length > mostBytes) return tooLarge(mostBytes);
      parts.push(part);
    }
    return { outcome: "done", value: Buffer.concat(parts) };
  } catch (error) {
    return refusal("transient", `The file could not be read: ${error instanceof Error ? error.name : "unknown"}`);
  }
}

const tooLarge = (mostBytes: number) => refusal("bug", `The file has more than ${mostBytes} bytes`);

/** Meta tells it in hex here and in base64 elsewhere. */
function isWhole({ bytes, sha256 }: StoredFile): boolean {
  if (sha256 === null) return true;
  const digest = createHash("sha256").update(bytes).digest();
  return sha256.toLowerCase() === digest.toString("hex") || sha256 === digest.toString("base64");
}
