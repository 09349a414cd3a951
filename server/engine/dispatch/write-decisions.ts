import type pg from "pg";
import { templateHeld } from "#flow/gate/decide-send.ts";
import { query, type Statement } from "../query.ts";
import { refund } from "./consume-cap.ts";
import type { Decision } from "./decide-messages.ts";

/**
 * What people see of messages that do not leave now: why, and what they would have said. Those that leave are not written here: their
 * verdict goes along in the outbox row and is written into the message once, when the call is over (settle). A second attempt that
 * does not leave does not say what became of the first one: it stays unknown. A message that somebody else is writing to is left out, since
 * a claim waits for none (`lock-order.ts`); answers the others. The array is jsonb because its large columns are: a row of a kilobyte took 33 us to read out of json, 17 us out of jsonb.
 */
const updateMessages: Statement = {
  name: "dispatch-write-messages",
  text: `
    with free as materialized (
      select id from message where id = any($2::uuid[]) for no key update skip locked
    )
    update message m
    set status = case when m.reason = 'resent' and x.status = 'skipped' then 'unknown' else x.status end,
        reason = case when m.reason is distinct from 'resent' then x.reason
                      when x.status = 'skipped' then 'unknown-outcome' else m.reason end,
        language = coalesce(x.language, m.language), content = coalesce(x.content, m.content), checks = coalesce(x.checks, m.checks),
        cap_day = coalesce(x.cap_day, m.cap_day)
    from jsonb_to_recordset($1::jsonb) as x(id uuid, status text, reason text, language text, content jsonb, checks jsonb, cap_day text)
    join free using (id)
    where m.id = x.id
    returning m.id`,
};

/** The lease is counted by the database's clock: workers' clocks may differ. What a row leaves out is null, or false. */
const updateOutbox: Statement = {
  name: "dispatch-write-outbox",
  text: `
    update outbox o
    set status = x.status, not_before = coalesce(x.not_before, o.not_before), held_flow_id = x.held_flow_id, cap_day = x.cap_day,
        held_template_id = x.held_template_id, held_until = coalesce(x.held_until, o.held_until),
        holds_back = coalesce(x.holds_back, false), channel_id = x.channel_id, language = x.language, content = x.content, checks = x.checks,
        budget_month = coalesce(x.budget_month, o.budget_month), budget_micros = coalesce(x.budget_micros, o.budget_micros),
        budget_currency = coalesce(x.budget_currency, o.budget_currency),
        attempts = o.attempts + case when x.status = 'sending' then 1 else 0 end,
        claimed_by = case when x.status = 'sending' then $2 end,
        lease_until = case when x.status = 'sending' then now() + make_interval(secs => $3) end
    from jsonb_to_recordset($1::jsonb) as x(
      message_id uuid, status text, not_before timestamptz, held_flow_id uuid, held_template_id uuid, held_until timestamptz,
      cap_day text, holds_back boolean, channel_id uuid, language text, content jsonb, checks jsonb, budget_month text,
      budget_micros bigint, budget_currency text)
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
export const claimLeaseSeconds = 30;

/**
 * Writes what was decided, in the transaction that holds the outbox rows. Answers the decisions that hold: a message that does not
 * leave and that somebody else is writing to stays as it was, and is judged again.
 */
export async function writeDecisions(
  client: pg.ClientBase,
  decided: readonly Decision[],
  { claim, now }: { claim: string; now: number },
): Promise<Decision[]> {
  const told = await tellMessages(client, decided.flatMap(messageRow));
  const decisions = decided.filter(({ verdict, candidate }) => verdict === "send" || told.has(candidate.messageId));
  const kept = decisions.filter((decision) => decision.verdict !== "skip");
  if (kept.length > 0)
    await query(client, updateOutbox, [JSON.stringify(kept.map(outboxRow)), claim, claimLeaseSeconds]);
  await dropSkipped(client, decisions);
  const links = decisions.flatMap((decision) => linkRows(decision, now));
  if (links.length > 0) await query(client, insertLinks, [JSON.stringify(links)]);
  return decisions;
}

async function tellMessages(client: pg.ClientBase, rows: readonly { id: string }[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const values = [JSON.stringify(rows), rows.map(({ id }) => id)];
  return new Set((await query<{ id: string }>(client, updateMessages, values)).map(({ id }) => id));
}

/** What was refused for now kept its share of the cap for the next try; there will be none. */
async function dropSkipped(client: pg.ClientBase, decisions: readonly Decision[]): Promise<void> {
  const skipped = decisions.filter((decision) => decision.verdict === "skip").map(({ candidate }) => candidate);
  if (skipped.length === 0) return;
  await refund(
    client,
    skipped.filter(({ capDay, budgetMonth }) => capDay ?? budgetMonth).map(({ messageId }) => messageId),
  );
  await query(client, deleteOutbox, [skipped.map(({ messageId }) => messageId)]);
}

const messageStatus = {
  defer: "queued",
  behind: "queued",
  skip: "skipped",
  hold: "queued",
  "await-template": "queued",
} as const;

function messageRow(decision: Decision) {
  if (decision.verdict === "send") return [];
  const isJudged = decision.checks.length > 0 && decision.verdict !== "behind";
  return [
    {
      id: decision.candidate.messageId,
      status: messageStatus[decision.verdict],
      reason: reasonOf(decision),
      language: isJudged ? decision.prepared?.language : null,
      content: isJudged ? decision.prepared?.content : null,
      checks: isJudged ? decision.checks : null,
      cap_day: decision.capDay,
    },
  ];
}

function reasonOf(decision: Exclude<Decision, { verdict: "send" }>): string {
  if (decision.verdict === "hold") return "flow-held";
  if (decision.verdict === "await-template") return templateHeld;
  return decision.verdict === "behind" ? "earlier-first" : decision.reason;
}

const outboxStatus = {
  send: "sending",
  defer: "queued",
  behind: "behind",
  hold: "held",
  "await-template": "held",
} as const;

/** Without what is null: most are sends, and of them each word is read once more by the database. */
function outboxRow(decision: Exclude<Decision, { verdict: "skip" }>) {
  const { candidate, verdict } = decision;
  const row = { message_id: candidate.messageId, status: outboxStatus[verdict] };
  if (verdict === "send") {
    const { channel, prepared, checks, charge, capDay } = decision;
    const paid = charge && {
      budget_month: charge.month,
      budget_micros: charge.micros,
      budget_currency: charge.currency,
    };
    const { language, content } = prepared;
    return { ...row, ...paid, cap_day: capDay, channel_id: channel.id, language, content, checks };
  }
  const waiting = { ...row, cap_day: candidate.capDay };
  if (verdict === "behind") return { ...waiting, channel_id: decision.channelId };
  if (verdict === "hold") return { ...waiting, held_flow_id: decision.flowId };
  const until = new Date(decision.until).toISOString();
  if (verdict === "defer") return { ...waiting, not_before: until, holds_back: decision.holdsBack };
  return { ...waiting, held_template_id: decision.templateId, held_until: until };
}

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
