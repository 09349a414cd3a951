import { z } from "zod";
import type { Template } from "./template.ts";
import { variablesOf } from "./template.ts";
import { templateError } from "./template-error.ts";

const NamedSamples = z.array(z.looseObject({ param_name: z.string(), example: z.string().min(1) }));
const Example = z.looseObject({
  header_text: z.union([z.array(z.string().min(1)), z.string().min(1)]).optional(),
  body_text: z.union([z.array(z.array(z.string().min(1))), z.array(z.string().min(1))]).optional(),
  header_text_named_params: NamedSamples.optional(),
  body_text_named_params: NamedSamples.optional(),
});

/** Checks the variables of a header or body by section 4.1, rules 1 to 3 and 5. Throws code 100 with Meta's subcode. */
export function checkVariables(
  place: "header" | "body",
  text: string,
  format: Template["parameterFormat"],
  example: unknown,
): { variables: string[]; areTouching: boolean } {
  const variables = variablesOf(text);
  const wrong = (message: string) =>
    templateError(place === "header" ? 2388047 : 2388072, "Variables are not valid", message);
  if (/\{\{|\}\}/.test(text.replace(/\{\{[^{}]*\}\}/g, ""))) throw wrong("A variable is not closed.");
  const numbers = variables.filter((name) => /^\d+$/.test(name));
  if (numbers.length > 0 && numbers.length < variables.length) throw wrong("Numbered and named variables are mixed.");
  if (format === "NAMED") {
    if (variables.some((name) => !/^[a-z_][a-z0-9_]*$/.test(name)))
      throw wrong("Named variables hold lower-case letters, digits and underscores.");
  } else if (
    variables.some((name) => !/^\d+$/.test(name)) ||
    !numbers.every((name) => Number(name) >= 1 && Number(name) <= numbers.length)
  ) {
    throw wrong("Variables must be {{1}}, {{2}} and so on, without a gap.");
  }
  checkSamples(place, variables, format, example);
  return { variables, areTouching: /\}\}\{\{/.test(text) };
}

function checkSamples(
  place: "header" | "body",
  variables: string[],
  format: Template["parameterFormat"],
  example: unknown,
): void {
  if (variables.length === 0) return;
  const missing = () => templateError(2388043, "Sample is missing", `Every variable of the ${place} needs a sample.`);
  const parsed = Example.safeParse(example);
  if (!parsed.success) throw missing();
  if (format === "NAMED") {
    const samples =
      (place === "header" ? parsed.data.header_text_named_params : parsed.data.body_text_named_params) ?? [];
    const names = new Set(samples.map((sample) => sample.param_name));
    if (names.size !== variables.length || !variables.every((name) => names.has(name))) throw missing();
    return;
  }
  const given = place === "header" ? parsed.data.header_text : parsed.data.body_text;
  const first = Array.isArray(given) ? given[0] : given;
  const count = Array.isArray(first) ? first.length : Array.isArray(given) ? given.length : given === undefined ? 0 : 1;
  if (count !== variables.length) throw missing();
}
