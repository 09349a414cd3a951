import type { Json } from "#flow/json.ts";
import { eventLimits } from "./limits.ts";
import type { Fault } from "./refusal.ts";

/** What the text of a body has shown, so that the walk over each of its events checks only what can be wrong. */
export type Suspicions = {
  /** An escape (\u0000, \ud800) can smuggle in what UTF-8 cannot: without one no text can be invalid. */
  hasEscapes: boolean;
  /** The bytes were not UTF-8 and were decoded with replacement characters. */
  hasBrokenBytes: boolean;
};

type Limits = { depth: number; keys: number };
type Walk = Suspicions & { keys: number; limits: Limits };

/**
 * The first thing in a parsed event that Postgres or JavaScript would refuse, mangle or be attacked by; null when it is clean.
 * Total: the recursion ends at the depth limit whatever comes. Numbers: JSON.parse has already rounded, but what it had to
 * round is beyond 2^53 - 1 (or infinite), so refusing these loses nothing in silence.
 */
export function findJsonFault(value: Json, suspicions: Suspicions, limits: Limits = eventLimits): Fault | null {
  return visit(value, 1, { ...suspicions, keys: 0, limits });
}

function visit(value: Json, depth: number, walk: Walk): Fault | null {
  switch (typeof value) {
    case "number":
      return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? null : { reason: "unsafe-number", path: "" };
    case "string":
      return isStorable(value, walk) ? null : { reason: "invalid-text", path: "" };
    case "boolean":
      return null;
  }
  if (value === null) return null;
  if (depth > walk.limits.depth) return { reason: "too-deep", path: "" };
  if (Array.isArray(value)) {
    walk.keys += value.length;
    if (walk.keys > walk.limits.keys) return { reason: "too-many-keys", path: "" };
    for (let index = 0; index < value.length; index++) {
      const fault = visit(value[index] ?? null, depth + 1, walk);
      if (fault) return below(String(index), fault);
    }
    return null;
  }
  return visitObject(value, depth, walk);
}

function visitObject(value: { [key: string]: Json }, depth: number, walk: Walk): Fault | null {
  for (const key of Object.keys(value)) {
    if (++walk.keys > walk.limits.keys) return { reason: "too-many-keys", path: "" };
    if (!isStorable(key, walk)) return { reason: "invalid-text", path: "" };
    const child = value[key] ?? null;
    if (isForbiddenKey(key, child)) return { reason: "forbidden-key", path: "" };
    const fault = visit(child, depth + 1, walk);
    if (fault) return below(key, fault);
  }
  return null;
}

function isStorable(text: string, walk: Walk): boolean {
  if (walk.hasBrokenBytes && text.includes("\ufffd")) return false;
  return !walk.hasEscapes || (text.isWellFormed() && !text.includes("\0"));
}

/** The spellings by which merged data reaches a prototype, the dotted ones of path setters included. */
function isForbiddenKey(key: string, child: Json): boolean {
  if (key.includes("__proto__")) return key.split(".").includes("__proto__");
  if (key === "constructor") return typeof child === "object" && child !== null && Object.hasOwn(child, "prototype");
  return key.startsWith("constructor.prototype");
}

const below = (key: string, fault: Fault): Fault => ({ ...fault, path: fault.path ? `${key}.${fault.path}` : key });
