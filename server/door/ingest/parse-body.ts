import { isUtf8 } from "node:buffer";
import type { Json } from "#flow/json.ts";
import { DomainError } from "#server/errors.ts";
import type { Suspicions } from "./find-json-fault.ts";

/**
 * The body as JSON, whatever its Content-Type says. Bytes that are not UTF-8 are decoded with replacement characters and
 * noted: only the events that hold one are refused, not their neighbours. Of a repeated key the last wins, as in JavaScript.
 */
export function parseBody(body: Buffer): { json: Json; suspicions: Suspicions } {
  const hasBrokenBytes = !isUtf8(body);
  const text = body.toString("utf8");
  const hasEscapes = text.includes("\\u");
  try {
    // A byte order mark is not JSON, but some systems of the last century send one.
    const json: Json = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
    return { json, suspicions: { hasEscapes, hasBrokenBytes } };
  } catch (error) {
    const detail = error instanceof SyntaxError ? error.message.replace(/"[^"]*"/g, "...") : "";
    throw new DomainError("bad-input", "The body is not JSON.", { reason: "invalid-json", detail });
  }
}
