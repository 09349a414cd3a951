import type pg from "pg";
import { query, type Statement } from "../query.ts";
import { shardLockClass } from "./shard-lock.ts";
import { type Work, type WorkRow, workOf } from "./work.ts";

/** Shards of the enrollments whose time has come, oldest first, as far as they are free. Reads the partial index on wake_at. */
const lockDue: Statement = {
  name: "timers-lock-shards",
  text: `
    with due as materialized (
      select shard from enrollment where status = 'waiting' and wake_at <= $1 order by wake_at limit $3
    ), shards as materialized (select distinct shard from due)
    select shard from shards where pg_try_advisory_xact_lock($2, shard)`,
};

const readDue: Statement = {
  name: "timers-read",
  text: `
    select 0 as sequence, workspace_id, shard, contact_id, id as enrollment_id, '{"kind":"timer"}'::jsonb as payload, 0 as attempts
    from enrollment
    where status = 'waiting' and wake_at <= $1 and shard = any($2::smallint[])
    order by wake_at limit $3`,
};

/** Claims up to `limit` waiting enrollments whose wake-up time is at or before `now`. */
export async function claimDue(client: pg.ClientBase, now: Date, limit: number): Promise<Work[]> {
  const locked = await query<{ shard: number }>(client, lockDue, [now, shardLockClass, limit]);
  if (locked.length === 0) return [];
  const shards = locked.map((row) => row.shard);
  return (await query<WorkRow>(client, readDue, [now, shards, limit])).map(workOf("timer"));
}
