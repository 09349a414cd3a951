import { z } from "zod";
import { GraphError } from "../graph-error.ts";
import type { Rendered } from "../record.ts";
import { fillVariables, type PlannedButton, planOf, type Template } from "./template.ts";

const Parameter = z.looseObject({
  type: z.string().default("text"),
  text: z.union([z.string(), z.boolean(), z.number()]).optional(),
  parameter_name: z.string().optional(),
  payload: z.string().optional(),
  coupon_code: z.string().optional(),
  currency: z.looseObject({ fallback_value: z.string(), code: z.string(), amount_1000: z.number() }).optional(),
  date_time: z.looseObject({ fallback_value: z.string() }).optional(),
});
type Parameter = z.infer<typeof Parameter>;

/** The `components` of a template send (section 5). Types are case-insensitive, as Meta's own samples use both. */
export const SendComponents = z.array(
  z.looseObject({
    type: z.string(),
    sub_type: z.string().optional(),
    index: z.union([z.string(), z.number()]).optional(),
    parameters: z.array(Parameter).default([]),
  }),
);
type SendComponent = z.infer<typeof SendComponents>[number];

/**
 * Checks the values against the stored template and fills them in. Throws the GraphError Meta answers: 132000 for counts,
 * 132012 (132018 from v23) for a wrong format, 131008 for a missing button value, 132005 for a text that became too long.
 */
export function fillTemplate(
  template: Template,
  components: SendComponent[],
  version: number,
): { body: string; rendered: Rendered } {
  const plan = planOf(template);
  const wrongFormat = (details: string) => new GraphError(version >= 23 ? 132018 : 132012, details);
  const byType = (type: string) => components.filter((component) => component.type.toLowerCase() === type);
  const header = byType("header")[0]?.parameters ?? [];
  const bodyValues = textValues(
    "body",
    plan.body.variables,
    byType("body")[0]?.parameters ?? [],
    template,
    wrongFormat,
  );
  const body = fillVariables(plan.body.text, bodyValues);
  if (body.length > 1024)
    throw new GraphError(132005, `body: hydrated text is ${body.length} characters long, 1024 allowed`);
  return {
    body,
    rendered: {
      header: fillHeader(template, header, wrongFormat),
      footer: plan.footer,
      buttons: fillButtons(plan.buttons, byType("button"), wrongFormat),
    },
  };
}

type WrongFormat = (details: string) => GraphError;

function fillHeader(template: Template, parameters: Parameter[], wrongFormat: WrongFormat): Rendered["header"] {
  const { header } = planOf(template);
  if (!header) {
    if (parameters.length > 0) throw new GraphError(132000, countDetails("header", parameters.length, 0));
    return null;
  }
  if (header.format === "TEXT") {
    const text = fillVariables(header.text, textValues("header", header.variables, parameters, template, wrongFormat));
    if (text.length > 60)
      throw new GraphError(132005, `header: hydrated text is ${text.length} characters long, 60 allowed`);
    return { kind: "text", text };
  }
  const given = parameters[0];
  const received = given ? given.type.toUpperCase() : "UNKNOWN";
  if (received !== header.format)
    throw wrongFormat(`header: Format mismatch, expected ${header.format}, received ${received}`);
  const media = z
    .looseObject({ id: z.string().optional(), link: z.string().optional(), filename: z.string().optional() })
    .safeParse(given?.[received.toLowerCase()]);
  if (!media.success)
    throw new GraphError(131008, `header: Parameter of type ${received.toLowerCase()} is missing its value`);
  const { id, link, filename } = media.data;
  if (received !== "LOCATION" && received !== "PRODUCT" && !id && !isWebLink(link))
    throw new GraphError(131009, `header: ${received.toLowerCase()} needs an id or an http(s) link`);
  return { kind: received.toLowerCase(), ...(link ? { url: link } : {}), ...(filename ? { fileName: filename } : {}) };
}

function textValues(
  place: string,
  variables: string[],
  parameters: Parameter[],
  template: Template,
  wrongFormat: WrongFormat,
): Map<string, string> {
  if (parameters.length !== variables.length)
    throw new GraphError(132000, countDetails(place, parameters.length, variables.length));
  const values = new Map<string, string>();
  for (const [index, parameter] of parameters.entries()) {
    const name = template.parameterFormat === "NAMED" ? parameter.parameter_name : String(index + 1);
    if (name === undefined) throw wrongFormat(`${place}: Parameter name is missing or empty`);
    if (template.parameterFormat === "POSITIONAL" && parameter.parameter_name !== undefined)
      throw wrongFormat(`${place}: template takes positional parameters`);
    if (!variables.includes(name) || values.has(name))
      throw wrongFormat(`${place}: Parameter name ${name} does not match the created template`);
    values.set(name, textValue(place, parameter, wrongFormat));
  }
  return values;
}

function textValue(place: string, parameter: Parameter, wrongFormat: WrongFormat): string {
  const type = parameter.type.toLowerCase();
  if (type === "currency" && parameter.currency) return parameter.currency.fallback_value;
  if (type === "date_time" && parameter.date_time) return parameter.date_time.fallback_value;
  if (type !== "text") throw wrongFormat(`${place}: parameter type ${parameter.type} is not allowed here`);
  if (typeof parameter.text !== "string" || parameter.text.length === 0)
    throw new GraphError(131008, `${place}: Parameter of type text is missing text value`);
  if (/[\n\t]| {5,}/.test(parameter.text))
    throw new GraphError(
      132012,
      `${place}: Param text cannot have new-line/tab characters or more than 4 consecutive spaces`,
    );
  return parameter.text;
}

function fillButtons(buttons: PlannedButton[], given: SendComponent[], wrongFormat: WrongFormat): Rendered["buttons"] {
  const byIndex = new Map(given.map((component) => [Number(component.index ?? 0), component]));
  for (const index of byIndex.keys()) {
    if (!buttons[index])
      throw new GraphError(131009, `buttons: Button at index ${index} does not exist in the template`);
  }
  return buttons.map((button, index) => fillButton(button, index, byIndex.get(index), wrongFormat));
}

function fillButton(
  button: PlannedButton,
  index: number,
  given: SendComponent | undefined,
  wrongFormat: WrongFormat,
): Rendered["buttons"][number] {
  const shown = { kind: button.type.toLowerCase(), text: button.text };
  const parameter = given?.parameters[0];
  const subType = given?.sub_type?.toLowerCase();
  const expected = button.type === "OTP" ? "url" : button.type.toLowerCase();
  if (given && subType !== expected)
    throw wrongFormat(`buttons: Button at index ${index} is of type ${button.type}, received ${subType ?? "none"}`);
  switch (button.type) {
    case "QUICK_REPLY": {
      const payload = parameter?.payload ?? (parameter?.text === undefined ? button.text : String(parameter.text));
      if (payload.length > 256)
        throw new GraphError(131009, `buttons: Payload at index ${index} is longer than 256 characters`);
      return { ...shown, payload };
    }
    case "URL":
    case "OTP": {
      const suffix = typeof parameter?.text === "string" ? parameter.text : "";
      if (button.needsSuffix && suffix === "")
        throw new GraphError(131008, `buttons: Button at index ${index} of type Url requires a parameter`);
      if (!button.needsSuffix && parameter)
        throw wrongFormat(`buttons: Button at index ${index} of type Url does not take a parameter`);
      if (button.type === "OTP" && suffix.length > 15)
        throw new GraphError(131009, "buttons: the code is longer than 15 characters");
      const url = button.url.replace(/\{\{[^}]*\}\}/, () => suffix);
      if (url.length > 2000)
        throw new GraphError(132005, `buttons: the address at index ${index} is longer than 2000 characters`);
      return { ...shown, ...(url ? { url } : { payload: suffix }) };
    }
    case "COPY_CODE": {
      const code = parameter?.coupon_code;
      if (!code)
        throw new GraphError(131008, `buttons: Button at index ${index} of type CopyCode requires a parameter`);
      if (code.length > 20) throw new GraphError(131009, "buttons: coupon_code is longer than 20 characters");
      return { ...shown, payload: code };
    }
    case "PHONE_NUMBER":
      return { ...shown, payload: button.phone };
    default:
      return shown;
  }
}

const countDetails = (place: string, given: number, expected: number) =>
  `${place}: number of localizable_params (${given}) does not match the expected number of params (${expected})`;

const isWebLink = (link: string | undefined): boolean => link !== undefined && /^https?:\/\/\S+$/i.test(link);
