import { describe, expect, test } from "vitest";
import type { Json } from "#flow/json.ts";
import { faultOf, shownValue, typedValue } from "./typed-value.ts";
import { firstOperator, kindOf, operatorsOf, type ValueKind } from "./value-kind.ts";

describe("what somebody typed for a value", () => {
  test.each<[string, { kind: ValueKind; currency?: string }, Json]>([
    ["700", { kind: "number" }, 700],
    ["1 250,5", { kind: "number" }, 1250.5],
    ["1,250.50", { kind: "number" }, 1250.5],
    ["1,250", { kind: "number" }, 1250],
    ["seven", { kind: "number" }, "seven"],
    ["12.5", { kind: "money", currency: "EUR" }, 1250],
    ["45 000", { kind: "money", currency: "XOF" }, 45_000],
    ["2026-11-28", { kind: "day" }, "2026-11-28"],
    ["2026-11-28T09:00", { kind: "moment" }, "2026-11-28T08:00:00.000Z"],
    ["true", { kind: "boolean" }, true],
    ["700", { kind: "text" }, "700"],
    ["700", { kind: "unknown" }, 700],
    ["007a", { kind: "unknown" }, "007a"],
    ["2026-02-31T09:00", { kind: "moment" }, "2026-02-31T09:00"],
  ])("%s as %o is %o", (typed, field, value) => {
    expect(typedValue(typed, field, "Europe/Paris")).toEqual(value);
  });

  test.each<[Json, { kind: ValueKind; currency?: string }, string]>([
    [1250, { kind: "money", currency: "EUR" }, "12.50"],
    [45_000, { kind: "money", currency: "XOF" }, "45000"],
    ["2026-11-28T08:00:00Z", { kind: "moment" }, "2026-11-28T09:00"],
    [["CI", "SN"], { kind: "text" }, "CI, SN"],
    [null, { kind: "text" }, ""],
  ])("%o of %o is shown as %s and read back the same", (value, field, shown) => {
    expect(shownValue(value, field, "Europe/Paris")).toBe(shown);
  });
});

test.each<[Json | undefined, ValueKind, ReturnType<typeof faultOf>]>([
  ["seven", "number", "number"],
  ["", "number", "missing"],
  [5, "money", null],
  ["tomorrow", "day", "date"],
  ["2026-02-28", "day", null],
  ["2026-02-30", "day", "date"],
  ["2026-11-28", "moment", "date"],
  [[], "text", "list"],
  [[1, "x"], "number", "number"],
  ["anything", "unknown", null],
])("a value %o of kind %s: %s", (value, kind, fault) => expect(faultOf(value, kind)).toBe(fault));

test.each<[string, Json | undefined, string | undefined, ValueKind]>([
  ["creditScore", 720, "XOF", "number"],
  ["amountDue", 720, "XOF", "money"],
  ["amountDue", 720, undefined, "number"],
  ["dueDate", "2026-11-28", undefined, "day"],
  ["expiresAt", "2026-12-31T00:00:00Z", undefined, "moment"],
  ["tags", ["vip"], undefined, "list"],
  ["isSalaried", true, undefined, "boolean"],
  ["country", "CI", undefined, "text"],
  ["somethingNew", undefined, undefined, "unknown"],
])("%s like %o beside %s is of kind %s", (name, sample, currency, kind) =>
  expect(kindOf(name, sample, currency)).toBe(kind),
);

test("each kind of value has comparisons, and begins with one of them", () => {
  for (const [kind, operators] of Object.entries(operatorsOf)) {
    expect(operators.length, kind).toBeGreaterThan(2);
    expect(new Set(operators).size, kind).toBe(operators.length);
  }
  expect(firstOperator("number")).toBe("gte");
  expect(operatorsOf.boolean).not.toContain("gte");
});
