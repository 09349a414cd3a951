import { z } from "zod";
import { isDeeperThan } from "./depth.ts";
import { isStorable, isStorableText, JsonValue } from "./json.ts";

/** Published limits (docs/limits.md). */
export const ruleLimits = { linesPerGroup: 50, levels: 10 } as const;

/**
 * The operators of a rule. Comparisons are strict about type: a number is never equal to the text "5", and a comparison
 * between different types is false. Text is compared by code point, so that JavaScript and Postgres (COLLATE "C") agree.
 */
export const ruleOperators = [
  "eq",
  "neq",
  "gt",
  "gte",
  "lt",
  "lte",
  "contains",
  "startsWith",
  "in",
  "notIn",
  "exists",
  "notExists",
] as const;
export type RuleOperator = (typeof ruleOperators)[number];

/** Where a value comes from: "contact.creditScore", "event.amount", "enrollment.key", "time.now". The first word is the source. */
export const ruleSources = ["contact", "event", "enrollment", "time"] as const;
export type RuleSource = (typeof ruleSources)[number];

export const RulePath = z
  .string()
  .max(200)
  .regex(
    /^(contact|event|enrollment|time)\.[^.\s]+(\.[^.\s]+)*$/,
    "A path reads like contact.creditScore or event.amount",
  )
  .refine(isStorableText, "A path is plain text");

const testOn = (path: z.ZodType<string>) =>
  z.strictObject({
    path,
    op: z.enum(ruleOperators),
    value: JsonValue.refine(isStorable, "Text must not hold a NUL or half a character").optional(),
  });

export const RuleTest = testOn(RulePath);
export type RuleTest = z.infer<typeof RuleTest>;

/** One typed tree: a test, or a group of them. `all: []` is true, `any: []` is false, `none: []` is true. */
export type Rule = RuleTest | { all: Rule[] } | { any: Rule[] } | { none: Rule[] };

// A level is a group and its list, and a line in it may hold a list; deeper than that, a walk could run out of stack.
const deepest = 2 * ruleLimits.levels + 2;

/** The tree over paths of this kind: a segment's rule reads other sources than a flow's (flow/segment/segment-rule.ts). */
export function ruleOn(path: z.ZodType<string>): z.ZodType<Rule> {
  const lines = z
    .array(z.lazy(() => rule))
    .max(ruleLimits.linesPerGroup, `A group holds at most ${ruleLimits.linesPerGroup} lines`);
  // By preprocess and not by pipe, so that a description of the schema (OpenAPI) tells the tree.
  const rule: z.ZodType<Rule> = z.preprocess(
    (given, context) => {
      if (!isDeeperThan(given, deepest)) return given;
      context.addIssue({ code: "custom", message: `Groups are nested at most ${ruleLimits.levels} deep` });
      return z.NEVER;
    },
    z.union([
      path === RulePath ? RuleTest : testOn(path),
      z.strictObject({ all: lines }),
      z.strictObject({ any: lines }),
      z.strictObject({ none: lines }),
    ]),
  );
  return rule;
}

export const Rule: z.ZodType<Rule> = ruleOn(RulePath);

/** True for everybody: what a new condition starts from. */
export const always: Rule = { all: [] };
