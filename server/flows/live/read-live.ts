import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { flowMove, flowVersion, scheduledPublish, workspace } from "#db/schema/index.ts";
import type { Actor } from "#server/trpc.ts";
import { findFlow } from "../find-flow.ts";
import { type LiveFilter as Filter, LiveFilter, ofFilter } from "./live-filter.ts";
import { readWithin } from "./read-within.ts";

export const ReadLive = z.strictObject({
  ...LiveFilter.shape,
  /** So many days of the workspace, today being one; null: since the flow began. */
  days: z.number().int().min(1).max(400).nullable(),
});

/** `n` people did this on a step. `handle`: the way of "left" ("" by a "go to"), the reason of "ended". */
export type StepCount = { nodeId: string; kind: CountKind; handle: string; n: number };
type CountKind = "left" | "ended" | "waiting" | "moved" | "drawn" | "moved-out" | "standing";
/** Messages of a step that did not arrive, by reason. */
export type StepTrouble = { nodeId: string; status: "failed" | "skipped" | "unknown"; reason: string; n: number };

/**
 * What happened on each step of a flow in a time, and who stands where now. "standing" is about now and knows no time. All figures
 * are of one moment and equal the rows of trace, enrollment and message then; nothing of it is counted while one waits, but for the
 * messages in trouble.
 */
export async function readLive(actor: Actor, { days, ...filter }: z.infer<typeof ReadLive>) {
  const { workspaceId } = actor.session;
  return readWithin(actor, async (tx) => {
    const stored = await findFlow(tx, workspaceId, filter.flowId);
    const [zone] = await tx
      .select({ timezone: workspace.timezone })
      .from(workspace)
      .where(eq(workspace.id, workspaceId));
    const now = actor.clock.now();
    const since = days === null ? null : firstMoment(now, days, zone?.timezone ?? "UTC");
    const rows = await readCounts(tx, filter.flowId, since);
    return {
      asOf: now,
      status: stored.status,
      runningId: stored.versionId,
      counts: countsOf(rows, filter),
      troubles: await readTroubles(tx, filter, since),
      languages: [...new Set(rows.map((row) => row.language))].toSorted(),
      versions: await readVersions(tx, filter.flowId, rows),
      move: await readMove(tx, filter.flowId),
      scheduled: await readScheduled(tx, filter.flowId),
    };
  });
}

type Row = { version_id: string; node_id: string; kind: CountKind; handle: string; language: string; n: string };

const firstMoment = (now: Date, days: number, zone: string) =>
  sql`(((${now.toISOString()}::timestamptz at time zone ${zone})::date - ${days - 1}::integer)::timestamp at time zone ${zone})`;

/** What has been added up and what has not been yet, in one statement: a change is seen once. */
async function readCounts(tx: Transaction, flowId: string, since: ReturnType<typeof firstMoment> | null) {
  const zoned = sql`(select timezone from workspace w join flow f on f.workspace_id = w.id where f.id = ${flowId})`;
  const inTime = since ? sql`(day = '1970-01-01' or day >= (${since} at time zone ${zoned})::date)` : sql`true`;
  const columns = sql`version_id, node_id, kind, handle, language, n`;
  const mine = sql`flow_id = ${flowId} and kind <> 'stay' and ${inTime}`;
  const { rows } = await tx.execute<Row>(sql`
    select version_id, node_id, kind, handle, language, sum(n) as n
    from (select ${columns} from flow_tally where ${mine} union all select ${columns} from flow_tally_change where ${mine}) x
    group by 1, 2, 3, 4, 5 having sum(n) <> 0`);
  return rows;
}

function countsOf(rows: readonly Row[], { versionId, language }: Filter): StepCount[] {
  const sums = new Map<string, StepCount>();
  for (const row of rows) {
    if (versionId !== null && row.version_id !== versionId) continue;
    if (language !== null && row.language !== language) continue;
    const key = `${row.node_id}\n${row.kind}\n${row.handle}`;
    const sum = sums.get(key) ?? { nodeId: row.node_id, kind: row.kind, handle: row.handle, n: 0 };
    sums.set(key, { ...sum, n: sum.n + Number(row.n) });
  }
  return [...sums.values()];
}

/** By the partial index of what did not arrive, which holds a small share of all messages. */
async function readTroubles(tx: Transaction, filter: Filter, since: ReturnType<typeof firstMoment> | null) {
  const isAll = filter.versionId === null && filter.language === null;
  const ofWay = isAll ? sql`` : sql`join enrollment e on e.id = m.enrollment_id and ${ofFilter(sql`e`, filter)}`;
  const { rows } = await tx.execute<{ node_id: string; status: StepTrouble["status"]; reason: string; n: string }>(sql`
    select m.node_id, m.status, coalesce(m.reason, '') as reason, count(*) as n
    from message m ${ofWay}
    where m.flow_id = ${filter.flowId} and m.direction = 'outbound' and m.status in ('failed', 'skipped', 'unknown')
      and m.node_id is not null ${since ? sql`and m.created_at >= ${since}` : sql``}
    group by 1, 2, 3`);
  return rows.map(
    (row): StepTrouble => ({ nodeId: row.node_id, status: row.status, reason: row.reason, n: Number(row.n) }),
  );
}

/** The newest versions, and how many stand on each, whatever is filtered. */
async function readVersions(tx: Transaction, flowId: string, rows: readonly Row[]) {
  const standing = Map.groupBy(
    rows.filter((row) => row.kind === "standing"),
    (row) => row.version_id,
  );
  const versions = await tx
    .select({ id: flowVersion.id, number: flowVersion.number, publishedAt: flowVersion.publishedAt })
    .from(flowVersion)
    .where(eq(flowVersion.flowId, flowId))
    .orderBy(desc(flowVersion.number))
    .limit(200);
  return versions.map((version) => ({
    ...version,
    people: (standing.get(version.id) ?? []).reduce((sum, row) => sum + Number(row.n), 0),
  }));
}

/** How far people have been brought to the running version; null: nobody is on their way there. */
async function readMove(tx: Transaction, flowId: string) {
  const [row] = await tx
    .select({ moved: flowMove.moved, exited: flowMove.exited, since: flowMove.createdAt })
    .from(flowMove)
    .where(and(eq(flowMove.flowId, flowId), isNull(flowMove.finishedAt)));
  return row ?? null;
}

async function readScheduled(tx: Transaction, flowId: string) {
  const [row] = await tx
    .select({ id: scheduledPublish.id, at: scheduledPublish.at })
    .from(scheduledPublish)
    .where(and(eq(scheduledPublish.flowId, flowId), eq(scheduledPublish.state, "waiting")));
  return row ?? null;
}
