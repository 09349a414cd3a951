import { z } from "zod";

/** Any JSON value: what events, attributes and mapped responses are made of. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export type JsonObject = { [key: string]: Json };

export const JsonValue: z.ZodType<Json> = z.json() as z.ZodType<Json>;

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
