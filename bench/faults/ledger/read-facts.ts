import { verifyAudit } from "#server/audit/verify-audit.ts";
import { watchLimits } from "#server/engine/audiences/watch-segments.ts";
import type { SandboxRow } from "#server/sandbox/control-client.ts";
import type { Load } from "../load/load.ts";
import type { FaultStack } from "../stack/fault-stack.ts";
import type { World } from "../world/build-world.ts";
import { purposeOfMessage } from "../world/free-words.ts";
import { purposeOfTemplate } from "../world/known-flow.ts";
import { canaryName, canaryPhone } from "../world/person.ts";
import type { Facts, ProviderMessage, StoredEnrollment, StoredMessage } from "./facts.ts";
import { readSteps } from "./read-steps.ts";

/** What only the runner knows: it looked before the fault, too. */
export type Beforehand = Pick<Facts, "processes" | "claims"> & { neighbour: string; sessions: number; audited: number };

/** Reads both ledgers after a run came to rest. */
export async function readFacts(stack: FaultStack, world: World, load: Load, before: Beforehand): Promise<Facts> {
  const { workspaceId } = world;
  const audit = await verifyAudit(stack.db, workspaceId);
  return {
    capPerDay: world.capPerDay,
    people: world.people,
    flows: world.flows,
    events: load.events,
    provider: await readProvider(stack),
    storedEvents: await readEvents(stack, workspaceId),
    enrollments: await readEnrollments(stack, workspaceId),
    messages: await readMessages(stack, world),
    ...(await readSteps(stack, world)),
    withdrawals: await readWithdrawals(stack, workspaceId),
    claims: before.claims,
    left: await readLeft(stack),
    deadLetters: (await stack.query<{ error: string }>("select error from dead_letter")).map(({ error }) => error),
    strayVersions: await stack.count(
      `select count(*) as n from trace t join enrollment e on e.id = t.enrollment_id where t.version_id <> e.version_id`,
    ),
    neighbour: { before: before.neighbour, after: await checksumOf(stack, world.neighbourId) },
    audit: { written: before.audited + (await auditOfFault(stack, workspaceId)), ...audit },
    leaks: findLeaks(stack.logs()),
    processes: before.processes,
    sessions: { before: before.sessions, after: await countSessions(stack) },
    now: stack.now(),
  };
}

const refPattern = /\bE-[A-Za-z0-9-]+/;

async function readProvider(stack: FaultStack): Promise<ProviderMessage[]> {
  const all: ProviderMessage[] = [];
  for (let after = ""; ; ) {
    const query = new URLSearchParams({ direction: "outbound", limit: "10000", ...(after ? { after } : {}) });
    const page = (await stack.control.call("GET", `messages?${query}`)) as {
      data: SandboxRow[];
      paging: { cursors?: { after: string } };
    };
    all.push(...page.data.map(messageOf));
    if (page.data.length < 10_000 || !page.paging.cursors) return all;
    after = page.paging.cursors.after;
  }
}

const messageOf = (row: SandboxRow): ProviderMessage => ({
  ourId: row.biz_opaque_callback_data ?? `nobody's ${row.wamid}`,
  to: row.to,
  template: row.template ?? "",
  purpose: purposeOfMessage(row),
  eventRef: refPattern.exec(row.body ?? "")?.[0] ?? null,
  at: Date.parse(row.at),
});

async function readEvents(stack: FaultStack, workspaceId: string): Promise<Map<string, number>> {
  const rows = await stack.query<{ ref: string; n: number }>(
    "select message_id as ref, count(*)::integer as n from event where workspace_id = $1 group by 1",
    [workspaceId],
  );
  return new Map(rows.map(({ ref, n }) => [ref, n]));
}

const readEnrollments = (stack: FaultStack, workspaceId: string): Promise<StoredEnrollment[]> =>
  stack.query<StoredEnrollment>(
    `select e.id, e.flow_id as "flowId", e.contact_id as "contactId", e.status, e.end_reason as "endReason", v.message_id as "eventRef",
            e.state->'startedBy'->>'enrollmentId' || ' ' || (e.state->'startedBy'->>'visit') as "startedBy",
            (extract(epoch from e.wake_at) * 1000)::float8 as "wakeAt"
     from enrollment e left join event v on v.id = e.event_id where e.workspace_id = $1`,
    [workspaceId],
  );

async function readMessages(stack: FaultStack, { workspaceId, flows }: World): Promise<StoredMessage[]> {
  const rows = await stack.query<Omit<StoredMessage, "purpose"> & { flowId: string }>(
    `select m.id, m.contact_id as "contactId", m.flow_id as "flowId", m.enrollment_id as "enrollmentId", m.visit, m.template, m.status,
            m.reason, (extract(epoch from m.created_at) * 1000)::float8 as "createdAt",
            exists (select 1 from outbox o where o.message_id = m.id) as "isInOutbox"
     from message m where m.workspace_id = $1 and m.direction = 'outbound'`,
    [workspaceId],
  );
  const purposes = new Map(flows.map(({ id, purpose }) => [id, purpose]));
  return rows.map(({ flowId, ...row }) => ({
    ...row,
    purpose: (row.template ? purposeOfTemplate(row.template) : purposes.get(flowId)) ?? null,
  }));
}

/**
 * A withdrawal counts from its commit: before, nobody else can know of it. Where the product's clock was moved ahead of the database's,
 * the row's own time is all there is.
 */
const readWithdrawals = (stack: FaultStack, workspaceId: string) =>
  stack.query<{ contactId: string; purpose: "service" | "marketing"; at: number }>(
    `select contact_id as "contactId", purpose,
            (extract(epoch from case when committed > at and committed < at + interval '1 minute' then committed else at end) * 1000)::float8 as at
     from (select *, pg_xact_commit_timestamp(xmin) as committed from consent) c
     where workspace_id = $1 and state = 'withdrawn'`,
    [workspaceId],
  );

/** Somebody changed whom it has not seen yet, or its round is under way or due: who came or left is told a moment later. */
const isToLookAt = `
  w.round_ended_at is null or w.cursor is not null or w.round_started_at <= $2
  or exists (select from contact c where c.workspace_id = w.workspace_id
             and (c.updated_at, c.id) > (w.changed_at, coalesce(w.changed_id, '00000000-0000-0000-0000-000000000000')))`;

/** What is still to do at this moment. */
export async function readLeft(stack: FaultStack): Promise<Facts["left"]> {
  const now = new Date(stack.now());
  const [row] = await stack.query<Facts["left"]>(
    `select (select count(*) from signal_queue)::integer as signals,
            (select count(*) from outbox)::integer as messages,
            (select count(*) from raw_webhook where processed_at is null)::integer as webhooks,
            (select count(*) from webhook_call where status in ('queued', 'calling'))::integer as calls,
            (select count(*) from enrollment where status = 'waiting' and wake_at < $1)::integer as "lateTimers",
            (select count(*) from segment_watch w where ${isToLookAt})::integer as segments`,
    [now, new Date(now.getTime() - watchLimits.roundEveryMs)],
  );
  return row ?? { signals: 0, messages: 0, webhooks: 0, calls: 0, lateTimers: 0, segments: 0 };
}

/** One number for all that a workspace has. */
export async function checksumOf(stack: FaultStack, workspaceId: string): Promise<string> {
  const tables = [
    "contact",
    "consent",
    "flow",
    "flow_version",
    "enrollment",
    "trace",
    "message",
    "outbox",
    "event",
    "cap_counter",
  ];
  const parts = tables.map(
    (table) =>
      `(select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) from ${table} t where workspace_id = $1)`,
  );
  const [row] = await stack.query<{ sum: string }>(`select concat_ws(' | ', ${parts.join(", ")}) as sum`, [
    workspaceId,
  ]);
  return row?.sum ?? "";
}

export const countSessions = (stack: FaultStack): Promise<number> =>
  stack.count(
    "select count(*) as n from pg_stat_activity where datname = $1 and application_name like 'chasqui-%' and application_name <> 'chasqui-harness'",
    [stack.databaseName],
  );

function findLeaks(logs: Record<string, string>): string[] {
  // The sandbox stands for a foreign service: its log is not ours.
  const ours = Object.entries(logs).filter(([file]) => !file.startsWith("sandbox"));
  return ours.flatMap(([file, text]) =>
    [canaryName, canaryPhone, canaryPhone.slice(1)]
      .filter((canary) => text.includes(canary))
      .map((canary) => `${file}: ${canary}`),
  );
}

/** What a fault itself had people do: it says in its own words what of it must be there. */
const auditOfFault = (stack: FaultStack, workspaceId: string): Promise<number> =>
  stack.count("select count(*) as n from audit where workspace_id = $1 and action <> 'save-flow'", [workspaceId]);
