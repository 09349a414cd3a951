import type { JsonObject } from "./json.ts";
import type { Signal } from "./signal.ts";

/**
 * What a person's answer leaves to be read as "enrollment.<name>": their words as `reply`, the answers of a form as `form.<question>`
 * beside those of earlier forms.
 */
export function heardValues(signal: Signal, { form }: JsonObject): JsonObject {
  if (signal.kind === "form") return { form: { ...(isObject(form) ? form : {}), ...signal.answers } };
  return "text" in signal ? { reply: signal.text } : {};
}

const isObject = (value: JsonObject[string] | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
