import { expect, test } from "vitest";
import { median, quantile } from "./statistics.ts";

test.each([
  { values: [], middle: 0, quarter: 0 },
  { values: [7], middle: 7, quarter: 7 },
  { values: [4, 1], middle: 2.5, quarter: 1 },
  { values: [9, 1, 5], middle: 5, quarter: 1 },
  { values: [8, 2, 4, 6], middle: 5, quarter: 2 },
])("of $values the middle is $middle and a quarter is at most $quarter", ({ values, middle, quarter }) => {
  expect(median(values)).toBe(middle);
  expect(quantile(values, 0.25)).toBe(quarter);
});
