import { expect, test } from "vitest";
import { GoalValue, readGoalValue } from "./goal-value.ts";

const inPesos = { path: "event.amount", currency: "COP" };
const asTold = { path: "event.amount", currencyPath: "event.currency" };

test.each([
  ["a number of one currency", inPesos, { amount: 450_000_000 }, { amountMinor: 450_000_000, currency: "COP" }],
  ["its digits", inPesos, { amount: "1050" }, { amountMinor: 1050, currency: "COP" }],
  ["the currency that comes with it", asTold, { amount: 5, currency: "xof" }, { amountMinor: 5, currency: "XOF" }],
  ["nothing at all, which is an amount", asTold, { amount: 0, currency: "EUR" }, { amountMinor: 0, currency: "EUR" }],
  ["no currency", asTold, { amount: 5 }, null],
  ["no amount", asTold, { currency: "EUR" }, null],
  ["a part of a minor unit", inPesos, { amount: 10.5 }, null],
  ["less than nothing", inPesos, { amount: -1 }, null],
  ["the most", inPesos, { amount: 10_000_000_000_000 }, { amountMinor: 10_000_000_000_000, currency: "COP" }],
  ["more than the most", inPesos, { amount: 10_000_000_000_001 }, null],
  ["a document", inPesos, { amount: { value: 5 } }, null],
] as const)("an event with %s", (_, value, event, expected) => {
  expect(readGoalValue(value, { event })).toEqual(expected);
});

test("an amount without a currency is no value", () => {
  expect(GoalValue.safeParse({ path: "event.amount" }).success).toBe(false);
  expect(GoalValue.safeParse(asTold).success).toBe(true);
});
