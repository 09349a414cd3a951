import { criticalZ, type Interval } from "./distributions.ts";

/** What became of people so long after their beginning: it happened to `events`, `censored` were not seen any longer. */
export type TimeCount = { time: number; events: number; censored: number };

export type SurvivalPoint = {
  time: number;
  /** People who were still waiting just before. */
  atRisk: number;
  events: number;
  /** The share to whom it has not happened by then, with its standard error and interval. */
  survival: number;
  se: number;
  ci: Interval;
};

export type Survival = {
  people: number;
  events: number;
  /** One for each time at which it happened to somebody, in order. */
  points: SurvivalPoint[];
  median: TimeReached;
};

/** By when it has happened to a share of the people; null: that share, or the limit of it, is not reached. */
export type TimeReached = { time: number | null; ci: Interval };

/** On which scale the interval is symmetric: log-log stays within 0 and 1 and is sound for few; log is what R's `survfit` does unasked. */
type Scale = "log-log" | "log";

/**
 * How long it took until something happened, also with people to whom it may still happen (Kaplan and Meier 1958):
 * S(t) = product over times up to t of 1 - events / people at risk; who is censored at a time was still at risk at it.
 * Its error by Greenwood: se = S sqrt(sum of d / (n (n - d))). Interval on the log(-log S) scale (Kalbfleisch and Prentice 1980),
 * `scale: "log"` for R's default. Where nobody is left no interval is told.
 */
export function kaplanMeier({
  times,
  alpha,
  scale = "log-log",
}: {
  times: readonly TimeCount[];
  alpha: number;
  scale?: Scale;
}): Survival {
  const people = times.reduce((sum, { events, censored }) => sum + events + censored, 0);
  const sorted = [...Map.groupBy(times, ({ time }) => time)].toSorted(([one], [other]) => one - other);
  const points: SurvivalPoint[] = [];
  let [atRisk, survival, greenwood] = [people, 1, 0];
  for (const [time, counts] of sorted) {
    const events = counts.reduce((sum, one) => sum + one.events, 0);
    const gone = counts.reduce((sum, one) => sum + one.events + one.censored, 0);
    if (events > 0) {
      survival *= 1 - events / atRisk;
      greenwood += events / (atRisk * (atRisk - events));
      const se = survival > 0 ? survival * Math.sqrt(greenwood) : 0;
      points.push({ time, atRisk, events, survival, se, ci: limitsOf(survival, greenwood, { alpha, scale }) });
    }
    atRisk -= gone;
  }
  return {
    people,
    events: points.reduce((sum, point) => sum + point.events, 0),
    points,
    median: timeReached(points, 0.5),
  };
}

function limitsOf(survival: number, greenwood: number, { alpha, scale }: { alpha: number; scale: Scale }): Interval {
  if (!(survival > 0)) return [null, null];
  const half = criticalZ(alpha) * Math.sqrt(greenwood);
  if (scale === "log") return [survival * Math.exp(-half), Math.min(1, survival * Math.exp(half))];
  const stretch = Math.exp(half / -Math.log(survival));
  return [survival ** stretch, survival ** (1 / stretch)];
}

/** Products of many factors are told apart from the share they should be by rounding alone. */
const rounding = 1e-12;

/**
 * The first time by which it has happened to `share` of the people. Its interval: the times at which the lower and the upper limit of the
 * curve reach the same (Brookmeyer and Crowley 1982).
 */
export function timeReached(points: readonly SurvivalPoint[], share: number): TimeReached {
  const left = 1 - share + rounding;
  const firstTime = (of: (point: SurvivalPoint) => number | null): number | null =>
    points.find((point) => (of(point) ?? 1) <= left)?.time ?? null;
  return {
    time: firstTime(({ survival }) => survival),
    ci: [firstTime(({ ci }) => ci[0]), firstTime(({ ci }) => ci[1])],
  };
}

/** The curve as it stands at a time, null while it has happened to nobody. */
export const pointAt = (points: readonly SurvivalPoint[], time: number): SurvivalPoint | null =>
  points.findLast((point) => point.time <= time) ?? null;
