import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { EnrollmentState, TraceRow } from "#flow/enrollment.ts";
import type { Graph } from "#flow/graph.ts";
import { createdAt, id, moment } from "./columns.ts";
import { workspace } from "./workspace.ts";

export const flowStatuses = ["draft", "in-review", "active", "paused", "held", "archived"] as const;

export const flow = pgTable(
  "flow",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id),
    name: text().notNull(),
    status: text({ enum: flowStatuses }).notNull().default("draft"),
    /** The permissive graph of the editor. */
    draft: jsonb().$type<Graph>().notNull(),
    /** Raised by every save; a save that names an older one is a conflict. */
    revision: integer().notNull().default(1),
    /** The running version; null before the first publish. */
    versionId: uuid(),
    /** When it was last released from a hold; null when it was never held. */
    releasedAt: moment(),
    createdBy: text().notNull(),
    updatedBy: text().notNull(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (table) => [index("flow_workspace").on(table.workspaceId, table.updatedAt)],
);

/** Who has a flow open in the editor. A row that has not been touched for a while says nothing. */
export const flowPresence = pgTable(
  "flow_presence",
  {
    flowId: uuid()
      .notNull()
      .references(() => flow.id, { onDelete: "cascade" }),
    userId: text().notNull(),
    seenAt: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.flowId, table.userId] })],
);

/** A published graph. Never changed: enrollments are pinned to it. */
export const flowVersion = pgTable(
  "flow_version",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id),
    flowId: uuid()
      .notNull()
      .references(() => flow.id),
    number: integer().notNull(),
    graph: jsonb().$type<Graph>().notNull(),
    /** sha256 of the canonical graph. */
    hash: text().notNull(),
    /** The triggering event's name, so that matching is one indexed lookup. */
    triggerEvent: text().notNull(),
    /** Other flows that its steps run. */
    runs: uuid().array().notNull().default([]),
    publishedBy: text().notNull(),
    publishedAt: moment().notNull(),
  },
  (table) => [uniqueIndex("flow_version_number").on(table.flowId, table.number)],
);

export const enrollment = pgTable(
  "enrollment",
  {
    id: id(),
    workspaceId: uuid().notNull(),
    shard: smallint().notNull(),
    flowId: uuid().notNull(),
    versionId: uuid().notNull(),
    contactId: uuid().notNull(),
    /** The enrollment key ("" where the flow has none). */
    key: text().notNull(),
    /** The event that opened it: with flow, contact and key it makes a repeated event harmless. */
    eventId: uuid().notNull(),
    status: text({ enum: ["waiting", "ended"] }).notNull(),
    /** Where the person stands: for live counts by step. */
    nodeId: text(),
    state: jsonb().$type<EnrollmentState>().notNull(),
    wakeAt: moment(),
    enteredAt: moment().notNull(),
    endedAt: moment(),
    endReason: text(),
    goalAt: moment(),
    /** Rows of trace so far: the next one's ordinal. */
    traceCount: integer().notNull().default(0),
    /** The person's language when they entered ("fr"), to count by; "" when it was not known. */
    language: text().notNull().default(""),
    /** The move (`flow_move`) that has been decided for them: it is not asked again. */
    moveId: uuid(),
  },
  (table) => [
    // The person first, so that it also finds all of a person's: one index less to write.
    uniqueIndex("enrollment_once").on(table.contactId, table.flowId, table.key, table.eventId),
    index("enrollment_due").on(table.wakeAt).where(sql`status = 'waiting' and wake_at is not null`),
    // What a batch loads for each signal: without it a person with a long history costs a read per ended enrollment.
    index("enrollment_waiting").on(table.contactId).where(sql`status = 'waiting'`),
    // Who is over stands on no step: most of them are never in it. By the time they go on, to list a step's people.
    index("enrollment_flow")
      .on(table.flowId, table.nodeId, table.versionId, table.wakeAt)
      .where(sql`status = 'waiting'`),
    index("enrollment_page").on(table.workspaceId, table.id),
  ],
);

/**
 * The path of an enrollment, one row per thing that happened. The engine stores no "entered": the row that follows it in the same
 * moment (waiting, left, ended) names the same visit, and half the rows are saved. Shaped to be partitioned by day.
 */
export const trace = pgTable(
  "trace",
  {
    enrollmentId: uuid().notNull(),
    at: moment().notNull(),
    /** Counted within the enrollment. */
    ordinal: integer().notNull(),
    workspaceId: uuid().notNull(),
    contactId: uuid().notNull(),
    flowId: uuid().notNull(),
    versionId: uuid().notNull(),
    visit: integer().notNull(),
    nodeId: text().notNull(),
    kind: text().$type<TraceRow["kind"]>().notNull(),
    handle: text(),
    detail: jsonb().$type<TraceRow["detail"]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.enrollmentId, table.ordinal, table.at] })],
);

/** A person of the workspace is asked to take over. */
/** Why the engine closed a hand-off: its time ran out, the person left the flow, the flow was archived, the person was erased. */
export const handOffClosings = ["time-over", "flow-ended", "flow-archived", "taken-out", "erasure"] as const;

export const handOff = pgTable(
  "hand_off",
  {
    id: id(),
    workspaceId: uuid().notNull(),
    contactId: uuid().notNull(),
    flowId: uuid(),
    enrollmentId: uuid(),
    visit: integer(),
    queue: text().notNull(),
    priority: text({ enum: ["normal", "urgent"] }).notNull(),
    note: text().notNull(),
    /** closed: the flow went on or ended before an agent resolved it; `outcome` is then one of `handOffClosings`. */
    status: text({ enum: ["open", "claimed", "resolved", "closed"] })
      .notNull()
      .default("open"),
    assignee: uuid(),
    createdAt: moment().notNull(),
    claimedAt: moment(),
    resolvedAt: moment(),
    outcome: text(),
  },
  (table) => [
    index("hand_off_queue").on(table.workspaceId, table.status, table.createdAt),
    index("hand_off_contact").on(table.contactId),
  ],
);

/** A webhook step's call, claimed before it is made and settled after it. */
export const webhookCall = pgTable(
  "webhook_call",
  {
    id: id(),
    workspaceId: uuid().notNull(),
    shard: smallint().notNull(),
    contactId: uuid().notNull(),
    enrollmentId: uuid().notNull(),
    visit: integer().notNull(),
    request: jsonb().$type<Record<string, unknown>>().notNull(),
    status: text({ enum: ["queued", "calling", "ok", "failed"] })
      .notNull()
      .default("queued"),
    attempts: smallint().notNull().default(0),
    notBefore: moment().notNull(),
    claimedBy: text(),
    leaseUntil: moment(),
    responseStatus: integer(),
    error: text(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("webhook_call_visit").on(table.enrollmentId, table.visit),
    index("webhook_call_due").on(table.notBefore).where(sql`status in ('queued', 'calling')`),
    index("webhook_call_failed").on(table.workspaceId, table.id).where(sql`status = 'failed'`),
  ],
);
