import { evaluateRule } from "./evaluate-rule.ts";
import { type Json, readPath } from "./json.ts";
import type { Rule, RuleTest } from "./rule.ts";

/**
 * One line of a rule as a person reads it: a test with the value it saw, or the head of a group (`all`, `any`, `none`).
 * `fails`: it decided against the person. `idle`: it does not hold, and did not have to, because another line of its group did.
 */
export type RuleLine = {
  /** How deep it is nested, from 0. */
  depth: number;
  group: "all" | "any" | "none" | null;
  /** Null for the head of a group. */
  test: RuleTest | null;
  /** What the test saw; null: no value. */
  actual: Json;
  /** The test stands under a `none`: the person needed it not to hold. */
  isNegated: boolean;
  verdict: "holds" | "fails" | "idle";
};

/**
 * The whole rule line by line, each with what `evaluateRule` says of it. Total. The lines of a plain "all of" have no head above them,
 * and an empty rule, which is for everybody, has no lines.
 */
export function explainRule(rule: Rule, facts: Json): RuleLine[] {
  const place = { facts, depth: 0, isWanted: true, matters: true };
  return "all" in rule ? rule.all.flatMap((part) => linesOf(part, place)) : linesOf(rule, place);
}

/** `isWanted`: what the part has to come out as; `matters`: whether it decides when it does not. */
type Place = { facts: Json; depth: number; isWanted: boolean; matters: boolean };

function linesOf(rule: Rule, place: Place): RuleLine[] {
  const { facts, depth, isWanted, matters } = place;
  const isMet = evaluateRule(rule, facts) === isWanted;
  const verdict = isMet ? "holds" : matters ? "fails" : "idle";
  const line = { depth, isNegated: !isWanted, verdict } as const;
  if ("path" in rule) return [{ ...line, group: null, test: rule, actual: readPath(facts, rule.path) ?? null }];
  const group = "all" in rule ? "all" : "any" in rule ? "any" : "none";
  const parts = "all" in rule ? rule.all : "any" in rule ? rule.any : rule.none;
  // Of an "all" each part has to come out right; of what may be met by one part, no other has failed once it is met.
  const needsEach = (group === "any") !== isWanted;
  const within = {
    facts,
    depth: depth + 1,
    isWanted: group === "none" ? !isWanted : isWanted,
    matters: matters && (needsEach || !isMet),
  };
  return [{ ...line, group, test: null, actual: null }, ...parts.flatMap((part) => linesOf(part, within))];
}
