import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { GrowthBook } from "@growthbook/growthbook";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { planoutUniform, unleashNormalized } from "#scripts/other-hashes.ts";
import { chooseVariation, gbHash, getBucketRanges } from "./statistics/assignment.ts";
import { fiellerLiftProportion, liftOfArms } from "./statistics/lift.ts";
import { compareRates, isDifferent } from "./statistics/rates.ts";
import { sequential } from "./statistics/sequential.ts";
import { askStatistic } from "./statistics.ts";

const folder = path.join(import.meta.dirname, "cases");
const File = z.object({
  cases: z.array(
    z.object({
      id: z.string(),
      fn: z.string(),
      input: z.record(z.string(), z.unknown()),
      expected: z.unknown(),
      tol: z.object({ abs: z.number().optional(), rel: z.number().optional() }),
    }),
  ),
});
const cases = readdirSync(folder).flatMap(
  (file) => File.parse(JSON.parse(readFileSync(path.join(folder, file), "utf8"))).cases,
);

const others: Record<string, (input: never) => unknown> = { unleashNormalized, planoutUniform };

/** Where an answer differs from what was expected by more than the tolerance; null in what is expected is not checked. */
function differences(expected: unknown, came: unknown, tol: { abs?: number; rel?: number }, at = ""): string[] {
  if (expected === null) return [];
  if (typeof expected === "number") {
    const room = tol.abs ?? Math.abs(expected) * (tol.rel ?? 0);
    return typeof came === "number" && Math.abs(came - expected) <= room ? [] : [`${at}: ${came} for ${expected}`];
  }
  if (typeof expected !== "object") return Object.is(expected, came) ? [] : [`${at}: ${came} for ${expected}`];
  if (typeof came !== "object" || came === null) return [`${at}: ${came}`];
  const isWhole = !Array.isArray(expected) || (Array.isArray(came) && came.length === expected.length);
  const inside = Object.entries(expected ?? {}).flatMap(([key, value]) =>
    differences(value, Reflect.get(came, key), tol, `${at}.${key}`),
  );
  return isWhole ? inside : [`${at}: another length`, ...inside];
}

test.each(cases.map((each) => [each.fn, each.id, each] as const))("%s: %s", (fn, _, { input, expected, tol }) => {
  const other = others[fn];
  const came = other ? other(input as never) : askStatistic({ fn, input });
  expect(differences(expected, came, tol)).toEqual([]);
});

test("the check of the cases finds an answer that is off", () => {
  expect(differences([0.5, { p: 1 }], [0.5, { p: 1.01 }], { abs: 1e-3 })).toHaveLength(1);
  expect(differences([1, 2], [1], { abs: 1 })).not.toEqual([]);
});

describe("a question that cannot be answered says why", () => {
  test.each([
    ["an unknown name", { fn: "toString", input: {} }, "there is no statistic"],
    ["more successes than people", { fn: "wilson", input: { x: 5, n: 4, alpha: 0.05 } }, "x must not be more than n"],
    ["an alpha of 0", { fn: "wilson", input: { x: 1, n: 4, alpha: 0 } }, "alpha"],
    ["no question", 7, "ask as"],
  ])("%s", (_, question, words) => {
    expect(JSON.stringify(askStatistic(question))).toContain(words);
  });
});

const counts = fc
  .record({
    n1: fc.integer({ min: 1, max: 200_000 }),
    n2: fc.integer({ min: 1, max: 200_000 }),
    a: fc.double({ min: 0, max: 1, noNaN: true }),
    b: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ n1, n2, a, b }) => ({ n1, n2, x1: Math.round(n1 * a ** 3), x2: Math.round(n2 * b ** 3), alpha: 0.05 }));

describe("one verdict", () => {
  test("lift and difference exclude 0 together, with the fixed method", () => {
    fc.assert(
      fc.property(counts, (given) => {
        const compared = compareRates(given);
        const lift = fiellerLiftProportion(given);
        if (compared?.method !== "z-unpooled" || lift[0] === null) return;
        expect(isDifferent(lift)).toBe(isDifferent(compared.ci));
      }),
      { numRuns: 2000 },
    );
  });

  test("and with the sequential one, whose p is below alpha at the same moment", () => {
    fc.assert(
      fc.property(counts, ({ n1, n2, x1, x2, alpha }) => {
        const [a, b] = [
          { type: "proportion" as const, n: n1, sum: x1 },
          { type: "proportion" as const, n: n2, sum: x2 },
        ];
        const effect = sequential({ a, b, alpha, nStar: 5000 });
        if (effect.reason || effect.ci[0] === null || effect.ci[1] === null) return;
        expect(isDifferent(effect.ci)).toBe((effect.p ?? 1) < alpha);
        const multiplier = (effect.ci[1] - effect.ci[0]) / 2 / effect.se;
        const lift = liftOfArms({ a, b }, multiplier);
        if (lift[0] !== null) expect(isDifferent(lift)).toBe(isDifferent(effect.ci));
      }),
      { numRuns: 2000 },
    );
  });

  test("every pair of counts with people has an answer: finite limits and a p between 0 and 1", () => {
    fc.assert(
      fc.property(counts, (given) => {
        const compared = compareRates(given);
        expect(compared?.ci.every(Number.isFinite)).toBe(true);
        expect(compared?.p).toBeGreaterThanOrEqual(0);
        expect(compared?.p).toBeLessThanOrEqual(1);
      }),
      { numRuns: 1000 },
    );
  });
});

test("people fall where GrowthBook's own library puts them", () => {
  const weights = [0.2, 0.3, 0.5];
  for (let person = 0; person < 500; person += 1) {
    const id = `person-${person}`;
    const theirs = new GrowthBook({ attributes: { id } }).run({
      key: "loan",
      seed: "loan",
      variations: [0, 1, 2],
      weights,
      hashVersion: 2,
    });
    const n = gbHash({ seed: "loan", value: id, version: 2 }) ?? -1;
    expect(chooseVariation({ n, ranges: getBucketRanges({ numVariations: 3, coverage: 1, weights }) })).toBe(
      theirs.variationId,
    );
  }
});
