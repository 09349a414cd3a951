import type { ExperimentArm } from "#flow/experiment.ts";
import type { ExperimentPlan } from "#flow/experiment-plan.ts";
import { armOf, type MomentKind } from "../moments/read-moments.ts";
import { type Parting, partings, type SegmentMoments } from "../moments/read-segment-moments.ts";
import type { ReadMetric } from "../read-metrics.ts";
import { benjaminiHochberg } from "../statistics/multiple.ts";
import { retuned } from "../statistics/sequential.ts";
import { leastData, type Standing, standingOf } from "../statistics/verdict.ts";
import { checkShares, type ShareCheck } from "./check-shares.ts";
import { type Compared, type CompareOptions, compareArms } from "./compare-arms.ts";
import { type ArmReading, armReading, plannedPair } from "./metric-reading.ts";

export type SegmentVariant = Compared & { arm: string; pAdjusted: number | null; standing: Standing };

export type Segment = {
  by: Parting;
  /** "es", "CO", a number's id; null: nothing is known of these people, or they are of `merged` small segments. */
  id: string | null;
  merged: number;
  arms: ArmReading[];
  shares: Pick<ShareCheck, "p" | "status">;
  /** Too few people or events to compare: no difference is told. */
  isSmall: boolean;
  variants: SegmentVariant[];
};

export type Segmented = {
  segments: Segment[];
  /** So many comparisons were told together, and each interval holds at `level`, so that it agrees with the adjusted p. */
  comparisons: number;
  level: number;
};

type Facts = {
  rows: readonly SegmentMoments[];
  metric: Pick<ReadMetric, "kind" | "better">;
  plan: ExperimentPlan;
  arms: readonly ExperimentArm[];
  /** By which weights the people of a row were drawn. */
  weigh: (row: SegmentMoments) => Readonly<Record<string, number>>;
};

/** Of one parting; the smaller ones are told together. */
const mostSegments = 12;

/**
 * The primary metric within each segment: exploratory. All comparisons told are one family, adjusted by Benjamini and Hochberg; of R that
 * it tells apart among m the intervals are at level R alpha / m (alpha / m where it tells none), so that an interval excludes 0 exactly
 * when its adjusted p is below alpha. The shares of each are held against a threshold that allows for all. Pure.
 * Source: Benjamini and Yekutieli 2005, "False Discovery Rate-Adjusted Multiple Confidence Intervals for Selected Parameters".
 */
export function judgeSegments(facts: Facts): Segmented {
  const groups = groupsOf(facts.rows);
  const { alpha } = facts.plan;
  const first = groups.map((group) => comparedIn(group, facts, alpha));
  const places = first.flatMap((variants, at) =>
    variants.flatMap(({ p }, nth) => (p === null ? [] : [{ at, nth, p }])),
  );
  const raised = benjaminiHochberg({ p: places.map(({ p }) => p) });
  const told = raised.filter((p) => p < alpha).length;
  const level = (alpha * Math.max(1, told)) / Math.max(1, places.length);
  const segments = groups.map((group, at): Segment => {
    const adjusted = (nth: number) => raised[places.findIndex((place) => place.at === at && place.nth === nth)] ?? null;
    const counts = group.rows.map((row) => ({ arm: row.arm, n: row.n, day: "", weights: facts.weigh(row) }));
    const { p, status } = checkShares(counts, facts.arms, groups.length);
    return {
      ...{ by: group.by, id: group.id, merged: group.merged, shares: { p, status } },
      arms: facts.arms.map(({ id }) => armReading(id, armOf(group.rows, facts.metric.kind, id), alpha)),
      isSmall: isSmall(group, facts),
      variants: comparedIn(group, facts, level).map((variant, nth) => ({ ...variant, pAdjusted: adjusted(nth) })),
    };
  });
  return { segments, comparisons: places.length, level };
}

type Group = Pick<Segment, "by" | "id" | "merged"> & { rows: SegmentMoments[] };

/** The segments of each parting, the largest first, the small ones beyond the most that are shown in one. */
function groupsOf(rows: readonly SegmentMoments[]): Group[] {
  const parted = Map.groupBy(rows, ({ by }) => by);
  return partings.flatMap((by) => {
    const own = parted.get(by) ?? [];
    const all = [...Map.groupBy(own, ({ segment }) => segment)]
      .map(([id, rows]): Group => ({ by, id, merged: 0, rows }))
      // Whom no message reached yet has no number; that is no segment of people.
      .filter(({ id }) => by !== "number" || id !== null)
      .toSorted((one, other) => peopleIn(other) - peopleIn(one));
    const [shown, rest] = [all.slice(0, mostSegments), all.slice(mostSegments)];
    if (rest.length === 0) return shown;
    return [...shown, { by, id: null, merged: rest.length, rows: rest.flatMap(({ rows }) => rows) }];
  });
}

const peopleIn = ({ rows }: Group): number => rows.reduce((sum, { n }) => sum + n, 0);

/** Compared at a level with the tuning of the plan, so that another level changes no p. None of a small segment. */
function comparedIn(group: Group, facts: Facts, level: number): SegmentVariant[] {
  if (isSmall(group, facts)) return [];
  const { plan, arms, metric } = facts;
  const lowerIsBetter = metric.better === "lower";
  const planned = plannedPair(plan, arms.length);
  const options: CompareOptions = {
    ...{ alpha: level, lowerIsBetter },
    planned: planned === null ? null : retuned({ nStar: planned, from: plan.alpha, to: level }),
  };
  const [baseline, ...variants] = arms.map(({ id }) => ({ id, sums: armOf(group.rows, metric.kind, id) }));
  if (!baseline) return [];
  return variants.map(({ id, sums }) => {
    const compared = compareArms(baseline.sums, sums, options);
    return { ...compared, arm: id, pAdjusted: null, standing: standingOf([...compared.ci], lowerIsBetter) };
  });
}

/**
 * Fewer than 100 people in an arm, or, of a rate, fewer than ten events per arm on average. Asked of all arms together and not of each: an
 * arm must not fall silent because it did badly.
 */
function isSmall({ rows }: Group, { metric, arms }: Facts): boolean {
  const sums = arms.map(({ id }) => sumsOf(rows, metric.kind, id));
  const events = sums.reduce((sum, one) => sum + one.sum, 0);
  return (
    sums.some(({ n }) => n < leastData.people) ||
    (metric.kind === "rate" && events < leastData.conversions * arms.length)
  );
}

function sumsOf(rows: readonly SegmentMoments[], kind: MomentKind, arm: string): { n: number; sum: number } {
  const sums = armOf(rows, kind, arm);
  return { n: sums.n, sum: sums.type === "proportion" ? sums.sum : 0 };
}
