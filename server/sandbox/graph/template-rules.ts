import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { GraphError } from "../graph-error.ts";
import { checkButtons } from "./button-rules.ts";
import { templateLanguages } from "./languages.ts";
import type { Template } from "./template.ts";
import { checkVariables } from "./variable-rules.ts";

const upper = (value: unknown) => (typeof value === "string" ? value.toUpperCase() : value);

const Component = z.looseObject({
  type: z.preprocess(upper, z.string()),
  text: z.string().optional(),
  format: z.preprocess(upper, z.string().optional()),
});
type Component = z.infer<typeof Component>;

const Definition = z.looseObject({
  name: z.string(),
  language: z.string(),
  category: z.preprocess(upper, z.enum(["MARKETING", "UTILITY", "AUTHENTICATION"])),
  parameter_format: z.preprocess(upper, z.enum(["POSITIONAL", "NAMED"]).default("POSITIONAL")),
  message_send_ttl_seconds: z.number().int().optional(),
  components: z.array(Component).min(1),
});

export type TemplateDefinition = Pick<
  Template,
  "name" | "language" | "category" | "parameterFormat" | "components" | "ttlSeconds" | "rejectedReason"
>;

/**
 * Checks a new template by section 4 and 4.1. Throws code 100 with Meta's subcode for what is refused at once; what Meta's
 * review turns down (touching variables) comes back as a `rejectedReason`.
 */
export function readTemplateDefinition(request: JsonObject): TemplateDefinition {
  const parsed = Definition.safeParse(request);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new GraphError(100, `Param ${issue?.path.join(".") ?? ""} is not valid: ${issue?.message ?? ""}`);
  }
  const {
    name,
    language,
    category,
    parameter_format: parameterFormat,
    message_send_ttl_seconds: ttl,
    components,
  } = parsed.data;
  if (!/^[a-z0-9_]+$/.test(name) || name.length > 512)
    throw new GraphError(100, "Param name may hold lower-case letters, digits and underscores, 512 at most.");
  if (!templateLanguages.has(language))
    throw new GraphError(100, `Param language must be one of Meta's language codes - got "${language}".`);
  const draft = {
    name,
    language,
    category,
    parameterFormat,
    components: components as JsonObject[],
    ttlSeconds: checkTtl(category, ttl),
  };
  return { ...draft, rejectedReason: checkComponents(category, parameterFormat, components) };
}

const Change = z.looseObject({
  category: z.preprocess(upper, z.enum(["MARKETING", "UTILITY", "AUTHENTICATION"])).optional(),
  components: z.array(Component).min(1).optional(),
  message_send_ttl_seconds: z.number().int().optional(),
  parameter_format: z.preprocess(upper, z.enum(["POSITIONAL", "NAMED"])).optional(),
});

/** Checks an edit; components replace all components. */
export function readTemplateChange(
  template: Template,
  request: JsonObject,
): Partial<Template> & { rejectedReason: string } {
  const parsed = Change.safeParse(request);
  if (!parsed.success) throw new GraphError(100, `Param ${parsed.error.issues[0]?.path.join(".") ?? ""} is not valid`);
  const change = parsed.data;
  if (change.category && change.category !== template.category && template.status === "APPROVED") {
    throw new GraphError(100, null, {
      subcode: 2388039,
      userTitle: "Category cannot be changed",
      userMessage: "The category of an approved template cannot be changed.",
    });
  }
  const category = change.category ?? template.category;
  const parameterFormat = change.parameter_format ?? template.parameterFormat;
  const components = change.components ?? z.array(Component).parse(template.components);
  return {
    category,
    parameterFormat,
    components: components as JsonObject[],
    ttlSeconds:
      change.message_send_ttl_seconds === undefined
        ? template.ttlSeconds
        : checkTtl(category, change.message_send_ttl_seconds),
    rejectedReason: checkComponents(category, parameterFormat, components),
  };
}

const ttlBounds = { AUTHENTICATION: [30, 900], UTILITY: [30, 43_200], MARKETING: [43_200, 2_592_000] } as const;

function checkTtl(category: Template["category"], ttl: number | undefined): number | null {
  if (ttl === undefined) return null;
  const [least, most] = ttlBounds[category];
  if (ttl === -1 && category === "UTILITY") return ttl;
  if (ttl < least || ttl > most)
    throw new GraphError(100, `message_send_ttl_seconds must be between ${least} and ${most} for ${category}`);
  return ttl;
}

const knownTypes = ["HEADER", "BODY", "FOOTER", "BUTTONS", "CAROUSEL", "LIMITED_TIME_OFFER"];

function checkComponents(
  category: Template["category"],
  format: Template["parameterFormat"],
  components: Component[],
): string {
  for (const { type } of components)
    if (!knownTypes.includes(type))
      throw new GraphError(100, `Param components.type must be one of ${knownTypes.join(", ")} - got "${type}".`);
  const one = (type: string): Component | undefined => {
    const found = components.filter((component) => component.type === type);
    if (found.length > 1)
      throw new GraphError(100, `Param components holds ${found.length} of type ${type}, one allowed.`);
    return found[0];
  };
  const [header, body, footer, buttons, carousel, offer] = knownTypes.map(one);
  if (!body) throw refused(2388072, "Message template body is missing", "A template needs exactly one body.");
  if (category !== "MARKETING" && (carousel || offer))
    throw new GraphError(100, "Carousels and limited-time offers are for the category MARKETING.");
  checkButtons(category, buttons);
  if (category === "AUTHENTICATION") return checkAuthentication(header, body);
  if (offer && footer) throw refused(2388073, "Footer is not allowed", "A limited-time offer has no footer.");
  checkHeader(header, format);
  if (footer) checkFooter(footer);
  return checkBody(body, format, offer ? 600 : header?.format === "PRODUCT" ? 160 : 1024);
}

function checkAuthentication(header: Component | undefined, body: Component): string {
  if (header) throw refused(2388047, "Header is not allowed", "An authentication template has no header.");
  if (body.text !== undefined)
    throw refused(2388072, "Body text is not allowed", "The body of an authentication template is Meta's own text.");
  return "NONE";
}

const headerFormats = ["TEXT", "IMAGE", "VIDEO", "DOCUMENT", "GIF", "LOCATION", "PRODUCT"];

function checkHeader(header: Component | undefined, format: Template["parameterFormat"]): void {
  if (!header) return;
  const wrong = (message: string) => refused(2388047, "Message header format is incorrect", message);
  if (!header.format || !headerFormats.includes(header.format))
    throw wrong(`format must be one of ${headerFormats.join(", ")}.`);
  if (header.format === "TEXT") {
    const { text } = header;
    if (!text) throw wrong("A text header needs text.");
    if (text.length > 60) throw refused(2388040, "Header is too long", "A header has at most 60 characters.");
    if (/[\n*_~`]|\p{Extended_Pictographic}/u.test(text.replace(/\{\{[^}]*\}\}/g, "")))
      throw wrong("A header has no new line, formatting or emoji.");
    const { variables } = checkVariables("header", text, format, header.example);
    if (variables.length > 1) throw wrong("A header has at most one variable.");
    return;
  }
  if (header.format === "LOCATION" || header.format === "PRODUCT") return;
  const example = z.looseObject({ header_handle: z.array(z.string().min(1)).min(1) }).safeParse(header.example);
  if (!example.success)
    throw refused(2388043, "Sample is missing", "A media header needs a sample in example.header_handle.");
}

function checkFooter(footer: Component): void {
  const { text } = footer;
  if (!text) throw refused(2388073, "Footer is empty", "A footer needs text.");
  if (text.length > 60) throw refused(2388040, "Footer is too long", "A footer has at most 60 characters.");
  if (text.includes("{{")) throw refused(2388073, "Footer has a variable", "A footer has no variables.");
}

function checkBody(body: Component, format: Template["parameterFormat"], maxLength: number): string {
  const { text } = body;
  if (!text) throw refused(2388072, "Message template body is missing", "The body needs text.");
  if (text.length > maxLength)
    throw refused(2388040, "Body is too long", `The body has at most ${maxLength} characters.`);
  if (/\n{3,}/.test(text))
    throw refused(2388072, "Body has too many new lines", "At most two new lines may follow each other.");
  const { variables, areTouching } = checkVariables("body", text, format, body.example);
  if (areTouching) return "INVALID_FORMAT";
  if (/^\s*\{\{|\}\}\s*$/.test(text))
    throw refused(2388299, "Variables at the start or the end", "The body may not start or end with a variable.");
  const words = text
    .replace(/\{\{[^}]*\}\}/g, " ")
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  if (variables.length > 0 && words < 2 * variables.length + 1)
    throw refused(2388293, "Too many variables", "The body has too many variables for its length.");
  return "NONE";
}

const refused = (subcode: number, userTitle: string, userMessage: string) =>
  new GraphError(100, null, { subcode, userTitle, userMessage });
