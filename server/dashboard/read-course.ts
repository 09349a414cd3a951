import { type MetricId, metricIds } from "#flow/metric.ts";
import type { DashboardFilter, Reader } from "./dashboard-filter.ts";
import { type Judged, judgeMetric } from "./judge-metric.ts";
import { readDays } from "./read-days.ts";
import { addSums } from "./sums.ts";

/**
 * What became of the messages of a period: every metric with its range, and its change against as many days before. Costs are those in
 * the currency that most was paid in, and what goals were worth is told in the one of most goals; the other currencies are named.
 */
export async function readCourse(reader: Reader, filter: DashboardFilter) {
  const { currencies, values, before, days, daysBefore } = await readDays(reader, filter);
  const [now, earlier] = [addSums(days), addSums(daysBefore)];
  const judged = metricIds.map((id) => [id, judgeMetric(id, now, earlier)] as const);
  const [currency = null, ...otherCurrencies] = currencies.cost;
  return {
    before,
    currency,
    otherCurrencies,
    /** The currency of the metric "value", and the value in it and in all others. */
    valueCurrency: currencies.value[0] ?? null,
    values,
    sums: now,
    sentBefore: earlier.sent,
    metrics: Object.fromEntries(judged) as Record<MetricId, Judged>,
  };
}

export type Course = Awaited<ReturnType<typeof readCourse>>;
