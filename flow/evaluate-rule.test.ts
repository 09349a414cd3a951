import { describe, expect, test } from "vitest";
import { compareText, evaluateRule, whyNot } from "./evaluate-rule.ts";
import type { Json } from "./json.ts";
import type { Rule, RuleOperator } from "./rule.ts";

const facts = {
  contact: {
    name: "Zoë",
    score: 700,
    isVip: true,
    tags: ["gold", "new", 7],
    empty: null,
    address: { city: "Dakar" },
    since: "2026-03-01",
  },
  event: { at: "2026-11-22T10:00:00+01:00", items: [{ id: "a" }, { id: "b" }] },
  time: { now: "2026-11-22T09:00:00.000Z" },
};

const holds = (path: string, op: RuleOperator, value?: Json) =>
  evaluateRule({ path, op, ...(value === undefined ? {} : { value }) }, facts);

test.each<[string, RuleOperator, Json | undefined, boolean]>([
  ["contact.score", "eq", 700, true],
  ["contact.score", "eq", "700", false],
  ["contact.score", "neq", "700", true],
  ["contact.score", "gte", 700, true],
  ["contact.score", "gt", 700, false],
  ["contact.score", "lt", "9", false],
  ["contact.isVip", "eq", true, true],
  ["contact.isVip", "gt", false, false],
  ["contact.name", "startsWith", "Zo", true],
  ["contact.name", "contains", "ë", true],
  ["contact.name", "contains", "", true],
  ["contact.name", "in", ["Awa", "Zoë"], true],
  ["contact.name", "in", "Zoë", false],
  ["contact.name", "notIn", ["Awa"], true],
  ["contact.tags", "contains", "gold", true],
  ["contact.tags", "contains", "gol", false],
  ["contact.tags", "contains", 7, true],
  ["contact.tags", "eq", "gold", false],
  ["contact.address.city", "eq", "Dakar", true],
  ["event.items.1.id", "eq", "b", true],
  ["event.items.-1.id", "exists", undefined, false],
  ["event.items.length", "exists", undefined, false],
  ["contact.missing", "eq", 1, false],
  ["contact.missing", "neq", 1, true],
  ["contact.missing", "in", [1], false],
  ["contact.missing", "notIn", [1], true],
  ["contact.missing", "lt", 1, false],
  ["contact.missing", "exists", undefined, false],
  ["contact.missing", "notExists", undefined, true],
  ["contact.empty", "exists", undefined, false],
  ["contact.empty", "eq", null, false],
  ["contact.empty", "notExists", undefined, true],
  ["contact.__proto__", "exists", undefined, false],
  ["contact.name.length", "exists", undefined, false],
])("%s %s %j is %s", (path, op, value, expected) => expect(holds(path, op, value)).toBe(expected));

describe("order", () => {
  test.each([
    ["two moments in different zones are the same", "event.at", "gte", "2026-11-22T09:00:00Z", true],
    ["a moment with more digits", "event.at", "lt", "2026-11-22T09:00:00.0015Z", true],
    ["a day is text: it comes before its hours", "contact.since", "lt", "2026-03-01T00:00:00Z", true],
    ["a day that does not exist is text", "time.now", "gt", "2026-02-30T00:00:00Z", true],
    ["29 February of a year that has none is text", "time.now", "gt", "2025-02-29T00:00:00Z", true],
    ["29 February of a leap year is a moment", "time.now", "gt", "2024-02-29T23:00:00-05:00", true],
  ] as const)("%s", (_, path, op, value, expected) => expect(holds(path, op, value)).toBe(expected));

  test("of text is by code point, so an emoji comes after every sign of the basic plane", () => {
    expect(["😀", "\uffee", "é", "z", "Z", ""].sort(compareText)).toEqual(["", "Z", "z", "é", "\uffee", "😀"]);
  });
});

test("groups: all of none is true, any of none is false, none of none is true", () => {
  expect([{ all: [] }, { any: [] }, { none: [] }].map((rule) => evaluateRule(rule, facts))).toEqual([
    true,
    false,
    true,
  ]);
});

const high: Rule = { path: "contact.score", op: "gt", value: 800 };
const vip: Rule = { path: "contact.isVip", op: "eq", value: true };

test.each<[string, Rule, unknown]>([
  ["a single test", high, { test: high, actual: 700 }],
  ["the failing one of all", { all: [vip, high] }, { test: high, actual: 700 }],
  ["the first of any", { any: [high, { none: [vip] }] }, { test: high, actual: 700 }],
  ["the holding one of none", { none: [high, vip] }, { test: vip, actual: true }],
  ["deep inside", { all: [vip, { none: [{ all: [vip, { any: [high, vip] }] }] }] }, { test: vip, actual: true }],
  ["an empty group", { any: [] }, { test: null, actual: null }],
  ["a rule that forbids what always is", { none: [{ all: [] }] }, { test: null, actual: null }],
  ["nothing, when it holds", vip, null],
])("why not: %s", (_, rule, expected) => expect(whyNot(rule, facts)).toEqual(expected));
