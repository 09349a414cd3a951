import type pg from "pg";
import { query, type Statement } from "../query.ts";
import type { Decision } from "./decide-messages.ts";

/**
 * All of a batch's verdicts on its messages: what people see. A deferred message stays queued and says what it waits for.
 * The array is jsonb because its large columns are: a row of a kilobyte took 33 us to read out of json, 17 us out of jsonb.
 */
const updateMessages: Statement = {
  name: "dispatch-write-messages",
  text: `
    update message m
    set status = x.status, reason = coalesce(x.reason, case when m.reason = 'resent' then m.reason end),
        channel_id = coalesce(x.channel_id, m.channel_id), language = coalesce(x.language, m.language),
        content = coalesce(x.content, m.content), checks = x.checks
    from jsonb_to_recordset($1::jsonb) as x(
      id uuid, status text, reason text, channel_id uuid, language text, content jsonb, checks jsonb)
    where m.id = x.id`,
};

/** The lease is counted by the database's clock: workers' clocks may differ. */
const updateOutbox: Statement = {
  name: "dispatch-write-outbox",
  text: `
    update outbox o
    set status = x.status, not_before = coalesce(x.not_before, o.not_before), held_flow_id = x.held_flow_id, cap_day = x.cap_day,
        attempts = o.attempts + case when x.status = 'sending' then 1 else 0 end,
        claimed_by = case when x.status = 'sending' then $2 end,
        lease_until = case when x.status = 'sending' then now() + make_interval(secs => $3) end
    from json_to_recordset($1::json) as x(message_id uuid, status text, not_before timestamptz, held_flow_id uuid, cap_day text)
    where o.message_id = x.message_id`,
};

const deleteOutbox: Statement = {
  name: "dispatch-delete-outbox",
  text: "delete from outbox where message_id = any($1::uuid[])",
};

const insertLinks: Statement = {
  name: "dispatch-write-links",
  text: `
    insert into link (code, workspace_id, contact_id, message_id, enrollment_id, visit, slot, kind, target, expires_at, created_at)
    select * from json_to_recordset($1::json) as x(
      code text, workspace_id uuid, contact_id uuid, message_id uuid, enrollment_id uuid, visit integer, slot text, kind text,
      target text, expires_at timestamptz, created_at timestamptz)
    on conflict (code) do nothing`,
};

/** Longer than the longest call (20 s), so that a living worker never loses a lease. */
const leaseSeconds = 30;

/** Writes what was decided, in the transaction that holds the outbox rows. */
export async function writeDecisions(
  client: pg.ClientBase,
  decisions: readonly Decision[],
  { claim, now }: { claim: string; now: number },
): Promise<void> {
  if (decisions.length === 0) return;
  const messages = decisions.map(messageRow).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  await query(client, updateMessages, [JSON.stringify(messages)]);
  const kept = decisions.filter((decision) => decision.verdict !== "skip");
  if (kept.length > 0) await query(client, updateOutbox, [JSON.stringify(kept.map(outboxRow)), claim, leaseSeconds]);
  const skipped = decisions.filter((decision) => decision.verdict === "skip");
  if (skipped.length > 0) await query(client, deleteOutbox, [skipped.map(({ candidate }) => candidate.messageId)]);
  const links = decisions.flatMap((decision) => linkRows(decision, now));
  if (links.length > 0) await query(client, insertLinks, [JSON.stringify(links)]);
}

const messageStatus = { send: "sending", defer: "queued", skip: "skipped", hold: "queued" } as const;

const messageRow = (decision: Decision) => ({
  id: decision.candidate.messageId,
  status: messageStatus[decision.verdict],
  reason: "reason" in decision ? decision.reason : decision.verdict === "hold" ? "flow-held" : null,
  channel_id: decision.verdict === "send" ? decision.channel.id : null,
  language: decision.prepared?.language ?? null,
  content: decision.prepared?.content ?? null,
  checks: decision.checks,
});

const outboxStatus = { send: "sending", defer: "queued", hold: "held" } as const;

const outboxRow = (decision: Exclude<Decision, { verdict: "skip" }>) => ({
  message_id: decision.candidate.messageId,
  status: outboxStatus[decision.verdict],
  not_before: decision.verdict === "defer" ? new Date(decision.until).toISOString() : null,
  held_flow_id: decision.verdict === "hold" ? decision.flowId : null,
  cap_day: decision.verdict === "send" ? decision.capDay : decision.candidate.capDay,
});

function linkRows(decision: Decision, now: number) {
  if (decision.verdict !== "send") return [];
  const { candidate, prepared } = decision;
  return Object.entries(prepared.codes).flatMap(([slot, code]) => {
    const binding = candidate.request.links[slot];
    if (!binding) return [];
    return [
      {
        code,
        workspace_id: candidate.workspaceId,
        contact_id: candidate.contactId,
        message_id: candidate.messageId,
        enrollment_id: candidate.enrollmentId,
        visit: candidate.visit,
        slot,
        kind: binding.kind,
        target: binding.kind === "tracked" ? binding.target : null,
        expires_at: new Date(now + binding.validHours * 3_600_000).toISOString(),
        created_at: new Date(now).toISOString(),
      },
    ];
  });
}
