import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { medianStay } from "#server/engine/rollup/stay-bucket.ts";
import type { Actor } from "#server/trpc.ts";
import { findFlow } from "../find-flow.ts";
import { LiveFilter, ofFilter } from "./live-filter.ts";
import { readWithin } from "./read-within.ts";

export const ReadStep = z.strictObject({ ...LiveFilter.shape, nodeId: z.string().min(1).max(64) });
export type StepInput = z.infer<typeof ReadStep>;

/**
 * Why somebody stands on a step, in this order: flow-held (nobody moves); a reason of their newest message that has not left (a key
 * under `reasons.`, "leaving", or "unknown-outcome"); due: their time has come and a worker is about to take it; step: they wait for what
 * the step waits for.
 */
export const reasonOf = (now: Date): SQL => sql`
  case when f.status = 'held' then 'flow-held'
       when o.message_id is not null then coalesce(o.reason, 'leaving')
       when e.wake_at <= ${now.toISOString()}::timestamptz then 'due'
       else 'step' end`;

/** Of a person's messages that have not left the newest: among the few of their enrollment (message_visit), since the queue is not kept by person. */
export const newestMessage = sql`
  left join lateral (
    select q.message_id, case when q.status = 'unknown' then 'unknown-outcome' else m.reason end as reason
    from message m join outbox q on q.message_id = m.id
    where m.enrollment_id = e.id and m.direction = 'outbound'
    order by q.created_at desc limit 1
  ) o on true`;

/**
 * How many wait on one step and why (the reasons add up to those who wait), how long people stay there, and when the last one left.
 * What has not left is looked up row by row (offset 0): the queue is short, and read as a whole the messages of a flow are a million.
 */
export async function readStep(actor: Actor, { nodeId, ...filter }: StepInput) {
  return readWithin(actor, async (tx) => {
    await findFlow(tx, actor.session.workspaceId, filter.flowId);
    const ofCounts = ofFilter(sql`x`, filter);
    const counts = sql`(select * from flow_tally union all
      select workspace_id, flow_id, day, version_id, node_id, kind, handle, language, n from flow_tally_change) x`;
    const stays = await tx.execute<{ bucket: string; n: string; last: string }>(sql`
      select handle as bucket, sum(n) as n, max(day)::text as last from ${counts}
      where ${ofCounts} and node_id = ${nodeId} and kind = 'stay' group by 1`);
    const standing = await tx.execute<{ n: string | null }>(sql`
      select sum(n) as n from ${counts} where ${ofCounts} and node_id = ${nodeId} and day = '1970-01-01' and kind = 'standing'`);
    const waiting = Number(standing.rows[0]?.n ?? 0);
    const reasons = await tx.execute<{ reason: string; n: string }>(sql`
      with queued as materialized (
        select distinct on (q.enrollment_id) q.enrollment_id as id, q.message_id, q.status
        from outbox q where q.workspace_id = ${actor.session.workspaceId} and q.enrollment_id is not null
        order by q.enrollment_id, q.created_at desc
      ), here as (
        select o.message_id, case when o.status = 'unknown' then 'unknown-outcome' else m.reason end as reason
        from queued o
        cross join lateral (
          select 1 from enrollment e
          where e.id = o.id and ${ofFilter(sql`e`, filter)} and e.node_id = ${nodeId} and e.status = 'waiting' offset 0
        ) e
        cross join lateral (select m.reason from message m where m.id = o.message_id offset 0) m
        union all
        select null, null from enrollment e
        where ${ofFilter(sql`e`, filter)} and e.node_id = ${nodeId} and e.status = 'waiting'
          and e.wake_at <= ${actor.clock.now().toISOString()}::timestamptz and not exists (select 1 from queued o where o.id = e.id)
      )
      select case when f.status = 'held' then 'flow-held' when e.message_id is not null then coalesce(e.reason, 'leaving') else 'due' end as reason,
             count(*) as n
      from here e, flow f where f.id = ${filter.flowId} group by 1`);
    return {
      waiting,
      reasons: withRest(reasons.rows, waiting, await isHeld(tx, filter.flowId)),
      medianStaySeconds: medianStay(stays.rows.map(({ bucket, n }) => ({ bucket, n: Number(n) }))),
      lastDay: stays.rows.reduce<string | null>((last, row) => (!last || row.last > last ? row.last : last), null),
    };
  });
}

async function isHeld(tx: { execute: Actor["db"]["execute"] }, flowId: string): Promise<boolean> {
  const { rows } = await tx.execute<{ status: string }>(sql`select status from flow where id = ${flowId}`);
  return rows[0]?.status === "held";
}

/** Most wait for what the step waits for: they are what is left, so that a million of them need not be looked at. */
function withRest(rows: readonly { reason: string; n: string }[], waiting: number, held: boolean) {
  if (held) return waiting > 0 ? [{ reason: "flow-held", n: waiting }] : [];
  const named = rows.map(({ reason, n }) => ({ reason, n: Number(n) }));
  const rest = waiting - named.reduce((sum, { n }) => sum + n, 0);
  return [...(rest > 0 ? [{ reason: "step", n: rest }] : []), ...named.toSorted((a, b) => b.n - a.n)];
}
