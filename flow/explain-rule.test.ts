import { expect, test } from "vitest";
import { evaluateRule } from "./evaluate-rule.ts";
import { explainRule } from "./explain-rule.ts";
import type { Rule } from "./rule.ts";

const facts = { contact: { score: 612, country: "GH" }, event: { document: "passport" } };

const highScore: Rule = { path: "contact.score", op: "gte", value: 650 };
const inGhana: Rule = { path: "contact.country", op: "eq", value: "GH" };
const inSenegal: Rule = { path: "contact.country", op: "eq", value: "SN" };
const hasBranch: Rule = { path: "contact.branch", op: "exists" };

test.each<[string, Rule, string[]]>([
  ["everybody", { all: [] }, []],
  ["one test", highScore, ["0 contact.score 612 fails"]],
  ["all of", { all: [inGhana, highScore] }, ["0 contact.country GH holds", "0 contact.score 612 fails"]],
  ["no value", { all: [hasBranch] }, ["0 contact.branch null fails"]],
  [
    "one of any is enough: the others did not fail",
    { all: [{ any: [inSenegal, inGhana] }] },
    ["0 any holds", "1 contact.country GH idle", "1 contact.country GH holds"],
  ],
  [
    "any, and none of it holds",
    { any: [inSenegal, highScore] },
    ["0 any fails", "1 contact.country GH fails", "1 contact.score 612 fails"],
  ],
  [
    "none of: what holds is what failed",
    { none: [inSenegal, inGhana] },
    ["0 none fails", "1 not contact.country GH holds", "1 not contact.country GH fails"],
  ],
  [
    "none of all: one that does not hold is enough",
    { none: [{ all: [inGhana, highScore] }] },
    ["0 none holds", "1 not all holds", "2 not contact.country GH idle", "2 not contact.score 612 holds"],
  ],
  [
    "none of none is any",
    { none: [{ none: [highScore, hasBranch] }] },
    ["0 none fails", "1 not none fails", "2 contact.score 612 fails", "2 contact.branch null fails"],
  ],
])("%s", (_, rule, lines) => {
  const told = explainRule(rule, facts).map(({ depth, isNegated, group, test, actual, verdict }) =>
    [depth, isNegated ? "not" : "", group ?? test?.path, test ? actual : "", verdict]
      .filter((part) => part !== "")
      .map(String)
      .join(" "),
  );
  expect(told).toEqual(lines);
});

test("a line fails exactly when the whole rule does", () => {
  for (const rule of [highScore, { all: [inGhana] }, { any: [inSenegal, inGhana] }, { none: [{ any: [inSenegal] }] }]) {
    const failed = explainRule(rule as Rule, facts).some(({ verdict }) => verdict === "fails");
    expect(failed).toBe(!evaluateRule(rule as Rule, facts));
  }
});
