import { describe, expect, test } from "vitest";
import { bestArm } from "./bandit.ts";
import { effectPosterior } from "./bayesian.ts";
import { costPerIncremental, holdoutIncremental } from "./holdout.ts";
import { daysLeft, plannedDays, smallestEffect } from "./power.ts";
import { decideVerdict, isHarmExcluded, standingOf, type VerdictFacts } from "./verdict.ts";

const facts: VerdictFacts = {
  arms: [
    { people: 5000, conversions: 200 },
    { people: 5000, conversions: 260 },
  ],
  unhealthy: [],
  days: 10,
  plannedEnd: false,
  method: "sequential",
  clear: false,
  daysLeft: 12,
  isHoldout: false,
  variants: [{ primary: ["won"], guardrails: ["open"] }],
};

describe("the verdict", () => {
  test.each<[string, Partial<VerdictFacts>, object]>([
    ["a winner at any look with the sequential method", {}, { state: "ship", arm: 1 }],
    [
      "the same before the planned end with the fixed one: not yet",
      { method: "fixed" },
      { state: "running", daysLeft: 12 },
    ],
    ["at its planned end", { method: "fixed", plannedEnd: true }, { state: "ship", arm: 1 }],
    ["or when it is very clear", { method: "fixed", clear: true }, { state: "ship", arm: 1 }],
    [
      "sick data say nothing, whatever they show",
      { unhealthy: ["sample-ratio"] },
      { state: "unhealthy", reasons: ["sample-ratio"] },
    ],
    ["too few people", { arms: [{ people: 99, conversions: 50 }] }, { state: "not-enough", missing: "people" }],
    [
      "too few conversions",
      { arms: [{ people: 999, conversions: 9 }] },
      { state: "not-enough", missing: "conversions" },
    ],
    ["less than a week", { days: 6 }, { state: "not-enough", missing: "days" }],
    [
      "a metric that is no count asks for no conversions",
      { arms: [{ people: 999, conversions: null }] },
      { state: "ship", arm: 1 },
    ],
    [
      "a lost guardrail outweighs a won primary",
      { variants: [{ primary: ["won"], guardrails: ["lost"] }] },
      { state: "rollback", arms: [1] },
    ],
    [
      "of a flow held against nothing it is a price to weigh",
      { isHoldout: true, variants: [{ primary: ["won"], guardrails: ["lost"] }] },
      { state: "review", reason: "weigh" },
    ],
    [
      "which nothing outweighs where nothing was won",
      { isHoldout: true, variants: [{ primary: ["open"], guardrails: ["lost"] }] },
      { state: "rollback", arms: [1] },
    ],
    [
      "and which waits for the planned end with the fixed method",
      { isHoldout: true, method: "fixed", variants: [{ primary: ["won"], guardrails: ["lost"] }] },
      { state: "running", daysLeft: 12 },
    ],
    ["a lost primary", { variants: [{ primary: ["lost"], guardrails: [] }] }, { state: "rollback", arms: [1] }],
    [
      "one of two primaries won",
      { variants: [{ primary: ["won", "open"], guardrails: [] }] },
      { state: "running", daysLeft: 12 },
    ],
    [
      "nothing clear at the planned end",
      { plannedEnd: true, variants: [{ primary: ["open"], guardrails: [] }] },
      { state: "review", reason: "no-clear-winner" },
    ],
    [
      "a winner beside one that is out",
      {
        variants: [
          { primary: ["lost"], guardrails: [] },
          { primary: ["won"], guardrails: [] },
        ],
      },
      { state: "ship", arm: 2 },
    ],
    [
      "a winner beside one that is open waits",
      {
        variants: [
          { primary: ["won"], guardrails: [] },
          { primary: ["open"], guardrails: [] },
        ],
      },
      { state: "running", daysLeft: 12 },
    ],
    [
      "two winners are for people",
      {
        variants: [
          { primary: ["won"], guardrails: [] },
          { primary: ["won"], guardrails: [] },
        ],
      },
      { state: "review", reason: "several-winners" },
    ],
  ])("%s", (_, changed, verdict) => {
    expect(decideVerdict({ ...facts, ...changed })).toEqual(verdict);
  });

  test.each([
    [[0.001, 0.02], false, "won"],
    [[0.001, 0.02], true, "lost"],
    [[-0.02, -0.001], true, "won"],
    [[-0.01, 0.01], false, "open"],
    [[0, 0.01], false, "open"],
    [[null, null], false, "open"],
  ] as const)("an interval of %j, lower is better: %s, reads %s", (ci, lowerIsBetter, standing) => {
    expect(standingOf([...ci], lowerIsBetter)).toBe(standing);
  });

  test("harm that was not found is not yet excluded", () => {
    expect(isHarmExcluded([-0.001, 0.0009], true, 0.001)).toBe(true);
    expect(isHarmExcluded([-0.001, 0.0011], true, 0.001)).toBe(false);
    expect(isHarmExcluded([null, null], true, 0.001)).toBe(false);
  });
});

describe("what a plan asks for", () => {
  test("the smallest effect that a planned size finds is the planned one", () => {
    expect(smallestEffect({ p: 0.04, n: 10_317, alpha: 0.05, power: 0.8 })).toBeCloseTo(0.008, 4);
  });
  test("looking daily asks for a larger one", () => {
    const often = smallestEffect({ p: 0.04, n: 10_317, alpha: 0.05, power: 0.8, nStar: 20_634 });
    expect(often).toBeGreaterThan(0.009);
  });
  test("nobody finds nothing", () => expect(smallestEffect({ p: 0.04, n: 0, alpha: 0.05, power: 0.8 })).toBeNull());
  test.each([
    [10_317, 2, 5000, 35],
    [100, 2, 5000, 7],
    [100, 2, 0, null],
    [Number.POSITIVE_INFINITY, 2, 10, null],
  ])("%d per arm of %d with %d people a week: %s days", (perArm, arms, weeklyPeople, days) => {
    expect(plannedDays({ perArm, arms, weeklyPeople })).toBe(days);
  });
  test("half the planned error needs four times the days", () => {
    const wanted = 0.008 / (1.9599639846 + 0.8416212336);
    expect(daysLeft({ se: wanted * 1.9999, target: 0.008, days: 7, alpha: 0.05, power: 0.8 })).toBe(21);
    expect(daysLeft({ se: wanted / 2, target: 0.008, days: 7, alpha: 0.05, power: 0.8 })).toBe(0);
  });
});

test("a prior draws a wild effect of few people towards none, and turns round where less is better", () => {
  const wild = effectPosterior({ expected: 1, se: 0.5, priorSd: 0.3 });
  expect(wild.mean).toBeCloseTo(0.2647, 4);
  const less = effectPosterior({ expected: 1, se: 0.5, priorSd: 0.3, lowerIsBetter: true });
  expect(less.chanceToWin).toBeCloseTo(1 - wild.chanceToWin, 12);
  expect(effectPosterior({ expected: 1, se: 0.5, priorSd: Number.POSITIVE_INFINITY }).mean).toBe(1);
});

test("a bandit's best arm is called only after a week and three updates in a row", () => {
  const sure = [0.02, 0.98];
  expect(bestArm({ history: [sure, sure, sure], days: 7 })).toBe(1);
  expect(bestArm({ history: [sure, sure, sure], days: 6 })).toBeNull();
  expect(bestArm({ history: [sure, [0.06, 0.94], sure], days: 9 })).toBeNull();
  expect(bestArm({ history: [sure, sure], days: 9 })).toBeNull();
});

test("a holdout with nobody says nothing, and one that may have done nothing has no price", () => {
  expect(holdoutIncremental({ xT: 5, nT: 100, xH: 0, nH: 0, alpha: 0.05 }).incremental).toBeNull();
  expect(costPerIncremental({ xT: 2280, nT: 47_500, xH: 110, nH: 2500, alpha: 0.05, spend: 900 }).cost).toBeNull();
  const priced = costPerIncremental({ xT: 2280, nT: 47_500, xH: 60, nH: 2500, alpha: 0.05, spend: 900 });
  expect(priced.cost).toBeCloseTo(900 / 1140, 6);
  expect(priced.ci[0]).toBeLessThan(priced.cost ?? 0);
});
