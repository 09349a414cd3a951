import { describe, expect, test } from "vitest";
import type { Rule } from "../rule.ts";
import { lineRules } from "./rule-lines.ts";
import { countOf, countPath, SegmentRule } from "./segment-rule.ts";
import { withoutEvent } from "./without-event.ts";

test.each([
  ["an attribute", "contact.address.city", true],
  ["a consent", "consent.marketing", true],
  ["an unknown consent", "consent.gossip", false],
  ["a count over a year", "past.365d.loan:repaid", true],
  ["a count over more than a year", "past.366d.loan:repaid", false],
  ["a count over no days", "past.0d.loan:repaid", false],
  ["a count of a name with a dot", "past.30d.loan.repaid", false],
  ["the event of a flow", "event.amount", false],
  ["the way through a flow", "enrollment.key", false],
])("a segment may read %s: %s -> %s", (_, path, isGood) => {
  expect(SegmentRule.safeParse({ all: [{ path, op: "exists" }] }).success).toBe(isGood);
});

test("a path that counts an event says which, and in how many days", () => {
  expect(countOf(countPath("loan.repaid.late", 30))).toEqual({ event: "loan.repaid.late", days: 30 });
  expect(countOf("contact.past")).toBeNull();
});

const is = (path: string): Rule => ({ path: `contact.${path}`, op: "exists" });
const [a, b, c] = [is("a"), is("b"), is("c")];

describe("what is left after each line", () => {
  test.each<[string, Rule, ReturnType<typeof lineRules>]>([
    ["a single test", a, [{ at: "", rule: a, adds: false }]],
    [
      "all of two",
      { all: [a, b] },
      [
        { at: "0", rule: { all: [a] }, adds: false },
        { at: "1", rule: { all: [a, b] }, adds: false },
      ],
    ],
    [
      "any of two: the second says what it adds",
      { any: [a, b] },
      [
        { at: "0", rule: { all: [a] }, adds: false },
        { at: "1", rule: { all: [{ none: [a] }, b] }, adds: true },
      ],
    ],
    [
      "none of two",
      { none: [a, b] },
      [
        { at: "0", rule: { all: [{ none: [a] }] }, adds: false },
        { at: "1", rule: { all: [{ none: [a] }, { none: [b] }] }, adds: false },
      ],
    ],
    [
      "a group inside: its head first, its lines within what surrounds it",
      { all: [a, { any: [b, c] }] },
      [
        { at: "0", rule: { all: [a] }, adds: false },
        { at: "1", rule: { all: [a, { any: [b, c] }] }, adds: false },
        { at: "1.0", rule: { all: [a, b] }, adds: false },
        { at: "1.1", rule: { all: [a, { none: [b] }, c] }, adds: true },
      ],
    ],
  ])("%s", (_, rule, expected) => expect(lineRules(rule)).toEqual(expected));
});

const ofEvent: Rule = { path: "event.amount", op: "gt", value: 5 };

test.each<[string, Rule, ReturnType<typeof withoutEvent>]>([
  ["nothing of the event", { all: [a, b] }, { rule: { all: [a, b] }, isWhole: true }],
  ["a test of the event holds", { all: [a, ofEvent] }, { rule: { all: [a, { all: [] }] }, isWhole: false }],
  ["under a none it does not", { none: [ofEvent, b] }, { rule: { none: [{ any: [] }, b] }, isWhole: false }],
])("who stands still: %s", (_, rule, expected) => expect(withoutEvent(rule)).toEqual(expected));
