import type pg from "pg";
import type { ContactFacts } from "#flow/contact.ts";
import type { EnrollmentState } from "#flow/enrollment.ts";
import { query, type Statement } from "../query.ts";
import type { FlowStatus } from "./flow-cache.ts";

export type Person = {
  facts: ContactFacts;
  workspaceId: string;
  shard: number;
  workspaceTimezone: string;
  /** E.164 with +. */
  phone: string | null;
  /** The row's xmin: a change by somebody else between reading and writing shows as another one. */
  rowVersion: string;
};

/** An enrollment in memory. `state` is replaced, never changed in place. */
export type LiveEnrollment = {
  id: string;
  workspaceId: string;
  shard: number;
  flowId: string;
  flowStatus: FlowStatus;
  versionId: string;
  contactId: string;
  /** "" where the flow has no key. */
  key: string;
  eventId: string;
  state: EnrollmentState;
  traceCount: number;
  /** As they entered, to count by; "" when it was not known. */
  language: string;
  /** The move that has been decided for them. */
  moveId: string | null;
  /** Signals are kept for it: newer ones have to queue behind them. */
  hasHeldSignals: boolean;
  /** Its timer came while the flow was held: it must not come again. */
  isTimerHeld: boolean;
  change: "none" | "new" | "changed";
};

/**
 * No row locks: the shard's lock keeps other workers off, and a writer outside the engine (identify) is noticed by xmin when
 * the contact is written. Locking each contact of a batch would write each row once more.
 */
const readContacts: Statement = {
  name: "signals-contacts",
  text: `
    select c.id, c.workspace_id, c.shard, c.first_name, c.locale, c.timezone, c.attributes, c.tags, c.xmin::text as row_version,
           coalesce(c.phone, '+' || c.wa_id) as phone, w.timezone as workspace_timezone
    from contact c join workspace w on w.id = c.workspace_id
    where c.id = any($1::uuid[])`,
};

/**
 * Everything that can receive a signal. Read apart from the flows (materialized): joined, the planner may begin at the flow and
 * walk through all its ended enrollments, where the partial index on (contact_id) where waiting holds only what is needed.
 */
const readWaiting: Statement = {
  name: "signals-enrollments",
  text: `
    with e as materialized (
      select id, workspace_id, shard, flow_id, version_id, contact_id, key, event_id, state, trace_count, language, move_id
      from enrollment where contact_id = any($1::uuid[]) and status = 'waiting'
    )
    select e.*, f.status as flow_status,
           exists (select 1 from held_signal h where h.enrollment_id = e.id) as has_held_signals
    from e join flow f on f.id = e.flow_id
    order by e.id`,
};

/** Ended enrollments whose goal may still be reached within its window. */
const readEnded: Statement = {
  name: "signals-ended-enrollments",
  text: `
    select e.id, e.workspace_id, e.shard, e.flow_id, 'active' as flow_status, e.version_id, e.contact_id, e.key, e.event_id,
           e.state, e.trace_count, e.language, e.move_id, false as has_held_signals
    from enrollment e
    where e.contact_id = any($1::uuid[]) and e.flow_id = any($2::uuid[]) and e.status = 'ended' and e.goal_at is null
    order by e.id`,
};

type ContactRow = {
  id: string;
  workspace_id: string;
  shard: number;
  first_name: string | null;
  locale: string | null;
  timezone: string | null;
  attributes: ContactFacts["attributes"];
  tags: string[];
  row_version: string;
  phone: string | null;
  workspace_timezone: string;
};

type EnrollmentRow = {
  id: string;
  workspace_id: string;
  shard: number;
  flow_id: string;
  flow_status: FlowStatus;
  version_id: string;
  contact_id: string;
  key: string;
  event_id: string;
  state: EnrollmentState;
  trace_count: number;
  language: string;
  move_id: string | null;
  has_held_signals: boolean;
};

export async function loadContacts(client: pg.ClientBase, contactIds: string[]): Promise<Map<string, Person>> {
  const rows = await query<ContactRow>(client, readContacts, [contactIds]);
  return new Map(rows.map((row) => [row.id, personOf(row)]));
}

export async function loadWaiting(client: pg.ClientBase, contactIds: string[]): Promise<LiveEnrollment[]> {
  return (await query<EnrollmentRow>(client, readWaiting, [contactIds])).map(enrollmentOf);
}

export async function loadEnded(
  client: pg.ClientBase,
  contactIds: string[],
  flowIds: string[],
): Promise<LiveEnrollment[]> {
  if (flowIds.length === 0) return [];
  return (await query<EnrollmentRow>(client, readEnded, [contactIds, flowIds])).map(enrollmentOf);
}

const personOf = (row: ContactRow): Person => ({
  facts: {
    id: row.id,
    firstName: row.first_name,
    locale: row.locale,
    timezone: row.timezone,
    attributes: row.attributes,
    tags: row.tags,
  },
  workspaceId: row.workspace_id,
  shard: row.shard,
  workspaceTimezone: row.workspace_timezone,
  phone: row.phone,
  rowVersion: row.row_version,
});

const enrollmentOf = (row: EnrollmentRow): LiveEnrollment => ({
  id: row.id,
  workspaceId: row.workspace_id,
  shard: row.shard,
  flowId: row.flow_id,
  flowStatus: row.flow_status,
  versionId: row.version_id,
  contactId: row.contact_id,
  key: row.key,
  eventId: row.event_id,
  state: row.state,
  traceCount: row.trace_count,
  language: row.language,
  moveId: row.move_id,
  hasHeldSignals: row.has_held_signals,
  isTimerHeld: false,
  change: "none",
});
