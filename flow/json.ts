import { z } from "zod";

/** Any JSON value: what events, attributes and mapped responses are made of. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export type JsonObject = { [key: string]: Json };

export const JsonValue: z.ZodType<Json> = z.json() as z.ZodType<Json>;

/** False for text that neither UTF-8 nor Postgres can hold: a NUL or half a surrogate pair. */
export const isStorableText = (text: string): boolean => text.isWellFormed() && !text.includes("\u0000");

/** The same for all texts inside a value. */
export function isStorable(value: Json): boolean {
  if (typeof value === "string") return isStorableText(value);
  if (value === null || typeof value !== "object") return true;
  return Object.entries(value).every(([key, part]) => isStorableText(key) && isStorable(part));
}

/**
 * Reads a dotted path ("address.city", "items.0.id") out of a JSON value.
 * Total: a path that leads nowhere gives undefined; only own properties are followed, so "__proto__" leads nowhere.
 */
export function readPath(root: Json | undefined, path: string): Json | undefined {
  let here: Json | undefined = root;
  for (const key of path.split(".")) {
    if (here === null || typeof here !== "object" || !Object.hasOwn(here, key)) return undefined;
    here = Array.isArray(here) ? here[Number(key)] : here[key];
  }
  return here;
}

/** A number or a text of 1 to 200 characters as an enrollment key ("4711"); anything else is no key. */
export function keyText(value: Json | undefined): string | null {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.length >= 1 && value.length <= 200 ? value : null;
}
