import { inArray } from "drizzle-orm";
import { z } from "zod";
import type { Queryable } from "#db/client.ts";
import { channel } from "#db/schema/index.ts";
import { readWithin } from "#server/flows/live/read-within.ts";
import type { Actor } from "#server/trpc.ts";
import { type ExperimentRow, findExperiment } from "./find-experiment.ts";
import { judgeSegments, type Segment } from "./judge/judge-segments.ts";
import { type Parting, partings, readSegmentMoments, type SegmentMoments } from "./moments/read-segment-moments.ts";
import { maturedCohort, readWeights, weightsBy, zoneOf } from "./read-facts.ts";
import { readMetrics } from "./read-metrics.ts";

/** As the experiment's page has: people are counted one by one. */
const patienceMs = 20_000;

export const ReadSegments = z.strictObject({ experimentId: z.uuid() });

/** `name`: of a number what it is called; everything else has a name of its own in the reader's language. */
export type NamedSegment = Segment & { name: string | null };

/**
 * The primary metric within each language, country and number: exploratory, and no part of any verdict. Over everybody assigned who has
 * had their full window, as the verdict is. Nothing of a bandit, of whose primary metric no difference is told.
 */
export async function readSegments(actor: Actor, { experimentId }: z.infer<typeof ReadSegments>) {
  const now = actor.clock.now();
  return readWithin(
    actor,
    async (tx) => {
      const row = await findExperiment(tx, actor.session.workspaceId, experimentId);
      return segmentsOf(tx, row, now);
    },
    patienceMs,
  );
}

/** Null: there is nothing to tell, because it has not started, is a bandit, or its metric is gone. */
async function segmentsOf(tx: Queryable, row: ExperimentRow, now: Date) {
  const { plan, arms } = row;
  const { metric: id, windowHours } = plan.primary;
  const metric = (await readMetrics(tx, row.workspaceId, [id])).get(id);
  if (row.state === "draft" || plan.method === "bandit" || !metric) return null;
  const cohort = maturedCohort(row, { timezone: await zoneOf(tx, row.workspaceId), now, windowHours });
  const rows = await readSegmentMoments(tx, cohort, { source: metric.source, kind: metric.kind, windowHours });
  const weigh = weightsBy(await readWeights(tx, row.id), arms);
  const telling = partings.filter((by) =>
    isTelling(
      rows.filter((one) => one.by === by),
      { by, row },
    ),
  );
  const shown = rows.filter(({ by }) => telling.includes(by));
  const { segments, ...family } = judgeSegments({ rows: shown, metric, plan, arms, weigh });
  const names = await readNumbers(tx, segments);
  const { source: _, ...named } = metric;
  return {
    ...{ metric: named, windowHours, ...family },
    segments: segments.map((one): NamedSegment => ({ ...one, name: names.get(one.id ?? "") ?? null })),
  };
}

/**
 * People who are all of one segment are the whole again, and would only make the others pay for another comparison. Of a holdout, and of an
 * arm that sends nothing, there are no numbers to part people by.
 */
function isTelling(rows: readonly SegmentMoments[], { by, row }: { by: Parting; row: ExperimentRow }): boolean {
  const known = rows.filter(({ segment }) => by !== "number" || segment !== null);
  if (new Set(known.map(({ segment }) => segment)).size < 2) return false;
  return by !== "number" || (row.kind === "split" && row.arms.every(({ id }) => known.some(({ arm }) => arm === id)));
}

async function readNumbers(tx: Queryable, segments: readonly Segment[]): Promise<ReadonlyMap<string, string>> {
  const ids = segments.flatMap(({ by, id }) => (by === "number" && id !== null ? [id] : []));
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: channel.id, name: channel.name, phone: channel.phone })
    .from(channel)
    .where(inArray(channel.id, ids));
  return new Map(rows.map(({ id, name, phone }) => [id, `${name} ${phone}`]));
}
