import type { IncomingMessage } from "node:http";
import { DomainError } from "#server/errors.ts";
import type { KeyHolder } from "../access-keys.ts";
import type { Door } from "../door.ts";

/** Senders repeat their header with every call, so what it says is remembered. */
const decoded = new Map<string, string>();
const maxDecoded = 1_000;

/** The key of `Authorization: Basic base64(key:)` (Segment) or `Bearer key`; null when there is no such header. */
export function keyInHeaders(request: IncomingMessage): string | null {
  const header = request.headers.authorization;
  if (header === undefined) return null;
  const [scheme = "", credentials = ""] = header.split(" ", 2);
  if (scheme.toLowerCase() === "bearer") return credentials;
  if (scheme.toLowerCase() !== "basic") return "";
  return decoded.get(credentials) ?? decode(credentials);
}

function decode(credentials: string): string {
  const key = Buffer.from(credentials, "base64").toString("utf8").split(":", 1)[0] ?? "";
  if (credentials.length > 500) return key;
  if (decoded.size >= maxDecoded) decoded.clear();
  decoded.set(credentials, key);
  return key;
}

/** The workspace a write key belongs to. Throws not-signed-in for any other. */
export async function signIn(door: Door, key: string): Promise<KeyHolder> {
  const holder = key === "" ? null : await door.keys.find("write", key);
  if (!holder)
    throw new DomainError(
      "not-signed-in",
      "This write key is not known. Copy it again from the API settings of your workspace.",
    );
  return holder;
}
