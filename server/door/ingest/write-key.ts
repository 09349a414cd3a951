import type { IncomingMessage } from "node:http";
import { DomainError } from "#server/errors.ts";
import type { KeyHolder } from "../access-keys.ts";
import type { Door } from "../door.ts";

/** The key of `Authorization: Basic base64(key:)` (Segment) or `Bearer key`; null when there is no such header. */
export function keyInHeaders(request: IncomingMessage): string | null {
  const header = request.headers.authorization;
  if (header === undefined) return null;
  const [scheme = "", credentials = ""] = header.split(" ", 2);
  if (scheme.toLowerCase() === "bearer") return credentials;
  if (scheme.toLowerCase() !== "basic") return "";
  return Buffer.from(credentials, "base64").toString("utf8").split(":", 1)[0] ?? "";
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
