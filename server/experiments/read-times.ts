import { z } from "zod";
import type { Queryable } from "#db/client.ts";
import { DomainError } from "#server/errors.ts";
import { readWithin } from "#server/flows/live/read-within.ts";
import type { Actor } from "#server/trpc.ts";
import { type ExperimentRow, findExperiment } from "./find-experiment.ts";
import { type ArmTime, readTimeCounts } from "./moments/read-time-counts.ts";
import { maturedCohort, plannedMetrics, windowOf } from "./read-facts.ts";
import { type ReadMetric, readMetrics } from "./read-metrics.ts";
import { kaplanMeier, pointAt, type TimeReached, timeReached } from "./statistics/survival.ts";

/** As the experiment's page has: people are counted one by one. */
const patienceMs = 20_000;

export const ReadTimes = z.strictObject({
  experimentId: z.uuid(),
  /** One of the plan that says whether something happened; absent: the first of them, which is the primary one where that does. */
  metric: z.string().min(1).max(60).optional(),
});

/** The curve is told at so many places of the window: two hours apart in a week. */
const places = 84;

export type ArmTimes = {
  arm: string;
  people: number;
  events: number;
  /** Whose window is open, and to whom it has not happened yet. */
  waiting: number;
  /** Hours until it had happened to half of everybody; null where it has not. */
  median: TimeReached;
  /** Hours until half of those to whom it happens within the window had it; null while nothing is known of the whole window. */
  half: number | null;
  /** Of everybody, by the end of the window or as far as is known: null where it has happened to nobody. */
  reached: Share | null;
  curve: (Share & { hours: number; atRisk: number })[];
};
type Share = { share: number; low: number | null; high: number | null };

/**
 * How long it took people of each arm to do what a metric counts, with those whose window is still open (Kaplan and Meier). It describes
 * and decides nothing.
 */
export async function readTimes(actor: Actor, { experimentId, metric: id }: z.infer<typeof ReadTimes>) {
  const now = actor.clock.now();
  return readWithin(
    actor,
    async (tx) => {
      const row = await findExperiment(tx, actor.session.workspaceId, experimentId);
      const metrics = await timedMetrics(tx, row);
      const metric = id === undefined ? metrics[0] : metrics.find((one) => one.id === id);
      if (id !== undefined && !metric)
        throw new DomainError(
          "bad-input",
          "How long this takes cannot be told. Choose a metric that says whether something happened.",
        );
      const choices = metrics.map(({ id, name }) => ({ id, name }));
      if (!metric || row.state === "draft") return { choices, times: null };
      return { choices, times: await timesOf(tx, row, { metric, now }) };
    },
    patienceMs,
  );
}

/** The times of every metric of the plan that has any. */
export async function readAllTimes(actor: Actor, experimentId: string) {
  const now = actor.clock.now();
  return readWithin(
    actor,
    async (tx) => {
      const row = await findExperiment(tx, actor.session.workspaceId, experimentId);
      const all: Awaited<ReturnType<typeof timesOf>>[] = [];
      if (row.state === "draft") return all;
      for (const metric of await timedMetrics(tx, row)) all.push(await timesOf(tx, row, { metric, now }));
      return all;
    },
    patienceMs,
  );
}

/** The metrics of a plan that say whether something happened, the primary one first. */
async function timedMetrics(tx: Queryable, row: ExperimentRow): Promise<ReadMetric[]> {
  const ids = plannedMetrics(row.plan);
  const known = await readMetrics(tx, row.workspaceId, ids);
  return ids.flatMap((id) => {
    const metric = known.get(id);
    return metric?.kind === "rate" ? [metric] : [];
  });
}

/** The times of each arm, the baseline first. */
async function timesOf(tx: Queryable, row: ExperimentRow, { metric, now }: { metric: ReadMetric; now: Date }) {
  const windowHours = windowOf(row.plan, metric.id);
  const cohort = maturedCohort(row, { timezone: "UTC", now, windowHours });
  const counts = await readTimeCounts(tx, cohort, { source: metric.source, windowHours, now });
  const { source: _, ...named } = metric;
  return {
    ...{ metric: named, windowHours },
    arms: row.arms.map(({ id }) =>
      armTimes(
        id,
        counts.filter(({ arm }) => arm === id),
        { windowHours, alpha: row.plan.alpha },
      ),
    ),
  };
}

type Frame = { windowHours: number; alpha: number };

function armTimes(arm: string, times: readonly ArmTime[], { windowHours, alpha }: Frame): ArmTimes {
  const { points, people, events, median } = kaplanMeier({ times, alpha });
  const known = Math.max(0, ...times.map(({ time }) => time));
  const last = points.at(-1);
  const isWhole = known >= windowHours;
  const half = last && isWhole ? timeReached(points, (1 - last.survival) / 2).time : null;
  const waiting = times.reduce((sum, { time, censored }) => (time < windowHours ? sum + censored : sum), 0);
  const hours = Array.from({ length: places + 1 }, (_, at) => (at / places) * windowHours).filter((at) => at <= known);
  return {
    ...{ arm, people, events, waiting, median, half },
    reached: last ? shareOf(last) : null,
    curve: hours.map((at) => {
      const point = pointAt(points, at);
      const atRisk = times.reduce(
        (sum, { time, events: did, censored }) => (time >= at ? sum + did + censored : sum),
        0,
      );
      return { hours: at, atRisk, ...(point ? shareOf(point) : { share: 0, low: 0, high: 0 }) };
    }),
  };
}

/** To whom it has happened: what is left of the share to whom it has not. */
const shareOf = ({ survival, ci: [low, high] }: { survival: number; ci: TimeReached["ci"] }): Share => ({
  share: 1 - survival,
  low: high === null ? null : 1 - high,
  high: low === null ? null : 1 - low,
});
