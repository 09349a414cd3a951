import type pg from "pg";
import { inTransaction, query, type Statement } from "../query.ts";
import { addCounted, localTime } from "./count-columns.ts";
import { isFoldMine } from "./fold-counts.ts";

const findDue: Statement = {
  name: "counts-due",
  text: "select id from workspace where counted_zone is distinct from timezone order by id limit 1",
};

const setZone: Statement = {
  name: "counts-set-zone",
  text: "update workspace set counted_zone = timezone where id = $1 returning counted_zone as zone",
};

/**
 * The first day that can be counted anew: where days are counted whose messages are forgotten, the day after the oldest message that is
 * kept, of which a part may be gone, too. By another zone that message's own day may be one earlier.
 */
const findFirst: Statement = {
  name: "counts-first-day",
  text: `
    select case when exists (select 1 from message_day where workspace_id = $1 and day < oldest.day - 1)
                then oldest.day + 1 else '-infinity'::date end::text as day
    from (
      select coalesce(min((coalesce(sent_at, created_at) at time zone $2)::date), '-infinity') as day
      from message where workspace_id = $1 and status <> 'queued' and status <> 'sending'
    ) oldest`,
};

const deleteChanges: Statement = {
  name: "counts-forget-changes",
  text: "delete from message_change where workspace_id = $1",
};
const deleteDays: Statement = {
  name: "counts-forget-days",
  text: "delete from message_day where workspace_id = $1 and day >= $2::date",
};
const deleteHours: Statement = {
  name: "counts-forget-hours",
  text: "delete from message_hour where workspace_id = $1 and day >= $2::date",
};

const countAnew: Statement = {
  name: "counts-anew",
  text: `
    with counted as materialized (
      select * from (
        select c.*, ${localTime("w.counted_zone")}
        from message m cross join lateral message_counts(m) c join workspace w on w.id = c.workspace_id
        where m.workspace_id = $1
      ) x where day >= $2::date
    ), ${addCounted}
    select coalesce(sum(made + conversed), 0)::integer as messages from counted`,
};

/**
 * Counts a workspace's messages anew from their rows, by its zone of now. Nobody waits for it: it sees the messages and the changes of one
 * moment (repeatable read) and replaces what was counted up to then; what is committed later is added to it as ever. Days whose messages
 * are forgotten stay as they were counted. Answers how many messages there were; null: somebody is adding up, so it has to be tried again.
 */
export const rebuildCounts = (pool: pg.Pool, workspaceId: string): Promise<number | null> =>
  inTransaction(pool, async (client) => {
    await client.query("set transaction isolation level repeatable read");
    // The worker's connections avoid reading tables whole; here that is the point.
    await client.query("set local enable_seqscan = on");
    // Ten million messages take minutes.
    await client.query("set local statement_timeout = 0");
    if (!(await isFoldMine(client))) return null;
    const [workspace] = await query<{ zone: string }>(client, setZone, [workspaceId]);
    if (!workspace) return 0;
    const [first] = await query<{ day: string }>(client, findFirst, [workspaceId, workspace.zone]);
    const since = [workspaceId, first?.day ?? "-infinity"];
    await query(client, deleteChanges, [workspaceId]);
    await query(client, deleteDays, since);
    await query(client, deleteHours, since);
    const [counted] = await query<{ messages: number }>(client, countAnew, since);
    return counted?.messages ?? 0;
  });

/** Counts one workspace anew that has another zone than it was counted by, or has never been counted. Answers whether there was one. */
export async function recountDue(pool: pg.Pool): Promise<boolean> {
  const [due] = await query<{ id: string }>(pool, findDue, []);
  return due !== undefined && (await rebuildCounts(pool, due.id)) !== null;
}
