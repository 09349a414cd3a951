import { expect, test } from "vitest";
import { judgeMetric } from "./judge-metric.ts";
import { noSums, type Sums } from "./sums.ts";

const sums = (some: Partial<Sums>): Sums => ({ ...noSums, ...some });
const much = sums({ made: 10_500, sent: 10_000, converted: 2_000, optedOut: 40, costMicros: 20_000_000 });

test("a rate has its range, and its change one of its own", () => {
  const judged = judgeMetric("conversion", much, sums({ sent: 10_000, converted: 1_700 }));
  expect(judged).toMatchObject({ value: 0.2, numerator: 2_000, denominator: 10_000 });
  expect(judged.range?.[0]).toBeCloseTo(0.1923, 3);
  expect(judged.change).toMatchObject({ by: "points", isClear: true, isGood: true });
});

test.each([
  ["more conversions are good", "conversion", { sent: 10_000, converted: 1_700 }, true],
  ["more opt-outs are bad", "opt-out", { sent: 10_000, optedOut: 10 }, false],
  ["a change within chance is neither", "conversion", { sent: 10_000, converted: 1_990 }, null],
  [
    "cheaper conversions are good",
    "cost-per-conversion",
    { sent: 10_000, converted: 1_500, costMicros: 20_000_000 },
    true,
  ],
  ["more messages are neither", "sent", { made: 9_000, sent: 9_000 }, null],
] as const)("%s", (_, metric, before, isGood) => {
  expect(judgeMetric(metric, much, sums(before)).change?.isGood).toBe(isGood);
});

test.each([
  ["without a message", "conversion", {}, null],
  ["without an answer", "csat", { sent: 10 }, null],
  ["with four conversions", "cost-per-conversion", { sent: 100, converted: 4, costMicros: 1_000_000 }, null],
  ["with five", "cost-per-conversion", { sent: 100, converted: 5, costMicros: 1_000_000 }, 200_000],
] as const)("%s nothing is said that is not known", (_, metric, now, value) => {
  expect(judgeMetric(metric, sums(now), noSums)).toMatchObject({ value, change: null });
});

test.each(["sent", "reply", "conversion", "cost", "cost-per-conversion"] as const)(
  "a period of a few messages is nothing to compare %s with",
  (metric) => {
    const few = { sent: 29, made: 29, delivered: 29, replied: 29, converted: 29, costMicros: 29_000 };
    expect(judgeMetric(metric, much, sums(few)).change).toBeNull();
    expect(judgeMetric(metric, much, sums({ ...few, sent: 30, made: 30, delivered: 30 })).change).not.toBeNull();
  },
);

test("what a conversion costs lies between what its rate's range says", () => {
  const { value, range } = judgeMetric("cost-per-conversion", much, noSums);
  const [low = 0, high = 0] = range ?? [];
  expect(low).toBeLessThan(value ?? 0);
  expect(high).toBeGreaterThan(value ?? 0);
});
