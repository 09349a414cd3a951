import type pg from "pg";
import { query, type Statement } from "../query.ts";

/**
 * What may leave now and has not left, by workspace and lane; what waits for its hour is no backlog, what waits for an earlier
 * message of its person is. Of several workers one takes a
 * sample: the lock is the turn, and whoever comes later finds the rows of these ten seconds. Workspaces are found by one index probe
 * each, and the rest is one range of `outbox_due` per lane, read from the index alone: 100,000 queued rows are 1,111 buffers and
 * 30 to 55 ms under EXPLAIN ANALYZE on a busy machine, once in ten seconds.
 */
const writeBacklog: Statement = {
  name: "samples-backlog",
  text: `
    with recursive turn as materialized (
      select date_bin('10 seconds', now(), 'epoch') as at
      where pg_try_advisory_xact_lock(hashtext('backlog_sample'), 0)
        and not exists (select 1 from backlog_sample where at = date_bin('10 seconds', now(), 'epoch'))
    ), due as (
      (select o.workspace_id from turn, outbox o where o.status = 'queued' order by o.workspace_id limit 1)
      union all
      select (select o.workspace_id from outbox o where o.status = 'queued' and o.workspace_id > d.workspace_id order by o.workspace_id limit 1)
      from due d where d.workspace_id is not null
    ), behind as (
      (select o.workspace_id from turn, outbox o where o.status = 'behind' order by o.workspace_id limit 1)
      union all
      select (select o.workspace_id from outbox o where o.status = 'behind' and o.workspace_id > b.workspace_id order by o.workspace_id limit 1)
      from behind b where b.workspace_id is not null
    ), waiting as (select workspace_id from due union select workspace_id from behind)
    insert into backlog_sample (at, workspace_id, lane, waiting, oldest_ms)
    select turn.at, waiting.workspace_id, lanes.lane, backlog.waiting, least(2147483647, greatest(0, backlog.oldest_ms))
    from turn, waiting
    cross join (values (0), (1), (2), (3)) as lanes(lane)
    cross join lateral (
      select count(*) as waiting, extract(epoch from $1::timestamptz - min(not_before)) * 1000 as oldest_ms
      from (
        select not_before from outbox
        where status = 'queued' and workspace_id = waiting.workspace_id and lane = lanes.lane and not_before <= $1
        union all
        select not_before from outbox
        where status = 'behind' and workspace_id = waiting.workspace_id and lane = lanes.lane and not_before <= $1
      ) rows
    ) backlog
    where waiting.workspace_id is not null and backlog.waiting > 0
    on conflict do nothing`,
};

/** A range at the old end of the key: nothing to read when nothing is old. */
const dropOldLanes: Statement = {
  name: "samples-drop-lanes",
  text: "delete from lane_sample where at < now() - interval '1 day'",
};
const dropOldBacklog: Statement = {
  name: "samples-drop-backlog",
  text: "delete from backlog_sample where at < now() - interval '1 day'",
};

/** Notes what waits in each lane, at most once in ten seconds however many workers ask, and forgets samples older than a day. */
export async function sampleBacklog(pool: pg.Pool, now: Date): Promise<void> {
  await query(pool, writeBacklog, [now]);
  await query(pool, dropOldLanes, []);
  await query(pool, dropOldBacklog, []);
}
