import type { ExperimentArm } from "#flow/experiment.ts";
import { armOf, type DayMoments } from "../moments/read-moments.ts";
import type { ReadMetric } from "../read-metrics.ts";
import { type BeforeArm, preBalance } from "../statistics/balance.ts";
import { momentsOf } from "../statistics/means.ts";
import type { ArmCount } from "./check-shares.ts";
import type { Measured } from "./metric-reading.ts";

/** What the people of a variant and of the baseline had done in the days before they were assigned. */
export type BalancePair = {
  metric: Omit<ReadMetric, "source">;
  arm: string;
  before: { baseline: number; variant: number };
  difference: number;
  standardised: number | null;
  p: number;
  isUnbalanced: boolean;
  /** On so many days the people up to then were apart. */
  daysSeen: number;
};

export type BalanceCheck = {
  /** moved: the weights have moved, so that the arms got their people at other times. nothing-before: nobody differed in anything. */
  status: "ok" | "unbalanced" | "not-enough-data" | "moved" | "nothing-before";
  /** All that could be tested, those that are apart first. */
  pairs: BalancePair[];
};

type Facts = { measured: readonly Measured[]; arms: readonly ExperimentArm[]; counts: readonly ArmCount[] };

/**
 * Whether the arms were alike before the experiment, in each metric that it is measured by: chance assigns, so they should have been. A
 * warning and no more: the verdict asks it nothing, since what came before was not promised to count. Of a quotient nothing is asked,
 * nor while weights move: who comes later has had other days before. Pure.
 */
export function checkBalance({ measured, arms, counts }: Facts): BalanceCheck {
  if (new Set(counts.map(({ weights }) => drawnBy(weights))).size > 1) return { status: "moved", pairs: [] };
  const [baseline, ...variants] = arms.map(({ id }) => id);
  const asked = measured
    .filter(({ metric }) => metric.kind !== "ratio")
    .flatMap((one) => variants.map((arm) => ({ ...one, arm, baseline: baseline ?? "" })));
  const told = asked.map((one) => ({ one, seen: balanceOf(one, 1) }));
  const testable = told.flatMap(({ one, seen }) => (seen.p === null ? [] : [one]));
  const pairs = testable.flatMap((one) => pairOf(one, testable.length)).toSorted((a, b) => a.p - b.p);
  if (pairs.some(({ isUnbalanced }) => isUnbalanced)) return { status: "unbalanced", pairs };
  if (pairs.length > 0) return { status: "ok", pairs };
  const hasFew = told.length === 0 || told.some(({ seen }) => seen.status === "not-enough-data");
  return { status: hasFew ? "not-enough-data" : "nothing-before", pairs };
}

type Asked = Measured & { arm: string; baseline: string };

function balanceOf({ rows, metric, arm, baseline }: Asked, tests: number, until?: string) {
  const earlier = rows.map(beforeOf);
  const sums = (id: string) => armOf(earlier, metric.kind, id, until) as BeforeArm;
  return { ...preBalance({ a: sums(baseline), b: sums(arm), tests }), sums };
}

function pairOf(asked: Asked, tests: number): BalancePair[] {
  const { p, difference, standardised, status, sums } = balanceOf(asked, tests);
  if (p === null || difference === null) return [];
  const { source: _, ...metric } = asked.metric;
  const days = [...new Set(asked.rows.map(({ day }) => day))];
  const isUnbalanced = status === "unbalanced";
  return [
    {
      ...{ metric, arm: asked.arm, difference, standardised, p, isUnbalanced },
      before: { baseline: momentsOf(sums(asked.baseline)).mean, variant: momentsOf(sums(asked.arm)).mean },
      // Nobody asks of what is alike by now on how many days it was not.
      daysSeen: isUnbalanced ? days.filter((day) => balanceOf(asked, tests, day).status === "unbalanced").length : 0,
    },
  ];
}

/** The days before in the place of what came after, so that the same sums are made of them. */
const beforeOf = (row: DayMoments): DayMoments => ({ ...row, sum: row.before, sumSquares: row.beforeSquares });

const drawnBy = (weights: Readonly<Record<string, number>>): string =>
  Object.entries(weights)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([arm, weight]) => `${arm} ${weight}`)
    .join();
