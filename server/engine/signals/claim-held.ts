import type pg from "pg";
import { query, type Statement } from "../query.ts";
import { shardLockClass } from "./shard-lock.ts";
import { type Work, type WorkRow, workOf } from "./work.ts";

/** Flows with kept signals that are no longer held: one index probe per such flow, however many signals it keeps. */
const releasedFlows: Statement = {
  name: "held-released-flows",
  text: `
    with recursive flows as (
      (select flow_id from held_signal order by flow_id limit 1)
      union all
      select (select h.flow_id from held_signal h where h.flow_id > f.flow_id order by h.flow_id limit 1)
      from flows f where f.flow_id is not null
    )
    select f.id from flows join flow f on f.id = flows.flow_id where f.status <> 'held'`,
};

const lockShards: Statement = {
  name: "held-lock-shards",
  text: `
    with oldest as materialized (select shard from held_signal where flow_id = any($1::uuid[]) order by id limit $3),
    shards as materialized (select distinct shard from oldest)
    select shard from shards where pg_try_advisory_xact_lock($2, shard)`,
};

const readHeld: Statement = {
  name: "held-read",
  text: `
    select id as sequence, workspace_id, shard, contact_id, enrollment_id, payload, 0 as attempts
    from held_signal where flow_id = any($1::uuid[]) and shard = any($2::smallint[]) order by id limit $3`,
};

/** Claims up to `limit` signals that were kept for flows which are released by now, oldest first. */
export async function claimHeld(client: pg.ClientBase, limit: number): Promise<Work[]> {
  const flows = (await query<{ id: string }>(client, releasedFlows, [])).map((row) => row.id);
  if (flows.length === 0) return [];
  const locked = await query<{ shard: number }>(client, lockShards, [flows, shardLockClass, limit]);
  const shards = locked.map((row) => row.shard);
  return (await query<WorkRow>(client, readHeld, [flows, shards, limit])).map(workOf("held"));
}

/** Enrollments that still wait although their flow was archived. One index probe per archived flow. */
const readArchived: Statement = {
  name: "archived-read",
  text: `
    select 0 as sequence, e.workspace_id, e.shard, e.contact_id, e.id as enrollment_id, '{"kind":"stop"}'::jsonb as payload, 0 as attempts
    from flow f
    cross join lateral (
      select * from enrollment where flow_id = f.id and status = 'waiting' limit $2
    ) e
    where f.status = 'archived' and pg_try_advisory_xact_lock($1, e.shard)
    limit $2`,
};

/** Claims enrollments to be ended because their flow was archived. A stale row is harmless: the states are loaded after the lock. */
export async function claimArchived(client: pg.ClientBase, limit: number): Promise<Work[]> {
  return (await query<WorkRow>(client, readArchived, [shardLockClass, limit])).map(workOf("timer"));
}
