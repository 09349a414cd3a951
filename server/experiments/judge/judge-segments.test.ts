import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ExperimentPlan, usualPlan } from "#flow/experiment-plan.ts";
import type { SegmentMoments } from "../moments/read-segment-moments.ts";
import { judgeSegments } from "./judge-segments.ts";

const arms = ["a", "b"].map((id) => ({ id, name: id, weight: 50 }));
const plan: ExperimentPlan = { ...usualPlan({ metric: "conversion", windowHours: 168 }), people: 20_000 };
const metric = { kind: "rate", better: "higher" } as const;

/** People and events of arm a, and of arm b. */
type Counts = [number, number, number, number];
const rowsOf = (segments: Record<string, Counts>, by: SegmentMoments["by"] = "language"): SegmentMoments[] =>
  Object.entries(segments).flatMap(([segment, [nA, xA, nB, xB]]) =>
    [
      { arm: "a", n: nA, sum: xA },
      { arm: "b", n: nB, sum: xB },
    ].map((one) => ({
      ...{ ...one, by, segment: segment === "?" ? null : segment, day: "", sumSquares: one.sum },
      ...{ over: 0, overSquares: 0, product: 0, before: 0, beforeSquares: 0, beforeProduct: 0 },
      ...{ version_id: "v", weights_id: null },
    })),
  );
const judge = (rows: SegmentMoments[], change: Partial<ExperimentPlan> = {}) =>
  judgeSegments({ rows, metric, plan: { ...plan, ...change }, arms, weigh: () => ({ a: 50, b: 50 }) });

describe("the primary metric within segments", () => {
  test("a clear difference in one is told there, and p is raised for the others beside it", () => {
    const { segments, comparisons, level } = judge(
      rowsOf({ es: [4000, 400, 4000, 560], pt: [2000, 200, 2000, 205], fr: [1000, 100, 1000, 98] }),
      { method: "fixed" },
    );
    const [es, pt, fr] = segments.map(({ variants }) => variants[0]);
    expect([es?.standing, pt?.standing, fr?.standing]).toEqual(["won", "open", "open"]);
    expect(es?.pAdjusted).toBeCloseTo(3 * (es?.p ?? 0), 12);
    expect([comparisons, level]).toEqual([3, 0.05 / 3]);
  });

  test.each<[string, Counts, boolean]>([
    ["99 people in an arm", [99, 50, 5000, 2500], true],
    ["100 people and ten events", [100, 10, 100, 10], false],
    ["one event fewer", [100, 9, 100, 10], true],
    ["all events in one arm: it is not silent because it did badly", [500, 0, 500, 20], false],
  ])("%s", (_, counts, isSmall) => {
    const [segment] = judge(rowsOf({ es: counts })).segments;
    expect([segment?.isSmall, segment?.variants.length]).toEqual([isSmall, isSmall ? 0 : 1]);
  });

  test("what is too small to compare is not counted as compared", () => {
    const { comparisons, segments } = judge(rowsOf({ es: [4000, 400, 4000, 560], pt: [20, 2, 20, 3] }));
    expect([comparisons, segments.length]).toEqual([1, 2]);
    expect(segments[0]?.variants[0]?.pAdjusted).toBe(segments[0]?.variants[0]?.p);
  });

  test("beyond twelve of a parting the small ones are told together, and nobody is lost", () => {
    const many = Object.fromEntries(
      Array.from({ length: 15 }, (_, at): [string, Counts] => [`l${at}`, [1000 - at, 100, 1000 - at, 100]]),
    );
    const { segments } = judge(rowsOf(many));
    expect(segments).toHaveLength(13);
    expect(segments.at(-1)).toMatchObject({ id: null, merged: 3, arms: [{ n: 988 + 987 + 986 }, {}] });
    expect(segments.reduce((sum, { arms: [first] }) => sum + (first?.n ?? 0), 0)).toBe(15 * 1000 - 105);
  });

  test("of whom nothing is known they are a segment, but not people without any number", () => {
    const rows = [...rowsOf({ "?": [500, 50, 500, 50] }, "country"), ...rowsOf({ "?": [500, 50, 500, 50] }, "number")];
    expect(judge(rows).segments).toMatchObject([{ by: "country", id: null, merged: 0 }]);
  });

  test("the shares of each are held against a threshold that allows for all of them", () => {
    // 5,000 to 5,340: p = .00083.
    const off: Counts = [5000, 500, 5340, 540];
    expect(judge(rowsOf({ es: off })).segments[0]?.shares.status).toBe("mismatch");
    expect(judge(rowsOf({ es: off, pt: [4000, 400, 4000, 400] })).segments[0]?.shares.status).toBe("ok");
  });

  test("nobody at all", () => expect(judge([])).toMatchObject({ segments: [], comparisons: 0 }));
});

const aSegment = fc
  .record({
    n: fc.integer({ min: 500, max: 5000 }),
    base: fc.double({ min: 0.05, max: 0.6, noNaN: true }),
    lift: fc.double({ min: -0.4, max: 0.6, noNaN: true }),
  })
  .map(({ n, base, lift }): Counts => [n, Math.round(n * base), n, Math.min(n, Math.round(n * base * (1 + lift)))]);

test.each(["fixed", "sequential"] as const)(
  "%s: an interval leaves 0 exactly where its adjusted p is below alpha, whatever the segments are",
  (method) => {
    fc.assert(
      fc.property(fc.array(aSegment, { minLength: 1, maxLength: 10 }), (all) => {
        const rows = rowsOf(Object.fromEntries(all.map((counts, at) => [`s${at}`, counts])));
        for (const { variants } of judge(rows, { method }).segments)
          for (const { pAdjusted, standing, method: by } of variants)
            if (by !== "newcombe-fisher" && by !== "sequential-newcombe")
              expect(standing !== "open").toBe((pAdjusted ?? 1) < plan.alpha);
      }),
      { numRuns: 300 },
    );
  },
);
