import { describe, expect, test } from "vitest";
import type { DayMoments } from "../moments/read-moments.ts";
import type { ReadMetric } from "../read-metrics.ts";
import { checkBalance } from "./check-balance.ts";
import type { Measured } from "./metric-reading.ts";

const reply: ReadMetric = {
  ...{ id: "reply", name: null, kind: "rate", better: "higher", isMoney: false },
  ...{ currency: null, source: "reply" },
};
const arms = ["a", "b", "c"].map((id) => ({ id, name: id, weight: 33 }));
const weights = { a: 33, b: 33, c: 34 };
const counts = [{ arm: "a", day: "2026-11-01", n: 1, weights }];

/** People of an arm on a day, of whom so many had done it before. */
type Days = Record<string, [people: number, before: number][]>;
const measured = (days: Days, metric = reply): Measured => ({
  ...{ metric, role: "primary", windowHours: 72, margin: null },
  rows: Object.entries(days).flatMap(([arm, all]) =>
    all.map(
      ([n, before], at): DayMoments => ({
        ...{ arm, day: `2026-11-0${at + 1}`, n, sum: n / 2, sumSquares: n / 2, over: 0, overSquares: 0, product: 0 },
        ...{ before, beforeSquares: before, beforeProduct: 0 },
      }),
    ),
  ),
});

const alike: Days = { a: [[1000, 100]], b: [[1000, 104]], c: [[1000, 95]] };
const apart: Days = { a: [[1000, 100]], b: [[1000, 104]], c: [[1000, 190]] };
const few: Days = { a: [[40, 4]], b: [[1000, 104]], c: [[40, 9]] };
const nothing: Days = { a: [[1000, 0]], b: [[1000, 0]], c: [[1000, 0]] };

describe("whether the arms were alike before", () => {
  test.each<[string, Measured[], string, number]>([
    ["as chance gives them", [measured(alike)], "ok", 2],
    ["one variant is not", [measured(apart)], "unbalanced", 2],
    ["too few people in the baseline", [measured(few)], "not-enough-data", 0],
    ["nobody did anything before", [measured(nothing)], "nothing-before", 0],
    ["what nobody did is not counted as tested", [measured(alike), measured(nothing)], "ok", 2],
    ["a quotient is not asked", [measured(apart, { ...reply, kind: "ratio" })], "not-enough-data", 0],
    ["nothing is measured", [], "not-enough-data", 0],
  ])("%s", (_, all, status, tested) => {
    const seen = checkBalance({ measured: all, arms, counts });
    expect([seen.status, seen.pairs.length]).toEqual([status, tested]);
  });

  test("it says which metric, which arm and by how much, the worst first", () => {
    const [first] = checkBalance({ measured: [measured(alike), measured(apart)], arms, counts }).pairs;
    expect(first).toMatchObject({ arm: "c", isUnbalanced: true, before: { baseline: 0.1, variant: 0.19 } });
    expect(first?.metric.id).toBe("reply");
    expect(first?.difference).toBeCloseTo(0.09, 12);
  });

  test("each further test asks for a smaller p", () => {
    // z = 3.44, p = .00058: an alarm of one test, none of two.
    const close: Days = { a: [[5000, 400]], b: [[5000, 498]] };
    const two = arms.slice(0, 2);
    expect(checkBalance({ measured: [measured(close)], arms: two, counts }).status).toBe("unbalanced");
    const beside = measured({ a: [[5000, 400]], b: [[5000, 400]] });
    expect(checkBalance({ measured: [measured(close), beside], arms: two, counts }).status).toBe("ok");
  });

  test("it counts the days on which it was seen", () => {
    const days: Days = {
      ...{
        a: [
          [500, 50],
          [500, 50],
          [500, 50],
        ],
        b: [
          [500, 50],
          [500, 50],
          [500, 50],
        ],
      },
      c: [
        [500, 55],
        [500, 120],
        [500, 120],
      ],
    };
    expect(checkBalance({ measured: [measured(days)], arms, counts }).pairs[0]?.daysSeen).toBe(2);
  });

  test("while weights move nothing is asked: the arms get their people at other times", () => {
    const moved = [...counts, { arm: "a", day: "2026-11-02", n: 1, weights: { a: 80, b: 10, c: 10 } }];
    expect(checkBalance({ measured: [measured(apart)], arms, counts: moved })).toEqual({ status: "moved", pairs: [] });
  });
});
