import { z } from "zod";
import { GraphError } from "../graph-error.ts";

/** One value of a template send (section 5). */
export const Parameter = z.looseObject({
  type: z.string().default("text"),
  text: z.union([z.string(), z.boolean(), z.number()]).optional(),
  parameter_name: z.string().optional(),
  payload: z.string().optional(),
  coupon_code: z.string().optional(),
  currency: z.looseObject({ fallback_value: z.string(), code: z.string(), amount_1000: z.number() }).optional(),
  date_time: z.looseObject({ fallback_value: z.string() }).optional(),
});
export type Parameter = z.infer<typeof Parameter>;

/** What a send is checked against besides the template itself: how its variables are named, and the code of a wrong format. */
export type FillRules = { isNamed: boolean; wrongFormat: (details: string) => GraphError };

/** The values of a text's variables by name or position. Throws 132000 for a wrong count and the wrong-format code for a wrong name. */
export function textValues(
  place: string,
  variables: string[],
  parameters: Parameter[],
  rules: FillRules,
): Map<string, string> {
  if (parameters.length !== variables.length)
    throw new GraphError(132000, countDetails(place, parameters.length, variables.length));
  const values = new Map<string, string>();
  for (const [index, parameter] of parameters.entries()) {
    const name = rules.isNamed ? parameter.parameter_name : String(index + 1);
    if (name === undefined) throw rules.wrongFormat(`${place}: Parameter name is missing or empty`);
    if (!rules.isNamed && parameter.parameter_name !== undefined)
      throw rules.wrongFormat(`${place}: template takes positional parameters`);
    if (!variables.includes(name) || values.has(name))
      throw rules.wrongFormat(`${place}: Parameter name ${name} does not match the created template`);
    values.set(name, textValue(place, parameter, rules));
  }
  return values;
}

function textValue(place: string, parameter: Parameter, rules: FillRules): string {
  const type = parameter.type.toLowerCase();
  if (type === "currency" && parameter.currency) return parameter.currency.fallback_value;
  if (type === "date_time" && parameter.date_time) return parameter.date_time.fallback_value;
  if (type === "currency" || type === "date_time")
    throw new GraphError(131008, `${place}: Parameter of type ${type} is missing its value`);
  if (type !== "text") throw rules.wrongFormat(`${place}: parameter type ${parameter.type} is not allowed here`);
  if (typeof parameter.text !== "string" || parameter.text.length === 0)
    throw new GraphError(131008, `${place}: Parameter of type text is missing text value`);
  if (/[\n\t]| {5,}/.test(parameter.text))
    throw new GraphError(
      132012,
      `${place}: Param text cannot have new-line/tab characters or more than 4 consecutive spaces`,
    );
  return parameter.text;
}

/** Throws 132005 when values have made a text too long. */
export function assertLength(place: string, text: string, most: number): void {
  if (text.length > most)
    throw new GraphError(132005, `${place}: hydrated text is ${text.length} characters long, ${most} allowed`);
}

export const countDetails = (place: string, given: number, expected: number) =>
  `${place}: number of localizable_params (${given}) does not match the expected number of params (${expected})`;
