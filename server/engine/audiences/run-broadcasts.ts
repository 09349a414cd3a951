import type pg from "pg";
import type { Rule } from "#flow/rule.ts";
import { peopleSql } from "#server/audiences/people-sql.ts";
import { inTransaction, query, type Statement } from "../query.ts";
import { questionOf, type WorkspaceRow, workspaceColumns } from "./people-question.ts";

/** `backlog`: so many signals may wait before more people are let in, so that a broadcast delays no event behind it. */
export const broadcastLimits = { peopleAtOnce: 1_000, backlog: 4_000, slicesPerMinute: 12 };

/**
 * Lets the next people of one running broadcast in: a slice in the order of their ids, by the segment's rule as it is now. Slice, place and count are
 * written with the signals that let them in, so a worker that dies in between leaves nothing half done; and each person's signal has the same
 * event id for this time of this flow, so nobody is let in twice by it. Answers how many were let in, and whether to look again at once.
 */
export async function runBroadcasts(
  pool: pg.Pool,
  now: Date,
  limits = broadcastLimits,
): Promise<{ entered: number; hasMore: boolean }> {
  await query(pool, stopArchived, [now]);
  return inTransaction(pool, async (client) => {
    const [waiting] = await query<{ signals: number }>(client, countSignals, [limits.backlog]);
    if ((waiting?.signals ?? 0) >= limits.backlog) return { entered: 0, hasMore: false };
    const [due] = await query<DueRow>(client, claimDue, [now]);
    if (!due) return { entered: 0, hasMore: false };
    const size =
      due.per_minute === null ? limits.peopleAtOnce : Math.max(1, Math.floor(due.per_minute / limits.slicesPerMinute));
    const slice = await letIn(client, due, { now, size });
    const isDone = slice.entered < size;
    const pauseMs = due.per_minute === null ? 0 : (slice.entered / due.per_minute) * 60_000;
    const nextAt = new Date(now.getTime() + pauseMs);
    await query(client, keepSlice, [due.id, slice.last ?? due.cursor, slice.entered, nextAt, isDone ? now : null]);
    if (slice.entered > 0) await client.query("select pg_notify('chasqui_signal', '')");
    return { entered: slice.entered, hasMore: pauseMs === 0 };
  });
}

const stopArchived: Statement = {
  name: "broadcasts-stop-archived",
  text: `
    update broadcast b set state = 'stopped', ended_at = $1
    from flow f where f.id = b.flow_id and f.status = 'archived' and b.state in ('running', 'paused')`,
};

const countSignals: Statement = {
  name: "broadcasts-backlog",
  text: "select count(*)::int as signals from (select 1 from signal_queue limit $1) waiting",
};

/** A paused or held flow lets nobody in: its broadcasts go on when it does. */
const claimDue: Statement = {
  name: "broadcasts-claim",
  text: `
    select b.id, b.flow_id, b.segment_id, b.occurrence, b.zone, b.due_at, b.per_minute, b.cursor, b.started_at, s.rule, ${workspaceColumns}
    from broadcast b join flow f on f.id = b.flow_id join segment s on s.id = b.segment_id join workspace w on w.id = b.workspace_id
    where b.state = 'running' and b.next_at <= $1 and f.status = 'active'
    order by b.next_at limit 1
    for update of b skip locked`,
};

const keepSlice: Statement = {
  name: "broadcasts-keep",
  text: `
    update broadcast
    set cursor = $2, entered = entered + $3, next_at = $4, ended_at = $5,
        state = case when $5::timestamptz is null then state else 'done' end
    where id = $1`,
};

type DueRow = WorkspaceRow & {
  id: string;
  flow_id: string;
  segment_id: string;
  occurrence: string;
  zone: string;
  due_at: Date;
  per_minute: number | null;
  cursor: string | null;
  started_at: Date;
  rule: Rule;
};

async function letIn(
  client: pg.ClientBase,
  due: DueRow,
  { now, size }: { now: Date; size: number },
): Promise<{ entered: number; last: string | null }> {
  const { joins, conditions, params } = peopleSql([due.rule], questionOf(due, now));
  const at = (place: number) => `$${params.length + place}`;
  const { rows } = await client.query<{ entered: number; last: string | null }>(
    `with slice as materialized (
      select c.id, c.shard from contact c ${joins}
      where c.workspace_id = ${at(1)}::uuid and c.id > coalesce(${at(2)}::uuid, '00000000-0000-0000-0000-000000000000')
        and c.created_at <= ${at(3)}::timestamptz
        and (${at(4)} = '' or coalesce(c.timezone, ${at(5)}) = ${at(4)}) and ${conditions[0]}
      order by c.id limit ${at(6)}
    ), queued as (
      insert into signal_queue (workspace_id, shard, contact_id, payload, created_at)
      select ${at(1)}::uuid, shard, id, jsonb_build_object('kind', 'event', 'onlyFlowId', ${at(7)}::uuid, 'event', jsonb_build_object(
               'id', md5(concat_ws(' ', ${at(7)}::text, ${at(8)}::text, id))::uuid, 'name', 'schedule.due', 'at', ${at(9)}::float8,
               'properties', jsonb_build_object('segmentId', ${at(10)}::uuid, 'occurrence', ${at(8)}::text))), ${at(11)}::timestamptz
      from slice
    )
    select count(*)::int as entered, (array_agg(id order by id desc))[1] as last from slice`,
    [
      ...params,
      ...[due.workspace_id, due.cursor, due.started_at, due.zone, due.timezone, size],
      ...[due.flow_id, due.occurrence, now.getTime(), due.segment_id, now],
    ],
  );
  return rows[0] ?? { entered: 0, last: null };
}
