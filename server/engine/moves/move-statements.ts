import type pg from "pg";
import { query, type Statement } from "../query.ts";
import { shardLockClass } from "../signals/shard-lock.ts";
import { type Work, type WorkRow, workOf } from "../signals/work.ts";

/**
 * People on the old versions' steps whose people move or leave, by `enrollment_flow`: whoever has been moved is on another version and
 * not in the range any more, so each slice costs what it moves. In held and archived flows nobody is moved. What others hold is skipped.
 */
const readMoves: Statement = {
  name: "moves-read",
  text: `
    with open as (
      select m.id, m.flow_id, s."versionId" as version_id, s."nodeId" as node_id
      from flow_move m
      join flow f on f.id = m.flow_id and f.status in ('active', 'paused')
      cross join lateral jsonb_to_recordset(m.plan->'steps') as s("versionId" uuid, "nodeId" text, act text)
      where m.finished_at is null and s.act <> 'keep'
    )
    select 0 as sequence, e.workspace_id, e.shard, e.contact_id, e.id as enrollment_id, '{"kind":"move"}'::jsonb as payload, 0 as attempts
    from open o
    cross join lateral (
      select * from enrollment
      where flow_id = o.flow_id and node_id = o.node_id and version_id = o.version_id and status = 'waiting' and move_id is distinct from o.id
      limit $2
    ) e
    where pg_try_advisory_xact_lock($1, e.shard)
    limit $2`,
};

/** Claims people to be brought to a new version. A stale row is harmless: the states are loaded after the lock. */
export const claimMoves = async (client: pg.ClientBase, limit: number): Promise<Work[]> =>
  (await query<WorkRow>(client, readMoves, [shardLockClass, limit])).map(workOf("timer"));

const addCounts: Statement = {
  name: "moves-count",
  text: `
    update flow_move m set moved = m.moved + x.moved, exited = m.exited + x.exited
    from json_to_recordset($1::json) as x(id uuid, moved integer, exited integer) where m.id = x.id`,
};

/** Adds up how many have been brought over, in the transaction that did it. */
export async function countMoves(
  client: pg.ClientBase,
  moves: ReadonlyMap<string, { moved: number; exited: number }>,
): Promise<void> {
  if (moves.size === 0) return;
  const rows = [...moves].map(([id, sums]) => ({ id, ...sums }));
  await query(client, addCounts, [JSON.stringify(rows)]);
}
