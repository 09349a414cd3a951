import { type Json, readPath } from "./json.ts";
import { parseMoment } from "./moment.ts";
import type { Rule, RuleTest } from "./rule.ts";

/**
 * True when the facts satisfy the rule. Total: no rule and no facts make it throw. rule-sql.ts says the same in SQL.
 *
 * A missing value and null are the same: no value. `neq`, `notIn` and `notExists` are the exact opposites of `eq`, `in` and
 * `exists`, so they hold where there is no value; every other test fails there. Only text, numbers and booleans can be
 * equal, and only to their own type. Order is defined for two numbers and for two texts: two full ISO date-times with a zone
 * are compared as moments, any other texts by code point.
 */
export function evaluateRule(rule: Rule, facts: Json): boolean {
  if ("all" in rule) return rule.all.every((part) => evaluateRule(part, facts));
  if ("any" in rule) return rule.any.some((part) => evaluateRule(part, facts));
  if ("none" in rule) return !rule.none.some((part) => evaluateRule(part, facts));
  return testHolds(rule, readPath(facts, rule.path) ?? null);
}

/** A test and the value it saw (null: no value). `test` is null where an empty group decided. */
export type Finding = { test: RuleTest | null; actual: Json };

/** What decided against the person; null when the rule holds. Of an `any`, its first test. */
export function whyNot(rule: Rule, facts: Json): Finding | null {
  return evaluateRule(rule, facts) ? null : (decider(rule, facts, false) ?? { test: null, actual: null });
}

/** The order of two texts by code point, which is the order of their UTF-8 bytes (Postgres: COLLATE "C"). */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const [a, b] = [left.charCodeAt(at), right.charCodeAt(at)];
    if (a !== b) return codePointRank(a) - codePointRank(b);
  }
  return left.length - right.length;
}

/** One test of a value (null: none), as `evaluateRule` says. */
export function testHolds(test: Pick<RuleTest, "op" | "value">, actual: Json): boolean {
  const wanted = test.value ?? null;
  switch (test.op) {
    case "eq":
      return isSame(actual, wanted);
    case "neq":
      return !isSame(actual, wanted);
    case "in":
      return isOneOf(actual, wanted);
    case "notIn":
      return !isOneOf(actual, wanted);
    case "exists":
      return actual !== null;
    case "notExists":
      return actual === null;
    case "contains":
      return Array.isArray(actual)
        ? isOneOf(wanted, actual)
        : areTexts(actual, wanted, (text, part) => text.includes(part));
    case "startsWith":
      return areTexts(actual, wanted, (text, part) => text.startsWith(part));
    case "gt":
      return isOrdered(actual, wanted, (order) => order > 0);
    case "gte":
      return isOrdered(actual, wanted, (order) => order >= 0);
    case "lt":
      return isOrdered(actual, wanted, (order) => order < 0);
    case "lte":
      return isOrdered(actual, wanted, (order) => order <= 0);
  }
}

const isSame = (left: Json, right: Json): boolean => left !== null && typeof left !== "object" && left === right;

const isOneOf = (value: Json, list: Json): boolean => Array.isArray(list) && list.some((entry) => isSame(entry, value));

const areTexts = (left: Json, right: Json, relation: (left: string, right: string) => boolean): boolean =>
  typeof left === "string" && typeof right === "string" && relation(left, right);

function isOrdered(left: Json, right: Json, fits: (order: number) => boolean): boolean {
  if (typeof left === "number" && typeof right === "number")
    return fits(left - right || Number(left > right) - Number(left < right));
  if (typeof left !== "string" || typeof right !== "string") return false;
  const [leftMoment, rightMoment] = [parseMoment(left), parseMoment(right)];
  return fits(
    leftMoment !== undefined && rightMoment !== undefined ? leftMoment - rightMoment : compareText(left, right),
  );
}

// UTF-16 puts the surrogates (all characters beyond U+FFFF) below U+E000 to U+FFFF; by code point they come last.
const codePointRank = (unit: number): number => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit);

/** The first single test that made the rule come out as it did (`isTrue`). */
function decider(rule: Rule, facts: Json, isTrue: boolean): Finding | null {
  if (!("path" in rule)) {
    const isTurned = "none" in rule;
    const parts = "all" in rule ? rule.all : "any" in rule ? rule.any : rule.none;
    for (const part of parts) {
      const found =
        evaluateRule(part, facts) === (isTurned ? !isTrue : isTrue)
          ? decider(part, facts, isTurned ? !isTrue : isTrue)
          : null;
      if (found) return found;
    }
    return null;
  }
  return { test: rule, actual: readPath(facts, rule.path) ?? null };
}
