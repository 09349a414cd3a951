import { z } from "zod";
import { type MetricId, metricIds, metrics } from "#flow/metric.ts";
import type { Actor } from "#server/trpc.ts";
import { DashboardFilter, isHourly } from "./dashboard-filter.ts";
import { judgeMetric } from "./judge-metric.ts";
import { readDayHours, type Stretch } from "./read-day-hours.ts";
import { readDays } from "./read-days.ts";
import { noSums, type Sums } from "./sums.ts";
import { thinDays } from "./thin-days.ts";

export const ReadTrend = DashboardFilter.safeExtend({ metric: z.enum(metricIds) });

/**
 * One metric day by day, each with its range, beside the same day of the period before; of a single day hour by hour, where hours are
 * counted for what is asked. A stretch with far fewer messages than others, such as a day that has only begun, has its counts and no
 * value. Of "sent" the value is the number itself.
 */
export async function readTrend(actor: Actor, { metric, ...filter }: z.output<typeof ReadTrend>) {
  const { currencies, days, daysBefore } = await readDays(actor, filter);
  const mine = metrics[metric].numerator === "value" ? currencies.value : currencies.cost;
  // Hours are counted without their currency: of several they would be added.
  const tellsHours =
    filter.from === filter.until && isHourly(filter) && (metrics[metric].kind === "rate" || mine.length < 2);
  const stretches: Stretch[] = tellsHours
    ? await readDayHours(actor, filter, currencies.value[0] ?? null)
    : days.map((sums, index) => ({ day: sums.day, hour: null, sums, before: daysBefore[index] ?? null }));
  const isThin = thinDays(stretches, ({ sums }) => sums?.sent ?? 0);
  const points = stretches.map((stretch) => {
    const { day, hour, sums, before } = stretch;
    const { value, low, high, numerator, denominator } = pointOf(metric, sums ?? noSums);
    const isShown = sums !== null && (metric === "sent" || !isThin(stretch));
    return {
      day,
      hour,
      value: isShown ? value : null,
      low: isShown ? low : null,
      high: isShown ? high : null,
      numerator,
      denominator,
      before: before ? pointOf(metric, before).value : null,
    };
  });
  return { currency: mine[0] ?? null, points };
}

function pointOf(metric: MetricId, sums: Sums) {
  const { value, range, numerator, denominator } = judgeMetric(metric, sums, noSums);
  if (metric === "sent") return { value: numerator, low: null, high: null, numerator, denominator };
  return { value, low: range?.[0] ?? null, high: range?.[1] ?? null, numerator, denominator };
}
