import type pg from "pg";
import { query, type Statement } from "../query.ts";
import { type Named, readEvents } from "./read-events.ts";
import { shardLockClass } from "./shard-lock.ts";
import { type Work, type WorkRow, workOf } from "./work.ts";

/**
 * Takes shards that have something queued, from $1 on, as far as no other worker has them. The recursive part jumps from
 * shard to shard in the index: about 256 probes however many rows wait, where `select distinct` would read them all.
 *
 * The locks are taken in a statement of their own: a statement sees the database as it was when it began, so reading the
 * queue in this one could show rows that the lock's last owner had just applied.
 */
const lockShards: Statement = {
  name: "signals-lock-shards",
  text: `
    with recursive shards as (
      (select shard from signal_queue where shard >= $1 order by shard limit 1)
      union all
      select (select q.shard from signal_queue q where q.shard > s.shard order by q.shard limit 1)
      from shards s where s.shard is not null
    ), waiting as materialized (select shard from shards where shard is not null)
    select shard from waiting where pg_try_advisory_xact_lock($2, shard) limit $3`,
};

/** The oldest rows of each shard, an equal share each, so that the order within a shard (and so within a person) is kept. */
const readQueue: Statement = {
  name: "signals-read-queue",
  text: `
    select q.sequence, q.workspace_id, q.shard, q.contact_id, q.enrollment_id, q.payload, q.event_id,
           case when q.event_id is not null then date_part('epoch', q.created_at) * 1000 end as received_ms, q.attempts
    from unnest($1::smallint[]) as locked(shard)
    cross join lateral (
      select * from signal_queue where shard = locked.shard order by sequence limit $2
    ) q
    order by q.sequence`,
};

type QueueRow = WorkRow & Named;

/** At most a quarter of all shards at once: the rest is free for other workers. */
const shardsPerBatch = 64;

export type QueueClaim = { works: Work[]; nextShard: number };

/**
 * Claims up to about `limit` rows from shard `fromShard` on, and from the first shard again when there is nothing behind it: no
 * works mean that the queue is empty or in the hands of others. `nextShard` is where the next claim should begin.
 */
export async function claimQueue(client: pg.ClientBase, fromShard: number, limit: number): Promise<QueueClaim> {
  const locked = await query<{ shard: number }>(client, lockShards, [fromShard, shardLockClass, shardsPerBatch]);
  if (locked.length === 0) return fromShard > 0 ? claimQueue(client, 0, limit) : { works: [], nextShard: 0 };
  const shards = locked.map((row) => row.shard);
  const rows = await query<QueueRow>(client, readQueue, [shards, Math.ceil(limit / shards.length)]);
  const events = await readEvents(client, rows);
  const last = shards.at(-1) ?? 0;
  const works = rows.map((row) => workOf("queue")({ ...row, payload: events.get(row.event_id) ?? row.payload }));
  return { works, nextShard: last + 1 };
}
