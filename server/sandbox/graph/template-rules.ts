import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { GraphError } from "../graph-error.ts";
import { templateLanguages } from "./languages.ts";
import type { Template } from "./template.ts";
import { TemplateComponent, upper } from "./template-component.ts";
import { checkComponents } from "./template-component-rules.ts";
import { templateError } from "./template-error.ts";

const Definition = z.looseObject({
  name: z.string(),
  language: z.string(),
  category: z.preprocess(upper, z.enum(["MARKETING", "UTILITY", "AUTHENTICATION"])),
  parameter_format: z.preprocess(upper, z.enum(["POSITIONAL", "NAMED"]).default("POSITIONAL")),
  sub_category: z.preprocess(upper, z.string().optional()),
  message_send_ttl_seconds: z.number().int().optional(),
  components: z.array(TemplateComponent).min(1),
});

export type TemplateDefinition = Pick<
  Template,
  "name" | "language" | "category" | "subCategory" | "parameterFormat" | "components" | "ttlSeconds" | "rejectedReason"
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
    sub_category: subCategory,
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
    ...(subCategory && { subCategory }),
  };
  return { ...draft, rejectedReason: checkComponents({ category, subCategory, parameterFormat }, components) };
}

const Change = z.looseObject({
  category: z.preprocess(upper, z.enum(["MARKETING", "UTILITY", "AUTHENTICATION"])).optional(),
  components: z.array(TemplateComponent).min(1).optional(),
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
    throw templateError(
      2388039,
      "Category cannot be changed",
      "The category of an approved template cannot be changed.",
    );
  }
  const category = change.category ?? template.category;
  const parameterFormat = change.parameter_format ?? template.parameterFormat;
  const components = change.components ?? z.array(TemplateComponent).parse(template.components);
  return {
    category,
    parameterFormat,
    components: components as JsonObject[],
    ttlSeconds:
      change.message_send_ttl_seconds === undefined
        ? template.ttlSeconds
        : checkTtl(category, change.message_send_ttl_seconds),
    rejectedReason: checkComponents({ category, subCategory: template.subCategory, parameterFormat }, components),
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
