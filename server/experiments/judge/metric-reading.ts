import type { ExperimentArm } from "#flow/experiment.ts";
import type { ExperimentMethod, ExperimentPlan } from "#flow/experiment-plan.ts";
import { armOf, type DayMoments } from "../moments/read-moments.ts";
import type { ReadMetric } from "../read-metrics.ts";
import type { Interval } from "../statistics/distributions.ts";
import { liftOfArms } from "../statistics/lift.ts";
import { momentsOf } from "../statistics/means.ts";
import { adjustedCI } from "../statistics/multiple.ts";
import { wilson } from "../statistics/rates.ts";
import { isHarmExcluded, type Standing, standingOf } from "../statistics/verdict.ts";
import { type Compared, compareArms } from "./compare-arms.ts";
import type { EvenedOut } from "./even-out.ts";

export type MetricRole = "primary" | "secondary" | "guardrail";
export type Harm = "seen" | "not-ruled-out" | "ruled-out";

/** One metric over the matured people of each arm. `rows` are its sums by arm and day. */
export type Measured = {
  metric: ReadMetric;
  role: MetricRole;
  windowHours: number;
  /** Guardrails: the most that may be lost. */
  margin: number | null;
  rows: readonly DayMoments[];
};

export type ArmReading = {
  arm: string;
  n: number;
  sum: number;
  /** What the sum is divided by where that is not the people. */
  over: number | null;
  value: number | null;
  interval: Interval;
};

export type VariantReading = Compared & {
  arm: string;
  pAdjusted: number | null;
  standing: Standing;
  harm: Harm | null;
  /** By the days before the assignment, where those were read and say anything. */
  evenedOut: EvenedOut | null;
};

export type MetricReading = Omit<Measured, "rows" | "metric"> & {
  metric: Omit<ReadMetric, "source">;
  arms: ArmReading[];
  variants: VariantReading[];
};

type Planned = { arms: readonly ExperimentArm[]; plan: ExperimentPlan };

/** Reads one metric; `until`: as of that day of assignment. P values are not adjusted yet. */
export function readMetric(measured: Measured, { arms, plan }: Planned, until?: string): MetricReading {
  const { rows, metric, ...chosen } = measured;
  const { source: _, ...named } = metric;
  const [baseline, ...variants] = arms;
  const sums = (arm: ExperimentArm | undefined) => armOf(rows, metric.kind, arm?.id ?? "", until);
  const lowerIsBetter = metric.better === "lower";
  const options = { alpha: plan.alpha, planned: plannedPair(plan, arms.length), lowerIsBetter };
  return {
    ...chosen,
    metric: named,
    arms: arms.map((arm) => armReading(arm.id, sums(arm), plan.alpha)),
    variants: variants.map((arm) => {
      const compared = compareArms(sums(baseline), sums(arm), options);
      return settled({ ...compared, arm: arm.id, pAdjusted: compared.p, evenedOut: null }, measured);
    }),
  };
}

/** The people of two arms together for whom the interval of many looks is narrowest; null: one looks once. */
export const plannedPair = ({ method, people }: ExperimentPlan, arms: number): number | null =>
  looksOften(method) ? Math.max(2, Math.round((people * 2) / arms)) : null;

/** A bandit is looked at every day, too. */
const looksOften = (method: ExperimentMethod): boolean => method !== "fixed";

/** What one arm came to by itself. */
export function armReading(arm: string, sums: ReturnType<typeof armOf>, alpha: number): ArmReading {
  const { n } = sums;
  const mean = momentsOf(sums).mean;
  const value = Number.isFinite(mean) ? mean : null;
  if (sums.type === "proportion")
    return { arm, n, sum: sums.sum, over: null, value, interval: wilson({ x: sums.sum, n, alpha }) };
  if (sums.type === "ratio") return { arm, n, sum: sums.mSum, over: sums.dSum, value, interval: [null, null] };
  return { arm, n, sum: sums.type === "mean" ? sums.sum : sums.postSum, over: null, value, interval: [null, null] };
}

/** The same comparison under an adjusted p: its interval is widened until it agrees with it. */
export function adjustVariant(
  variant: VariantReading,
  measured: Measured,
  { pAdjusted, plan }: { pAdjusted: number; plan: ExperimentPlan },
  [baseline, arm]: readonly [string, string],
): VariantReading {
  const { difference, se, p } = variant;
  if (difference === null || p === null || pAdjusted <= p || se === null) return { ...variant, pAdjusted };
  const ci = adjustedCI({ pAdj: pAdjusted, expected: difference, alpha: plan.alpha });
  const [low, high] = ci;
  const reach = low === null || high === null || !(se > 0) ? null : (high - low) / 2 / se;
  const { rows, metric } = measured;
  const pair = { a: armOf(rows, metric.kind, baseline), b: armOf(rows, metric.kind, arm) };
  const liftCi: Interval = reach === null || variant.lift === null ? [null, null] : liftOfArms(pair, reach);
  return settled({ ...variant, pAdjusted, ci, liftCi, reach }, measured);
}

function settled(
  variant: Omit<VariantReading, "standing" | "harm">,
  { metric, role, margin }: Measured,
): VariantReading {
  const lowerIsBetter = metric.better === "lower";
  const standing = standingOf([...variant.ci], lowerIsBetter);
  return {
    ...variant,
    standing,
    harm: role === "guardrail" ? harmOf(variant.ci, standing, { lowerIsBetter, margin }) : null,
  };
}

/** That no harm was found is not yet safety: only an interval that ends before the margin excludes it. */
function harmOf(
  ci: Interval,
  standing: Standing,
  { lowerIsBetter, margin }: { lowerIsBetter: boolean; margin: number | null },
): Harm {
  if (standing === "lost") return "seen";
  return isHarmExcluded([...ci], lowerIsBetter, margin ?? 0) ? "ruled-out" : "not-ruled-out";
}
