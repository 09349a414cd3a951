import { type Json, type JsonObject, readPath } from "./json.ts";

/** The values to keep from a webhook's answer: by name, what stands at its path. A path that leads nowhere keeps nothing. */
export function mapResponse(mapping: Readonly<Record<string, string>>, body: Json): JsonObject {
  const found = Object.entries(mapping).map(([name, path]) => [name, readPath(body, path)] as const);
  return Object.fromEntries(found.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}
