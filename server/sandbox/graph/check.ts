import type { z } from "zod";
import { GraphError } from "../graph-error.ts";

/** Parses a part of a request; a missing parameter is 131008 and a wrong one 131009, with the path in the details. */
export function check<T>(schema: z.ZodType<T>, value: unknown, at: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = [at, ...(issue?.path ?? [])].filter((part) => part !== "").join(".");
  if (valueAt(value, issue?.path ?? []) === undefined)
    throw new GraphError(131008, `Required parameter '${path}' is missing`);
  throw new GraphError(131009, `Parameter '${path}' is not valid: ${issue?.message ?? "wrong value"}`);
}

function valueAt(root: unknown, path: PropertyKey[]): unknown {
  let here = root;
  for (const key of path) {
    if (here === null || typeof here !== "object") return undefined;
    here = Reflect.get(here, key);
  }
  return here;
}
