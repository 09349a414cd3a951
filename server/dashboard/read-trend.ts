import { z } from "zod";
import { type MetricId, metricIds } from "#flow/metric.ts";
import type { Actor } from "#server/trpc.ts";
import { DashboardFilter } from "./dashboard-filter.ts";
import { judgeMetric } from "./judge-metric.ts";
import { type DaySums, readDays } from "./read-days.ts";
import { noSums } from "./sums.ts";
import { thinDays } from "./thin-days.ts";

export const ReadTrend = DashboardFilter.safeExtend({ metric: z.enum(metricIds) });

/**
 * One metric day by day, each with its range, beside the same day of the period before. A day with far fewer messages than others, such as
 * one that has only begun, has its counts and no value. Of "sent" the value is the number itself.
 */
export async function readTrend(actor: Actor, { metric, ...filter }: z.output<typeof ReadTrend>) {
  const { currencies, days, daysBefore } = await readDays(actor, filter);
  const isThin = thinDays(days, ({ sent }) => sent);
  const points = days.map((sums, index) => {
    const { value, low, high, numerator, denominator } = pointOf(metric, sums);
    const isShown = metric === "sent" || !isThin(sums);
    const earlier = daysBefore[index];
    return {
      day: sums.day,
      value: isShown ? value : null,
      low: isShown ? low : null,
      high: isShown ? high : null,
      numerator,
      denominator: denominator ?? 0,
      before: earlier ? pointOf(metric, earlier).value : null,
    };
  });
  return { currency: currencies[0] ?? null, points };
}

function pointOf(metric: MetricId, sums: DaySums) {
  const { value, range, numerator, denominator } = judgeMetric(metric, sums, noSums);
  if (metric === "sent") return { value: numerator, low: null, high: null, numerator, denominator };
  return { value, low: range?.[0] ?? null, high: range?.[1] ?? null, numerator, denominator };
}
