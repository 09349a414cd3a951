import { expect, test } from "vitest";
import { explainRule } from "#flow/explain-rule.ts";
import type { Json } from "#flow/json.ts";
import type { Rule } from "#flow/rule.ts";
import { type Failure, failuresOf, mustBe, ruleTree } from "./rule-tree.ts";

const facts: Json = { contact: { score: 590, country: "GH", level: 2, tags: ["vip"] } };
const score: Rule = { path: "contact.score", op: "gte", value: 650 };
const country: Rule = { path: "contact.country", op: "eq", value: "SN" };
const level: Rule = { path: "contact.level", op: "lt", value: 2 };
const isGhana: Rule = { path: "contact.country", op: "eq", value: "GH" };
const isTwo: Rule = { path: "contact.level", op: "eq", value: 2 };

type Told = string | Told[];

/** "score gte 590" of a test, a list of those of which one would have been enough. */
const tell = (failure: Failure<ReturnType<typeof explainRule>[number]>): Told => {
  if (failure.kind === "one-of") return failure.parts.map(tell);
  const { test, actual, isNegated } = failure.line;
  return test ? `${test.path.split(".")[1]} ${mustBe({ op: test.op, isNegated })} ${test.value}, ${actual}` : "";
};

test.each<[string, Rule, Told[]]>([
  ["a test of its own", { all: [score, isGhana] }, ["score gte 650, 590"]],
  ["each of several", { all: [score, level] }, ["score gte 650, 590", "level lt 2, 2"]],
  ["one of several would do", { any: [score, country] }, [["score gte 650, 590", "country eq SN, GH"]]],
  ["one would do, and only one is there", { all: [{ any: [score] }] }, ["score gte 650, 590"]],
  ["what had not to hold, in its opposite", { none: [isGhana, score] }, ["country neq GH, GH"]],
  ["not all of these at once", { none: [{ all: [isGhana, isTwo] }] }, [["country neq GH, GH", "level neq 2, 2"]]],
  [
    "none of none: one has to hold",
    { none: [{ none: [score, country] }] },
    [["score gte 650, 590", "country eq SN, GH"]],
  ],
  ["not one of these", { none: [{ any: [isGhana, country] }] }, ["country neq GH, GH"]],
  [
    "deep inside",
    { all: [isGhana, { any: [country, { all: [isTwo, { any: [score, level] }] }] }] },
    [["country eq SN, GH", ["score gte 650, 590", "level lt 2, 2"]]],
  ],
  ["nothing that decided", { all: [{ any: [score, isGhana] }] }, []],
])("%s", (_, rule, expected) => {
  expect(failuresOf(ruleTree(explainRule(rule, facts))).map(tell)).toEqual(expected);
});
