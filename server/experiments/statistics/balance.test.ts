import { expect, test } from "vitest";
import { type BeforeArm, preBalance } from "./balance.ts";
import { welch } from "./means.ts";

const rate = (n: number, sum: number): BeforeArm => ({ type: "proportion", n, sum });
const mean = (n: number, sum: number, sumSquares: number): BeforeArm => ({ type: "mean", n, sum, sumSquares });

test.each<[string, BeforeArm, BeforeArm, number, string]>([
  ["alike", rate(5000, 400), rate(5000, 410), 1, "ok"],
  ["far apart", rate(5000, 400), rate(5000, 520), 1, "unbalanced"],
  // z = 3.44, p = .00058: below .001, and above it when two are asked.
  ["apart for one test", rate(5000, 400), rate(5000, 498), 1, "unbalanced"],
  ["and not for two", rate(5000, 400), rate(5000, 498), 2, "ok"],
  ["a number per person", mean(400, 800, 3200), mean(400, 1200, 5200), 1, "unbalanced"],
  ["fewer than 100 people", rate(99, 0), rate(5000, 500), 1, "not-enough-data"],
  ["nobody did it", rate(5000, 0), rate(5000, 0), 1, "not-applicable"],
  ["everybody did", rate(5000, 5000), rate(400, 400), 1, "not-applicable"],
  ["everybody in one arm and nobody in the other", rate(500, 0), rate(500, 500), 1, "unbalanced"],
  ["a number that never varies", mean(200, 400, 800), mean(200, 400, 800), 1, "not-applicable"],
  ["one number each, not the same", mean(200, 400, 800), mean(200, 600, 1800), 1, "unbalanced"],
  // Fisher: 2 * (1/2)^10 = .00195 of ten that all fell into one of two equal arms, .00098 of eleven.
  ["ten, all in one arm", rate(50_000, 10), rate(50_000, 0), 1, "ok"],
  ["eleven, all in one arm", rate(50_000, 11), rate(50_000, 0), 1, "unbalanced"],
])("%s", (_, a, b, tests, status) => expect(preBalance({ a, b, tests }).status).toBe(status));

test("p is that of Welch, and the standardised difference does not grow with the people", () => {
  const [a, b] = [mean(400, 800, 3200), mean(500, 1200, 5200)];
  const seen = preBalance({ a, b });
  expect(seen.p).toBe(welch({ a, b, alpha: 0.05 }).p);
  // Cohen's d by hand: means 2 and 2.4, variances (3200 - 1600) / 399 and (5200 - 2880) / 499.
  expect(seen.standardised).toBeCloseTo(0.4 / Math.sqrt((1600 / 399 + 2320 / 499) / 2), 12);
  const tenfold = preBalance({ a: mean(4000, 8000, 32_000), b: mean(5000, 12_000, 52_000) });
  expect(tenfold.standardised).toBeCloseTo(seen.standardised ?? 0, 3);
});
