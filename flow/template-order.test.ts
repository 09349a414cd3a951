import { expect, test } from "vitest";
import { isBadOrderValue, orderLines, orderTotalMinor, orderVariables, type PayBy } from "./template-order.ts";

test.each([
  ["one line", "Instalment 3 of 12: 250.00", [["Instalment 3 of 12", 1, 25_000]]],
  [
    "several, with a number of pieces",
    "Instalment: 250; Late fee: 2 x 12.5;",
    [
      ["Instalment", 1, 25_000],
      ["Late fee", 2, 1250],
    ],
  ],
  ["a comma before the cents", "Parcela: 99,90", [["Parcela", 1, 9990]]],
  ["a colon within the name", "Loan L:1: 10", [["Loan L:1", 1, 1000]]],
  ["nothing", " ; ", null],
  ["a line without an amount", "Instalment: 250; Late fee", null],
  ["an amount without a name", ": 250", null],
  ["no piece at all", "Fee: 0 x 5", null],
  ["thousands that are grouped, which nobody can tell from cents", "Fee: 1,250.00", null],
  ["a name of 61 characters", `${"a".repeat(61)}: 1`, null],
] satisfies [string, string, [string, number, number][] | null][])("lines of an order: %s", (_, text, expected) => {
  const lines = expected?.map(([name, quantity, amountMinor]) => ({ name, quantity, amountMinor })) ?? null;
  expect(orderLines(text)).toEqual(lines);
});

test("an order's total counts every piece", () => {
  expect(orderTotalMinor(orderLines("Instalment: 250; Late fee: 2 x 12.50") ?? [])).toBe(27_500);
});

test.each([
  [{ kind: "configuration", name: "main" }, ["order.reference", "order.lines"]],
  [{ kind: "link" }, ["order.reference", "order.lines", "order.link"]],
  [{ kind: "pix", merchant: "Bank", key: "1", keyType: "EVP" }, ["order.reference", "order.lines", "order.pix"]],
  [{ kind: "boleto" }, ["order.reference", "order.lines", "order.boleto"]],
] satisfies [PayBy, string[]][])("what a message brings for an order paid by $0.kind", (payBy, expected) => {
  expect(orderVariables(payBy)).toEqual(expected);
});

test.each([
  ["order.reference", "L".repeat(35), false],
  ["order.reference", "L".repeat(36), true],
  ["order.lines", "Fee: 1", false],
  ["order.lines", "Fee", true],
  ["order.status", "partially-shipped", false],
  ["order.status", "paid", true],
  ["order.link", "anything", false],
])("%s may not be %s: %s", (variable, value, expected) => {
  expect(isBadOrderValue(variable, value)).toBe(expected);
});
