import { leastCompared, leastConversions, type Metric, type MetricId, metrics } from "#flow/metric.ts";
import { fiellerLiftProportion } from "#server/experiments/statistics/lift.ts";
import { compareRates, isDifferent, wilson } from "#server/experiments/statistics/rates.ts";
import type { Sums } from "./sums.ts";

/** All intervals of the dashboard are at 95 %. */
const alpha = 0.05;

/** How far two periods lie apart; points: difference of two shares. relative: part of the earlier value. */
export type Change = {
  by: "points" | "relative";
  amount: number;
  range: [number, number] | null;
  /** The range excludes "no change". Without a range nothing is said to be clear. */
  isClear: boolean;
  /** By the metric's own direction; neither: it has none, or the change is not clear. */
  isGood: boolean | null;
};

/** One number with what it is made of. Shares are between 0 and 1, money is in millionths. */
export type Judged = {
  metric: MetricId;
  numerator: number;
  denominator: number | null;
  /** Null: there is nothing to divide by, or too little to say anything (`leastConversions`). */
  value: number | null;
  range: [number, number] | null;
  /** Null: there is nothing, or too little, to compare it with (`leastCompared`). */
  change: Change | null;
};

/**
 * One metric of a period beside the one before. Rates have Wilson's range, and their change is a difference in points. What a conversion
 * costs varies with the rate of conversions alone: what messages cost is known. So its range is that of the rate turned round, and that of
 * its change is the rate's lift (Fieller) turned round. Pure.
 */
export function judgeMetric(metric: MetricId, now: Sums, before: Sums): Judged {
  if (metric === "cost-per-conversion") return judgeCost(now, before);
  if (metric === "cost" || metric === "value") return judgeAmount(metric, now, before);
  const { numerator, denominator } = metrics[metric];
  const [x, n] = [now[numerator], now[denominator]];
  const judged = { metric, numerator: x, denominator: n, value: n === 0 ? null : x / n };
  const change = { x1: before[numerator], n1: before[denominator], x2: x, n2: n };
  return {
    ...judged,
    range: n === 0 ? null : wilson({ x: Math.min(x, n), n, alpha }),
    change:
      metric === "sent" ? relative(metric, x, { amount: before.sent, sent: before.sent }) : rateChange(metric, change),
  };
}

type TwoRates = { x1: number; n1: number; x2: number; n2: number };

function rateChange(metric: MetricId, rates: TwoRates): Change | null {
  const compared = rates.n1 < leastCompared ? null : compareRates({ ...rates, alpha });
  if (!compared) return null;
  const isClear = isDifferent(compared.ci);
  return {
    by: "points",
    amount: compared.diff,
    range: compared.ci,
    isClear,
    isGood: isClear ? isGood(metric, compared.diff) : null,
  };
}

/** Of a plain amount: more or less of it is a fact, and neither good nor bad. */
function relative(metric: MetricId, now: number, before: { amount: number; sent: number }): Change | null {
  if (before.amount === 0 || before.sent < leastCompared) return null;
  return { by: "relative", amount: now / before.amount - 1, range: null, isClear: false, isGood: isGood(metric, 0) };
}

function judgeAmount(metric: "cost" | "value", now: Sums, before: Sums): Judged {
  const amountOf = (sums: Sums) => sums[`${metric}Micros`];
  return {
    metric,
    numerator: amountOf(now),
    denominator: null,
    value: amountOf(now),
    range: null,
    change: relative(metric, amountOf(now), { amount: amountOf(before), sent: before.sent }),
  };
}

function judgeCost(now: Sums, before: Sums): Judged {
  const metric = "cost-per-conversion";
  const costOf = ({ costMicros, converted }: Sums) =>
    converted < leastConversions || costMicros === 0 ? null : costMicros / converted;
  const [value, earlier] = [costOf(now), costOf(before)];
  const judged: Judged = {
    metric,
    numerator: now.costMicros,
    denominator: now.converted,
    value,
    range: null,
    change: null,
  };
  if (value === null) return judged;
  const each = now.costMicros / now.sent;
  const [low, high] = wilson({ x: now.converted, n: now.sent, alpha });
  const range: [number, number] = [each / high, each / low];
  return {
    ...judged,
    range,
    change: earlier === null || before.sent < leastCompared ? null : costChange(now, before, value / earlier - 1),
  };
}

function costChange(now: Sums, before: Sums, amount: number): Change {
  const [low, high] = fiellerLiftProportion({
    x1: before.converted,
    n1: before.sent,
    x2: now.converted,
    n2: now.sent,
    alpha,
  });
  const dearer = now.costMicros / now.sent / (before.costMicros / before.sent);
  const range: [number, number] | null =
    low === null || high === null || low <= -1 ? null : [dearer / (1 + high) - 1, dearer / (1 + low) - 1];
  const isClear = range !== null && isDifferent(range);
  return { by: "relative", amount, range, isClear, isGood: isClear ? isGood("cost-per-conversion", amount) : null };
}

function isGood(metric: MetricId, difference: number): boolean | null {
  const { better }: Metric = metrics[metric];
  if (better === "neither" || difference === 0) return null;
  return better === "higher" ? difference > 0 : difference < 0;
}
