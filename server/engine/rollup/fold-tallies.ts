import type pg from "pg";
import { inTransaction, query, type Statement } from "../query.ts";

/** One worker adds up at a time; the others have nothing to wait for. */
const foldLock = 7_151;
const rowsAtOnce = 20_000;

const lock: Statement = { name: "tallies-lock", text: "select pg_try_advisory_xact_lock($1) as is_mine" };

/**
 * Whatever is committed is added and gone in one statement, so a reader sees each change once: here or there. Up to an id, and not by a
 * list of ids, as in fold-counts.ts.
 */
const fold: Statement = {
  name: "tallies-fold",
  text: `
    with edge as (
      select max(id) as id from (select id from flow_tally_change order by id limit $1) first
    ), taken as (
      delete from flow_tally_change
      where id <= (select id from edge)
      returning workspace_id, flow_id, day, version_id, node_id, kind, handle, language, n
    ), added as (
      insert into flow_tally (workspace_id, flow_id, day, version_id, node_id, kind, handle, language, n)
      select workspace_id, flow_id, day, version_id, node_id, kind, handle, language, sum(n)
      from taken group by 1, 2, 3, 4, 5, 6, 7, 8
      on conflict (flow_id, day, version_id, node_id, kind, handle, language) do update set n = flow_tally.n + excluded.n
    )
    select count(*)::int as changes from taken`,
};

/** Adds counted changes to the tallies. Answers how many it took; zero: there were none, or another worker is at it. */
export const foldTallies = (pool: pg.Pool): Promise<number> =>
  inTransaction(pool, async (client) => {
    const [locked] = await query<{ is_mine: boolean }>(client, lock, [foldLock]);
    if (!locked?.is_mine) return 0;
    const [folded] = await query<{ changes: number }>(client, fold, [rowsAtOnce]);
    return folded?.changes ?? 0;
  });
