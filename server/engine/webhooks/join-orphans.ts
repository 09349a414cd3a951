import type pg from "pg";
import { inTransaction, query, type Statement } from "../query.ts";
import type { StatusEvent } from "./apply-status.ts";
import { applyStatuses } from "./apply-statuses.ts";
import type { HookPlace } from "./call-event.ts";
import { lockChannel } from "./lock-channel.ts";

/**
 * Orphans of the last while whose message we know by now: our own settling came after the status. One probe for each orphan, by the
 * lateral's limit: joined freely, the planner may walk the index of all messages.
 */
const findJoinable: Statement = {
  name: "orphans-joinable",
  text: `
    select distinct o.workspace_id, o.channel_id
    from orphan_status o
    cross join lateral (
      select 1 from message m where m.wamid = o.wamid and m.workspace_id = o.workspace_id and m.direction = 'outbound' limit 1
    ) known
    where o.received_at > now() - make_interval(secs => $1)`,
};

const takeJoinable: Statement = {
  name: "orphans-take",
  text: `
    with known as materialized (
      select o.id from orphan_status o
      cross join lateral (
        select 1 from message m where m.wamid = o.wamid and m.workspace_id = o.workspace_id and m.direction = 'outbound' limit 1
      ) known
      where o.channel_id = $1 and o.workspace_id = $2 and o.received_at > now() - make_interval(secs => $3)
    )
    delete from orphan_status o using known where o.id = known.id
    returning o.wamid, o.ref, o.status, o.error_code, o.error_detail, o.at`,
};

/** Providers redeliver for 7 days; a day more and nothing can come that an orphan would have to be compared with. */
const dropOld: Statement = {
  name: "orphans-prune",
  text: "delete from orphan_status where received_at < now() - interval '8 days'",
};

/** Applies orphans that came within the last `seconds` and whose message is known by now. Answers the signals made. */
export async function joinOrphans(pool: pg.Pool, seconds: number): Promise<number> {
  type Row = { workspace_id: string; channel_id: string };
  let signals = 0;
  for (const row of await query<Row>(pool, findJoinable, [seconds]))
    signals += await joinChannel(pool, { workspaceId: row.workspace_id, channelId: row.channel_id }, seconds);
  return signals;
}

function joinChannel(pool: pg.Pool, place: HookPlace, seconds: number): Promise<number> {
  type Row = Pick<StatusEvent, "wamid" | "ref" | "status"> & { error_code: number; error_detail: string; at: Date };
  return inTransaction(pool, async (client) => {
    if (!(await lockChannel(client, place.channelId))) return 0;
    const rows = await query<Row>(client, takeJoinable, [place.channelId, place.workspaceId, seconds]);
    const events = rows.map(({ wamid, ref, status, ...row }) => ({
      kind: "status" as const,
      phoneNumberId: "",
      wamid,
      ref,
      status,
      at: row.at.getTime(),
      errorCode: row.error_code,
      errorDetail: row.error_detail,
      errorClass: null,
      isUnreachable: false,
      recipient: { waId: null, bsuid: null },
      pricing: null,
      conversation: null,
    }));
    return (await applyStatuses(client, place, events)).signals;
  });
}

/** Forgets orphans after 8 days. */
export async function pruneOrphans(pool: pg.Pool): Promise<void> {
  await query(pool, dropOld, []);
}
