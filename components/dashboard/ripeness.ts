import { type MetricId, metrics } from "#flow/metric.ts";

type Days = { from: string; until: string };
const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** The newest days may still rise: the window of what is counted is open. */
export function isUnripe({ until }: Pick<Days, "until">, today: string, metric: MetricId): boolean {
  const { windowHours } = metrics[metric];
  return windowHours !== null && Date.parse(until) + windowHours * hourMs > Date.parse(today);
}

/** Hardly any of the period has had its window: beside days that have had theirs it would always look worse. */
export const isTooYoung = ({ from, until }: Days, today: string, metric: MetricId): boolean =>
  isUnripe({ until }, today, metric) &&
  Date.parse(until) + dayMs - Date.parse(from) < (metrics[metric].windowHours ?? 0) * hourMs;
