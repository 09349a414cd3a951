import type pg from "pg";
import type { ConsentState, SendRequest } from "#db/schema/index.ts";
import type { EndReason } from "#flow/enrollment.ts";
import { type LeftEarly, leftEarly } from "#flow/gate/left-early.ts";
import { longestCapWindowDays } from "#flow/gate/policy.ts";
import type { Purpose } from "#flow/graph.ts";
import type { TemplateCategory, TemplateContent, TemplateStatus } from "#flow/template.ts";
import { statusAtAccount } from "#server/channels/template-standing.ts";
import { query, type Statement } from "../query.ts";
import type { FlowStatus } from "../signals/flow-cache.ts";

/** A claimed message with all that is known about it and its person at this moment. */
export type Candidate = {
  messageId: string;
  workspaceId: string;
  shard: number;
  contactId: string;
  enrollmentId: string | null;
  visit: number | null;
  flowId: string | null;
  flowStatus: FlowStatus | null;
  purpose: Purpose;
  /** fraud 0, transaction 1, service 2, marketing 3. */
  lane: number;
  request: SendRequest;
  attempts: number;
  /** The local day whose cap it has used on an earlier attempt. */
  capDay: string | null;
  /** The month whose budget it has used on an earlier attempt. */
  budgetMonth: string | null;
  budgetCurrency: string | null;
  createdAt: Date;
  /** How the person left the flow since; null: they did not, or by an end that is drawn. */
  left: LeftEarly | null;
  notBefore: Date;
  /** When its flow or all sending was last released from a hold; null when neither was ever held. */
  releasedAt: Date | null;
  expiresAt: Date | null;
  /** Until when it has been waiting for its template; null: it has not. */
  heldUntil: Date | null;
  /** Null when the person was erased. */
  contact: {
    phone: string | null;
    waId: string | null;
    bsuid: string | null;
    locale: string | null;
    timezone: string | null;
    consents: ConsentState;
    suppressedAt: Date | null;
    suppressedReason: string | null;
    /** Their number or id is on the workspace's suppression list. */
    isListed: boolean;
    lastInboundAt: Date | null;
  } | null;
  /** The contact under which messages to this phone are counted. */
  capHolderId: string;
  /** Messages already counted by local day, today and around. */
  capUsed: Record<string, number>;
  /** Of a marketing message: service messages to the same person that wait to leave within the day. They come first. */
  capKept: number;
};

/**
 * Read after the rows are locked, so that a STOP committed before this moment wins over the message. Contacts with one phone are
 * one person at the other end (reliability F40): whoever of them may not be written to keeps the others from it, and
 * they share the cap of the first of them. Least values, since asking for the first of an order sorts for each message anew; of several
 * reasons any one is told.
 */
const readCandidates: Statement = {
  name: "dispatch-facts",
  text: `
    select o.message_id, o.workspace_id, o.shard, o.contact_id, o.enrollment_id, o.visit, o.request, o.attempts, o.cap_day,
           o.created_at, o.not_before, o.expires_at, o.held_until, o.lane, m.flow_id, f.status as flow_status,
           greatest(w.sending_released_at, f.released_at) as released_at, c.id is not null as is_known,
           e.end_reason, e.goal_at, case when e.goal_at is not null then e.state->>'goalEvent' end as goal_event,
           c.phone, c.wa_id, c.bsuid, c.locale, c.timezone, c.consents, c.last_inbound_at,
           coalesce(c.suppressed_at, shared.suppressed_at) as suppressed_at,
           case when c.suppressed_at is null then shared.suppressed_reason else c.suppressed_reason end as suppressed_reason,
           coalesce(shared.id, o.contact_id) as cap_holder_id, o.budget_month, o.budget_currency,
           (select json_object_agg(k.day, k.used) from cap_counter k
            where k.workspace_id = o.workspace_id and k.contact_id = coalesce(shared.id, o.contact_id)
              and k.day >= case when w.cap_per_window is null then $2 else $3 end) as cap_used,
           case when o.lane = $4 then (
             select count(*)::integer from outbox p
             where p.contact_id = o.contact_id and p.lane = $4 - 1 and p.status in ('queued', 'behind') and p.not_before < $5
               -- One that was refused for now waits with its share in its hands: it is counted as used.
               and p.cap_day is null
           ) end as kept,
           case when w.suppressions > 0 then exists (
             select 1 from suppression l where l.workspace_id = o.workspace_id
               and (l.kind, l.value) in (('phone', c.phone), ('phone', '+' || c.wa_id), ('customer', c.external_id))
           ) end as is_listed
    from outbox o
    join message m on m.id = o.message_id
    join workspace w on w.id = o.workspace_id
    left join flow f on f.id = m.flow_id
    left join enrollment e on e.id = o.enrollment_id
    left join contact c on c.id = o.contact_id
    left join lateral (
      select min(s.id::text collate "C")::uuid as id, min(s.suppressed_at) as suppressed_at,
             min(s.suppressed_reason) filter (where s.suppressed_at is not null) as suppressed_reason
      from contact s where s.workspace_id = c.workspace_id and s.phone = c.phone
    ) shared on true
    where o.message_id = any($1::uuid[])
    order by o.lane, o.not_before, o.message_id`,
};

type Row = {
  message_id: string;
  workspace_id: string;
  shard: number;
  contact_id: string;
  enrollment_id: string | null;
  visit: number | null;
  request: SendRequest;
  attempts: number;
  cap_day: string | null;
  created_at: Date;
  not_before: Date;
  released_at: Date | null;
  lane: number;
  expires_at: Date | null;
  held_until: Date | null;
  flow_id: string | null;
  flow_status: FlowStatus | null;
  end_reason: EndReason | null;
  goal_at: Date | null;
  goal_event: string | null;
  is_known: boolean;
  phone: string | null;
  wa_id: string | null;
  bsuid: string | null;
  locale: string | null;
  timezone: string | null;
  consents: ConsentState;
  suppressed_at: Date | null;
  suppressed_reason: string | null;
  last_inbound_at: Date | null;
  cap_holder_id: string;
  cap_used: Record<string, number> | null;
  budget_month: string | null;
  budget_currency: string | null;
  is_listed: boolean | null;
  kept: number | null;
};

/** The claimed messages, the most urgent first. `now` is the product's time. */
export async function loadCandidates(client: pg.ClientBase, messageIds: string[], now: Date): Promise<Candidate[]> {
  // Two days back is before today in every zone.
  const since = dayBefore(now, 2);
  const sinceWindow = dayBefore(now, 2 + longestCapWindowDays);
  const soon = new Date(now.getTime() + 86_400_000);
  const values = [messageIds, since, sinceWindow, marketingLane, soon];
  return (await query<Row>(client, readCandidates, values)).map(candidateOf);
}

/** The only lane that waits for another one that counts against the same cap: service, before it. */
const marketingLane = 3;

const dayBefore = (now: Date, days: number): string =>
  new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10);

const candidateOf = (row: Row): Candidate => ({
  messageId: row.message_id,
  workspaceId: row.workspace_id,
  shard: row.shard,
  contactId: row.contact_id,
  enrollmentId: row.enrollment_id,
  visit: row.visit,
  flowId: row.flow_id,
  flowStatus: row.flow_status,
  purpose: row.request.purpose,
  lane: row.lane,
  request: row.request,
  attempts: row.attempts,
  capDay: row.cap_day,
  budgetMonth: row.budget_month,
  budgetCurrency: row.budget_currency,
  createdAt: row.created_at,
  left: leftEarly(
    { endReason: row.end_reason, goalAt: row.goal_at?.getTime() ?? null, goalEvent: row.goal_event ?? undefined },
    row.created_at.getTime(),
  ),
  notBefore: row.not_before,
  releasedAt: row.released_at,
  expiresAt: row.expires_at,
  heldUntil: row.held_until,
  contact: row.is_known
    ? {
        phone: row.phone,
        waId: row.wa_id,
        bsuid: row.bsuid,
        locale: row.locale,
        timezone: row.timezone,
        consents: row.consents,
        suppressedAt: row.suppressed_at,
        suppressedReason: row.suppressed_reason,
        isListed: row.is_listed === true,
        lastInboundAt: row.last_inbound_at,
      }
    : null,
  capHolderId: row.cap_holder_id,
  capUsed: row.cap_used ?? {},
  capKept: row.kept ?? 0,
});

export type TemplateLanguage = TemplateContent & { status: TemplateStatus };

const readTemplates: Statement = {
  name: "dispatch-templates",
  text: `
    select t.id, t.workspace_id, t.name, t.category, l.language, l.header, l.body, l.footer, l.buttons,
           ${statusAtAccount("l", "ch.account_id")} as status
    from template t join template_language l on l.template_id = t.id
    left join channel ch on ch.workspace_id = t.workspace_id and ch.id = any($3::uuid[])
    where (t.workspace_id, t.name) in (select * from unnest($1::uuid[], $2::text[]))
    order by l.language`,
};

export type LoadedTemplate = { id: string; category: TemplateCategory; languages: TemplateLanguage[] };

export const templateKey = (workspaceId: string, name: string): string => `${workspaceId} ${name}`;

/** Templates by `templateKey`, as they stand now at the accounts of the numbers they leave by: few, however many messages use them. */
export async function loadTemplates(
  client: pg.ClientBase,
  candidates: readonly Candidate[],
  channelIds: readonly string[],
): Promise<Map<string, LoadedTemplate>> {
  type TemplateRow = TemplateLanguage & { id: string; workspace_id: string; name: string; category: TemplateCategory };
  const wanted = new Map(
    candidates.flatMap(({ workspaceId, request: { template } }) =>
      template === null ? [] : [[templateKey(workspaceId, template), { workspaceId, template }] as const],
    ),
  );
  const values = [...wanted.values()];
  const rows =
    values.length === 0
      ? []
      : await query<TemplateRow>(client, readTemplates, [
          values.map((each) => each.workspaceId),
          values.map((each) => each.template),
          channelIds,
        ]);
  const templates = new Map<string, LoadedTemplate>();
  for (const { id, workspace_id, name, category, ...language } of rows) {
    const key = templateKey(workspace_id, name);
    const known = templates.get(key) ?? { id, category, languages: [] };
    known.languages.push(language);
    templates.set(key, known);
  }
  return templates;
}
