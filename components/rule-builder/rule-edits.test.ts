import { describe, expect, test } from "vitest";
import type { Rule } from "#flow/rule.ts";
import {
  asGroup,
  draftRule,
  duplicateRule,
  fromGroup,
  fromLine,
  insertRule,
  lineOf,
  moveRule,
  moveTo,
  type Place,
  removeRule,
  replaceRule,
  ruleAt,
  withOperator,
} from "./rule-edits.ts";

const line = (name: string): Rule => ({ path: `contact.${name}`, op: "exists" });
const [a, b, c, d] = [line("a"), line("b"), line("c"), line("d")];
const nested: Rule = { all: [a, { any: [b, c] }, d] };

describe("editing a rule at a place", () => {
  test.each<[string, Rule, Rule]>([
    ["replaces a nested line", replaceRule(nested, [1, 0], d), { all: [a, { any: [d, c] }, d] }],
    ["replaces the whole", replaceRule(nested, [], { any: [] }), { any: [] }],
    [
      "removes a nested line and keeps the group",
      removeRule(removeRule(nested, [1, 0]), [1, 0]),
      { all: [a, { any: [] }, d] },
    ],
    ["adds at the end of a group", insertRule(nested, [1, 2], d), { all: [a, { any: [b, c, d] }, d] }],
    [
      "duplicates a group with its lines",
      duplicateRule(nested, [1]),
      { all: [a, { any: [b, c] }, { any: [b, c] }, d] },
    ],
    ["makes a group of a single line that gets company", insertRule(a, [1], b), { all: [a, b] }],
  ])("%s", (_, changed, expected) => expect(changed).toEqual(expected));

  test("a place that leads nowhere holds nothing", () => {
    expect(ruleAt(nested, [7])).toBeUndefined();
    expect(duplicateRule(nested, [7])).toBe(nested);
  });
});

describe("moving a line", () => {
  test.each<[string, Place, "up" | "down", Place | null, Rule | null]>([
    ["past another line", [2], "up", [1, 2], { all: [a, { any: [b, c, d] }] }],
    ["into the group below", [0], "down", [0, 0], { all: [{ any: [a, b, c] }, d] }],
    ["within its group", [1, 0], "down", [1, 1], { all: [a, { any: [c, b] }, d] }],
    ["out of its group upwards", [1, 0], "up", [1], { all: [a, b, { any: [c] }, d] }],
    ["out of its group downwards", [1, 1], "down", [2], { all: [a, { any: [b] }, c, d] }],
    ["a group past a line", [1], "up", [0], { all: [{ any: [b, c] }, a, d] }],
    ["not beyond the top", [0], "up", null, null],
    ["not beyond the end", [2], "down", null, null],
  ])("%s", (_, from, direction, place, rule) => {
    const moved = moveRule(nested, from, direction);
    expect(moved?.place ?? null).toEqual(place);
    expect(moved?.rule ?? null).toEqual(rule);
  });

  test("up and down again is where it was", () => {
    for (const from of [[0], [1], [2], [1, 0], [1, 1]]) {
      const there = moveRule(nested, from, "down");
      const back = there && moveRule(there.rule, there.place, "up");
      if (back) expect([back.rule, back.place]).toEqual([nested, from]);
    }
  });

  test("a dragged line lands in front of what it is dropped on, a group never inside itself", () => {
    expect(moveTo(nested, [0], [2])).toEqual({ rule: { all: [{ any: [b, c] }, a, d] }, place: [1] });
    expect(moveTo(nested, [2], [1, 0])).toEqual({ rule: { all: [a, { any: [d, b, c] }] }, place: [1, 0] });
    expect(moveTo(nested, [1], [1, 0])).toBeNull();
  });

  test("groups do not nest deeper than the screen shows", () => {
    const deep: Rule = { all: [{ any: [{ all: [{ any: [a] }] }] }, { any: [b] }] };
    expect(moveTo(deep, [1], [0, 0, 0])).toBeNull();
    expect(moveRule({ all: [{ any: [{ all: [a] }] }, { any: [{ all: [b] }] }] }, [1], "up")?.place).toEqual([0]);
  });
});

describe("a line as it is shown", () => {
  const value = "vip";
  test.each<[string, Rule, string | null]>([
    ["a test", { path: "contact.tags", op: "contains", value }, "contains"],
    ["a turned test", { none: [{ path: "contact.tags", op: "contains", value }] }, "notContains"],
    ["a turned beginning", { none: [{ path: "contact.a", op: "startsWith", value }] }, "notStartsWith"],
    ["a group of one", { any: [{ path: "contact.tags", op: "contains", value }] }, null],
    ["none of two", { none: [a, b] }, null],
    ["an empty group", { none: [] }, null],
  ])("%s", (_, rule, op) => {
    const shown = lineOf(rule);
    expect(shown?.op ?? null).toBe(op);
    if (shown) expect(fromLine(shown)).toEqual(rule);
    else expect(fromGroup(asGroup(rule))).toEqual(rule);
  });

  test("another comparison keeps the value where it fits", () => {
    expect(withOperator({ path: "contact.a", op: "eq", value: 5 }, "in").value).toEqual([5]);
    expect(withOperator({ path: "contact.a", op: "in", value: [5, 6] }, "eq").value).toBe(5);
    expect(withOperator({ path: "contact.a", op: "eq", value: 5 }, "exists")).toEqual({
      path: "contact.a",
      op: "exists",
    });
  });

  test("anything that is no rule is shown as one for everybody", () => {
    for (const draft of [undefined, null, 5, "x", {}]) expect(draftRule(draft)).toEqual({ all: [] });
    expect(draftRule({ path: "", op: "eq" })).toEqual({ path: "", op: "eq" });
  });
});
