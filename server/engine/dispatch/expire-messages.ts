import type pg from "pg";
import { inTransaction, query, type Statement } from "../query.ts";
import { type MessageNews, queueStatusSignals } from "../queue-status-signals.ts";
import { refund } from "./consume-cap.ts";

/** By the index on what may expire: nothing is read where no flow gives its messages a time. Held flows keep theirs. */
const lockExpired: Statement = {
  name: "expire-lock",
  text: `
    select o.message_id, o.workspace_id, o.shard, o.contact_id, o.enrollment_id, o.visit
    from outbox o join message m on m.id = o.message_id
    where o.status in ('queued', 'behind') and o.expires_at <= $1
    order by o.expires_at limit 500 for update of o, m skip locked`,
};

/** A second attempt that never leaves does not say what became of the first one. */
const updateMessages: Statement = {
  name: "expire-messages",
  text: `
    update message m
    set status = case when m.reason = 'resent' then 'unknown' else 'skipped' end,
        reason = case when m.reason = 'resent' then 'unknown-outcome' else 'expired' end,
        checks = coalesce(m.checks, jsonb_build_array(jsonb_build_object(
          'check', 'expiry', 'verdict', 'block', 'seen', to_jsonb($2::timestamptz) #>> '{}', 'needed', '< ' || (to_jsonb(o.expires_at) #>> '{}'))))
    from outbox o where o.message_id = m.id and m.id = any($1::uuid[])`,
};

const deleteOutbox: Statement = {
  name: "expire-outbox",
  text: "delete from outbox where message_id = any($1::uuid[])",
};

type Row = {
  message_id: string;
  workspace_id: string;
  shard: number;
  contact_id: string;
  enrollment_id: string | null;
  visit: number | null;
};

/**
 * Drops what has become too old while nothing could leave: between two tries, behind another message, or while its number rests.
 * Whatever else is due meets the gate, which says the same. Answers how many. `now` is the product's time.
 */
export const expireMessages = (pool: pg.Pool, now: Date): Promise<number> =>
  inTransaction(pool, async (client) => {
    const rows = await query<Row>(client, lockExpired, [now]);
    if (rows.length === 0) return 0;
    const ids = rows.map((row) => row.message_id);
    await refund(client, ids);
    await query(client, updateMessages, [ids, now]);
    await query(client, deleteOutbox, [ids]);
    await queueStatusSignals(client, rows.map(newsOf));
    return rows.length;
  });

const newsOf = (row: Row): MessageNews => ({
  workspaceId: row.workspace_id,
  shard: row.shard,
  contactId: row.contact_id,
  enrollmentId: row.enrollment_id,
  visit: row.visit,
  status: "blocked",
  reason: "expired",
});
