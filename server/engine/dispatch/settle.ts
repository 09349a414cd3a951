import type pg from "pg";
import { inTransaction, query, type Statement } from "../query.ts";
import { queueStatusSignals, statusSignalRow } from "../queue-status-signals.ts";
import { refundCap } from "./consume-cap.ts";
import type { Candidate } from "./load-facts.ts";
import type { Settlement } from "./settlement.ts";

/** A call that is over. `claim` is the fencing token it was made under. */
export type Settled = {
  message: Candidate;
  channelId: string;
  claim: string;
  at: Date;
  settlement: Settlement;
};

/** How long an unknown outcome waits for a status before it is judged, in seconds of the database's clock. */
export const reconcileSeconds = 60;

/**
 * An acceptance is a fact, whoever reports it, so it needs no valid lease. It never takes a status back: a webhook may have
 * been faster than the answer. All in one statement, so that the most frequent settlement needs no transaction around it:
 * five round trips are one.
 */
const settleAccepted: Statement = {
  name: "settle-accepted",
  text: `
    with x as materialized (
      select * from jsonb_to_recordset($1::jsonb) as x(
        id uuid, claim text, wamid text, at timestamptz, workspace_id uuid, shard smallint, contact_id uuid, enrollment_id uuid,
        signal jsonb)
    ), accepted as (
      update message m
      set status = case when m.status in ('queued', 'sending', 'unknown') then 'sent' else m.status end,
          reason = case when m.status in ('queued', 'sending', 'unknown') and m.reason is distinct from 'resent' then null else m.reason end,
          error_code = case when m.status in ('queued', 'sending', 'unknown') then null else m.error_code end,
          error_detail = case when m.status in ('queued', 'sending', 'unknown') then null else m.error_detail end,
          wamid = coalesce(m.wamid, x.wamid),
          sent_at = case when m.sent_at < date_trunc('second', x.at) then m.sent_at else x.at end
      from x where m.id = x.id
    ), finished as (
      delete from outbox o using x
      where o.message_id = x.id and (o.claimed_by = x.claim or o.status in ('unknown', 'queued'))
    )
    insert into signal_queue (workspace_id, shard, contact_id, enrollment_id, payload)
    select x.workspace_id, x.shard, x.contact_id, x.enrollment_id, x.signal from x
    where exists (select 1 from enrollment e where e.id = x.enrollment_id and e.status = 'waiting')`,
};

/** Everything else holds only for the worker that still has the claim: a zombie must not undo what its successor did. */
const lockClaims: Statement = {
  name: "settle-lock",
  text: `
    select o.message_id from outbox o
    join json_to_recordset($1::json) as x(id uuid, claim text) on o.message_id = x.id and o.claimed_by = x.claim
    where o.status = 'sending' for update of o`,
};

const updateMessages: Statement = {
  name: "settle-messages",
  text: `
    update message m
    set status = x.status, reason = x.reason, error_code = x.code, error_detail = x.detail,
        failed_at = case when x.status = 'failed' then x.at else m.failed_at end
    from json_to_recordset($1::json) as x(id uuid, status text, reason text, code integer, detail text, at timestamptz)
    where m.id = x.id and m.status = 'sending'`,
};

const requeue: Statement = {
  name: "settle-requeue",
  text: `
    update outbox o
    set status = 'queued', not_before = coalesce(x.not_before, o.not_before), claimed_by = null, lease_until = null,
        attempts = o.attempts - 1 + x.called
    from json_to_recordset($1::json) as x(id uuid, not_before timestamptz, called smallint) where o.message_id = x.id`,
};

const setUnknown: Statement = {
  name: "settle-unknown",
  text: `
    update outbox set status = 'unknown', claimed_by = null, lease_until = now() + make_interval(secs => $2)
    where message_id = any($1::uuid[])`,
};

const deleteOutbox: Statement = {
  name: "settle-delete",
  text: "delete from outbox where message_id = any($1::uuid[])",
};

/** Only a connected number: the first refusal is the one to show. */
const pauseChannels: Statement = {
  name: "settle-pause-channels",
  text: `
    update channel c set status = 'paused', status_reason = x.reason
    from json_to_recordset($1::json) as x(id uuid, reason text) where c.id = x.id and c.status = 'connected'`,
};

/**
 * Writes the outcomes of calls: what was not accepted in a transaction, then what was. Safe to repeat after an error in either:
 * a claim is settled once, and the acceptances come last, so that nobody is told of one twice.
 */
export async function settle(pool: pg.Pool, results: readonly Settled[]): Promise<void> {
  // Messages are locked in id order everywhere, so that statuses and settlements never wait for each other in a circle.
  const all = results.toSorted((a, b) => (a.message.messageId < b.message.messageId ? -1 : 1));
  const others = all.filter((each) => each.settlement.kind !== "sent");
  if (others.length > 0) {
    await inTransaction(pool, async (client) => {
      const locked = await query<{ message_id: string }>(client, lockClaims, [claimsOf(others)]);
      const mine = new Set(locked.map((row) => row.message_id));
      await settleOthers(
        client,
        others.filter((each) => mine.has(each.message.messageId)),
      );
    });
  }
  const accepted = all.flatMap(acceptedRow);
  if (accepted.length > 0) await query(pool, settleAccepted, [JSON.stringify(accepted)]);
}

function acceptedRow({ message, claim, at, settlement }: Settled) {
  if (settlement.kind !== "sent") return [];
  const news = statusSignalRow({ ...message, status: "sent", reason: null });
  return [{ ...news, id: message.messageId, claim, wamid: settlement.wamid, at: at.toISOString() }];
}

async function settleOthers(client: pg.ClientBase, others: readonly Settled[]): Promise<void> {
  if (others.length === 0) return;
  await query(client, updateMessages, [JSON.stringify(others.map(messageRow))]);
  const idsOf = (kind: Settlement["kind"]) =>
    others.filter((each) => each.settlement.kind === kind).map((each) => each.message.messageId);
  const retries = others.flatMap(requeuedRow);
  if (retries.length > 0) await query(client, requeue, [JSON.stringify(retries)]);
  const paused = others.flatMap(({ channelId, settlement }) =>
    settlement.kind === "retry" && settlement.pausesChannel
      ? [{ id: channelId, reason: `${settlement.code} ${settlement.detail}`.slice(0, 300) }]
      : [],
  );
  if (paused.length > 0) await query(client, pauseChannels, [JSON.stringify(paused)]);
  const unknown = idsOf("unknown");
  if (unknown.length > 0) await query(client, setUnknown, [unknown, reconcileSeconds]);
  const failed = idsOf("failed");
  if (failed.length === 0) return;
  await refundCap(client, failed);
  await query(client, deleteOutbox, [failed]);
  const news = others.flatMap(({ message, settlement }) =>
    settlement.kind === "failed" ? [{ ...message, status: "failed" as const, reason: settlement.reason }] : [],
  );
  await queueStatusSignals(client, news);
}

/** What was never called keeps its time and its count of attempts. */
function requeuedRow({ message, settlement }: Settled): { id: string; not_before: string | null; called: number }[] {
  if (settlement.kind === "returned") return [{ id: message.messageId, not_before: null, called: 0 }];
  if (settlement.kind !== "retry") return [];
  return [{ id: message.messageId, not_before: new Date(settlement.notBefore).toISOString(), called: 1 }];
}

const claimsOf = (all: readonly Settled[]): string =>
  JSON.stringify(all.map(({ message, claim }) => ({ id: message.messageId, claim })));

const statusOf = { retry: "queued", returned: "queued", failed: "failed", unknown: "unknown", sent: "sent" } as const;

const messageRow = ({ message, at, settlement }: Settled) => ({
  id: message.messageId,
  status: statusOf[settlement.kind],
  reason: settlement.kind === "unknown" ? "unknown-outcome" : "reason" in settlement ? settlement.reason : null,
  code: "code" in settlement ? settlement.code : null,
  detail: "detail" in settlement ? settlement.detail.slice(0, 500) : null,
  at: at.toISOString(),
});
