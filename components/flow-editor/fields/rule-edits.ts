import type { Json } from "#flow/json.ts";
import type { Rule, RuleOperator, RuleTest } from "#flow/rule.ts";

export type GroupKind = "all" | "any" | "none";
export type Group = { kind: GroupKind; rules: Rule[] };

/** Groups stand at most this deep on screen; deeper rules of an import are shown as text and kept. */
export const deepestGroup = 3;

export const isTest = (rule: Rule): rule is RuleTest => "path" in rule;

/** A group as its kind and its members; a single test counts as "all of" that one test. */
export function asGroup(rule: Rule): Group {
  if (isTest(rule)) return { kind: "all", rules: [rule] };
  if ("all" in rule) return { kind: "all", rules: rule.all };
  if ("any" in rule) return { kind: "any", rules: rule.any };
  return { kind: "none", rules: rule.none };
}

export function fromGroup({ kind, rules }: Group): Rule {
  if (kind === "all") return { all: rules };
  return kind === "any" ? { any: rules } : { none: rules };
}

/** Operators that make sense for a value like the sample; all of them when there is no sample. */
export function operatorsFor(sample: Json | undefined): RuleOperator[] {
  if (typeof sample === "boolean") return ["eq", "neq", "exists", "notExists"];
  if (typeof sample === "number") return ["eq", "neq", "gt", "gte", "lt", "lte", "in", "notIn", "exists", "notExists"];
  if (Array.isArray(sample)) return ["contains", "exists", "notExists"];
  return ["eq", "neq", "contains", "startsWith", "in", "notIn", "gt", "gte", "lt", "lte", "exists", "notExists"];
}

export const needsValue = (op: RuleOperator): boolean => op !== "exists" && op !== "notExists";
export const takesList = (op: RuleOperator): boolean => op === "in" || op === "notIn";

/**
 * What somebody typed as the value of a test. A number is never equal to the text "5", so the type is decided here: as the
 * sample's, or, where nobody has seen a value yet, a number when it reads as one.
 */
export function typedValue(typed: string, op: RuleOperator, sample: Json | undefined): Json {
  if (takesList(op)) {
    return typed
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "")
      .map((part) => single(part, sample));
  }
  return single(typed, sample);
}

function single(typed: string, sample: Json | undefined): Json {
  const looksNumeric = /^-?\d+(\.\d+)?$/.test(typed.trim());
  const wantsNumber = typeof sample === "number" || sample === undefined || sample === null;
  if (looksNumeric && wantsNumber) return Number(typed);
  if (typed === "true" || typed === "false") return typed === "true";
  return typed;
}

/** The value of a test as the text in its field. */
export function shownValue(value: Json | undefined): string {
  if (Array.isArray(value)) return value.map(shownValue).join(", ");
  return value === undefined || value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** The test for another operator: the value is kept where it still fits. */
export function withOperator(test: RuleTest, op: RuleOperator): RuleTest {
  if (!needsValue(op)) return { path: test.path, op };
  const value = test.value ?? "";
  if (takesList(op)) return { path: test.path, op, value: Array.isArray(value) ? value : value === "" ? [] : [value] };
  return { path: test.path, op, value: Array.isArray(value) ? (value[0] ?? "") : value };
}
