import type pg from "pg";
import { inTransaction, query, type Statement } from "../query.ts";
import { addCounted, counts, fine, localTime } from "./count-columns.ts";

/** One worker adds up at a time: rows are raised in place, and two would wait for each other. */
const foldLock = 7_152;
const rowsAtOnce = 20_000;

export const lockFold: Statement = {
  name: "counts-lock",
  text: "select pg_try_advisory_xact_lock($1) as is_mine",
};

/**
 * Whatever is committed is added and gone in one statement, so a reader sees each change once. Up to an id, and not by a list of ids: the
 * table's statistics are those of an empty one most of the time, and the list was compared with every row. Not of a workspace that has never been
 * counted: its rows are part of what `rebuildCounts` finds.
 */
const fold: Statement = {
  name: "counts-fold",
  text: `
    with edge as (
      select max(id) as id from (
        select c.id from message_change c join workspace w on w.id = c.workspace_id
        where w.counted_zone is not null order by c.id limit $1) first
    ), taken as (
      delete from message_change c using (select id as bank_id, counted_zone from workspace) w
      where c.id <= (select id from edge) and w.bank_id = c.workspace_id and w.counted_zone is not null
      returning counted_zone, quarter, workspace_id, ${fine}, ${counts}
    ), counted as (
      select *, ${localTime("counted_zone")} from taken
    ), ${addCounted}
    select count(*)::integer as changes from taken`,
};

export async function isFoldMine(client: pg.ClientBase): Promise<boolean> {
  const [locked] = await query<{ is_mine: boolean }>(client, lockFold, [foldLock]);
  return locked?.is_mine === true;
}

/** Adds counted changes of messages up. Answers how many it took; zero: there were none, or another worker is at it. */
export const foldCounts = (pool: pg.Pool): Promise<number> =>
  inTransaction(pool, async (client) => {
    if (!(await isFoldMine(client))) return 0;
    const [folded] = await query<{ changes: number }>(client, fold, [rowsAtOnce]);
    return folded?.changes ?? 0;
  });
