import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ExperimentPlan, usualPlan } from "#flow/experiment-plan.ts";
import type { DayMoments } from "../moments/read-moments.ts";
import type { ReadMetric } from "../read-metrics.ts";
import { checkShares } from "./check-shares.ts";
import { compareArms } from "./compare-arms.ts";
import { courseOf } from "./course.ts";
import { type Facts, judgeExperiment } from "./judge-experiment.ts";
import type { Measured } from "./metric-reading.ts";

const conversion: ReadMetric = {
  ...{ id: "conversion", name: null, kind: "rate", better: "higher", isMoney: false },
  ...{ currency: null, source: "conversion" },
};
const optOut: ReadMetric = { ...conversion, id: "opt-out", better: "lower", source: "opt-out" };
const failed: ReadMetric = { ...optOut, id: "failed", source: "failed" };

type Counts = Record<string, [people: number, did: number]>;
const rowsOf = (counts: Counts, day = "2026-11-01"): DayMoments[] =>
  Object.entries(counts).map(([arm, [n, sum]]) => ({
    ...{ arm, day, n, sum, sumSquares: sum, over: 0, overSquares: 0, product: 0 },
    ...{ before: 0, beforeSquares: 0, beforeProduct: 0 },
  }));
const primary = (counts: Counts): Measured => ({
  ...{ metric: conversion, role: "primary", windowHours: 168, margin: null, rows: rowsOf(counts) },
});
const guardrail = (metric: ReadMetric, counts: Counts, margin = 0.001): Measured => ({
  ...{ metric, role: "guardrail", windowHours: 168, margin, rows: rowsOf(counts) },
});

const arm = (id: string, weight: number) => ({ id, name: id.toUpperCase(), weight });
const plan = usualPlan({ metric: "conversion", windowHours: 168 });
const healthy = checkShares([], [arm("a", 50), arm("b", 50)]);
const facts = (measured: Measured[], change: Partial<Facts> = {}): Facts => ({
  ...{ plan, arms: [arm("a", 50), arm("b", 50)], measured, shares: healthy, strays: 0, assigned: 20_000 },
  ...{ days: 14, isHoldout: false, chances: [], ...change },
});
const planned = (change: Partial<ExperimentPlan>): Partial<Facts> => ({ plan: { ...plan, ...change } });

const better: Counts = { a: [10_000, 400], b: [10_000, 520] };
const equal: Counts = { a: [10_000, 400], b: [10_000, 405] };
const fewStops: Counts = { a: [10_000, 25], b: [10_000, 26] };
const manyStops: Counts = { a: [10_000, 25], b: [10_000, 140] };

describe("the verdict from sums", () => {
  test.each<[string, Facts, object]>([
    ["a variant that does better", facts([primary(better)]), { state: "ship", arm: 1 }],
    ["the same on the third day", facts([primary(better)], { days: 3 }), { state: "not-enough", missing: "days" }],
    [
      "with the fixed method before its end",
      facts([primary({ a: [1_500, 60], b: [1_500, 90] })], planned({ method: "fixed", people: 10_000 })),
      { state: "running" },
    ],
    [
      "one that does harm elsewhere",
      facts([primary(better), guardrail(optOut, manyStops)]),
      { state: "rollback", arms: [1] },
    ],
    ["no difference at the planned end", facts([primary(equal)], { days: 28 }), { state: "review" }],
    [
      "people in two arms",
      facts([primary(better)], { strays: 300 }),
      { state: "unhealthy", reasons: ["several-arms"] },
    ],
    [
      "a gap in delivery",
      facts([primary(better), guardrail(failed, { a: [10_000, 300], b: [10_000, 800] }, 0.01)]),
      { state: "unhealthy", reasons: ["delivery-gap"] },
    ],
    [
      "a holdout, to whom nothing can fail",
      facts([primary(better), guardrail(failed, { a: [10_000, 0], b: [10_000, 500] }, 0.1)], { isHoldout: true }),
      { state: "review", reason: "weigh" },
    ],
    [
      "a bandit whose best arm has been sure for three updates",
      facts([primary(better)], {
        ...planned({ method: "bandit" }),
        chances: [1, 2, 3].map(() => ({ a: 0.01, b: 0.99 })),
      }),
      { state: "ship", arm: 1 },
    ],
    [
      "and for one only",
      facts([primary(better)], { ...planned({ method: "bandit" }), chances: [{ a: 0.01, b: 0.99 }] }),
      { state: "running" },
    ],
  ])("%s", (_, given, verdict) => expect(judgeExperiment(given).verdict).toMatchObject(verdict));

  test("that no harm was seen is not that it is ruled out", () => {
    const harmOf = (counts: Counts, margin: number) =>
      judgeExperiment(facts([primary(better), guardrail(optOut, counts, margin)])).metrics[1]?.variants[0]?.harm;
    expect(harmOf(fewStops, 0.001)).toBe("not-ruled-out");
    expect(harmOf(fewStops, 0.01)).toBe("ruled-out");
    expect(harmOf(manyStops, 0.01)).toBe("seen");
  });

  test("several variants pay for being several", () => {
    const arms = [arm("a", 34), arm("b", 33), arm("c", 33)];
    const measured = [primary({ a: [10_000, 400], b: [10_000, 470], c: [10_000, 405] })];
    const { metrics } = judgeExperiment(facts(measured, { arms, ...planned({ method: "fixed" }) }));
    const [b, c] = metrics[0]?.variants ?? [];
    expect(b?.pAdjusted).toBeCloseTo(2 * (b?.p ?? 0), 10);
    expect(c?.pAdjusted).toBe(c?.p);
    expect((b?.ci[0] ?? 0) > 0).toBe((b?.pAdjusted ?? 1) < plan.alpha);
  });
});

describe("evened out by the days before", () => {
  /** Of `n` people `before` had done it in the days before, of whom `again` did it again; `anew` of the others did. */
  type Lives = [n: number, before: number, again: number, anew: number];
  const measured = (lives: Record<string, Lives>, metric = conversion): Measured => ({
    ...primary({}),
    metric,
    rows: Object.entries(lives).flatMap(([id, [n, before, again, anew]]) =>
      rowsOf({ [id]: [n, again + anew] }).map((row) => ({
        ...row,
        ...{ before, beforeSquares: before, beforeProduct: again },
      })),
    ),
  });
  const readingOf = (one: Measured, change: Partial<Facts> = {}) =>
    judgeExperiment(facts([one], change)).metrics[0]?.variants[0];

  test("a difference that was there before is taken off, the interval narrows, and the verdict's own stays", () => {
    // Both arms do alike of those who had and of those who had not; chance gave b more of those who had.
    const uneven: Record<string, Lives> = { a: [10_000, 2_000, 1_000, 400], b: [10_000, 2_600, 1_300, 370] };
    const reading = readingOf(measured(uneven));
    expect(reading?.standing).toBe("won");
    expect(reading?.evenedOut?.difference).toBeCloseTo(0, 3);
    expect(reading?.evenedOut?.varianceReduction).toBeGreaterThan(0.2);
    const widthOf = ([low, high]: readonly (number | null)[]) => (high ?? 0) - (low ?? 0);
    expect(widthOf(reading?.evenedOut?.ci ?? [])).toBeLessThan(widthOf(reading?.ci ?? []));
  });

  test.each<[string, Measured, Partial<Facts>]>([
    ["nobody had done it before", measured({ a: [10_000, 0, 0, 400], b: [10_000, 0, 0, 420] }), {}],
    ["few did it at all", measured({ a: [1_000, 100, 3, 4], b: [1_000, 100, 4, 4] }), {}],
    [
      "a quotient",
      measured({ a: [1_000, 100, 50, 60], b: [1_000, 100, 55, 60] }, { ...conversion, kind: "ratio" }),
      {},
    ],
    [
      "of a bandit no lift is told",
      measured({ a: [9_000, 2_000, 900, 400], b: [9_000, 2_000, 950, 420] }),
      planned({ method: "bandit" }),
    ],
  ])("nothing is said where %s", (_, one, change) => expect(readingOf(one, change)?.evenedOut).toBeNull());
});

test("whatever the counts, the verdict's interval and the lift beside it never disagree, and nothing is left without an answer", () => {
  const count = fc.integer({ min: 1, max: 3_000 });
  const anArm = count.chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 0, max: n })));
  fc.assert(
    fc.property(anArm, anArm, fc.constantFrom(null, 2_000, 50_000), (one, other, often) => {
      const armOf = ([n, sum]: number[]) => ({ type: "proportion" as const, n: n ?? 0, sum: sum ?? 0 });
      const compared = compareArms(armOf(one), armOf(other), { alpha: 0.05, planned: often, lowerIsBetter: false });
      const excludes = ([low, high]: readonly (number | null)[]) =>
        low !== null && high !== null && low !== undefined && high !== undefined && (low > 0 || high < 0);
      expect(compared.difference).not.toBeNull();
      if (compared.reason === null) expect(compared.ci[0]).not.toBeNull();
      if (compared.liftCi[0] !== null) expect(excludes(compared.liftCi)).toBe(excludes(compared.ci));
    }),
    { numRuns: 2_000 },
  );
});

describe("the shares of people", () => {
  const half = { a: 50, b: 50 };
  const counts = (a: number, b: number, weights: Record<string, number> = half, day = "2026-11-01") =>
    [["a", a] as const, ["b", b] as const].map(([id, n]) => ({ arm: id, day, n, weights }));
  const arms = [arm("a", 50), arm("b", 50)];
  test.each([
    ["as planned", counts(1_000, 1_010), "ok"],
    ["too far apart", counts(1_000, 1_300), "mismatch"],
    ["somebody in an arm without weight", counts(1_000, 1, { a: 100, b: 0 }), "mismatch"],
    ["too few to say", counts(20, 40), "not-enough-data"],
    [
      "weights that were moved on the way",
      [...counts(500, 500), ...counts(100, 900, { a: 10, b: 90 }, "2026-11-02")],
      "ok",
    ],
  ] as const)("%s", (_, given, status) => expect(checkShares([...given], arms).status).toBe(status));

  test("are alarming on several numbers only where each of them allows for all", () => {
    // p = 0.0005: an alarm by itself, none among ten.
    const [one] = [counts(5_000, 5_351)];
    expect(checkShares(one, arms).status).toBe("mismatch");
    expect(checkShares(one, arms, 10).status).toBe("ok");
  });

  test("tell on how many days they did not fit", () => {
    const days = ["2026-11-01", "2026-11-02", "2026-11-03"];
    const seen = checkShares(
      days.flatMap((day, nth) => counts(100, nth === 0 ? 100 : 300, half, day)),
      arms,
    );
    expect(seen).toMatchObject({ status: "mismatch", daysSeen: 2 });
  });
});

test("the course tells the first day on which the interval left zero, a window after the people came", () => {
  const days = Array.from({ length: 14 }, (_, nth) => `2026-11-${String(nth + 1).padStart(2, "0")}`);
  const rows = days.flatMap((day) => rowsOf({ a: [1_000, 40], b: [1_000, 60] }, day));
  const { points, decided } = courseOf(facts([{ ...primary(better), rows }]));
  expect(points).toHaveLength(14);
  expect(points[0]?.day).toBe("2026-11-08");
  expect(decided).toMatchObject({ arm: "b", isBetter: true });
  const at = points.findIndex(({ day }) => day === decided?.day);
  expect(points[at]?.variants[0]?.ci[0]).toBeGreaterThan(0);
  expect(points.slice(0, at).every(({ variants }) => (variants[0]?.ci[0] ?? 0) <= 0)).toBe(true);
});
