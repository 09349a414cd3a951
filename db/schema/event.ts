import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { JsonObject } from "#flow/json.ts";
import { createdAt, moment } from "./columns.ts";

const sqlOpen = sql`processed_at is null`;

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** A fact sent by a source system. Written once; shaped to be partitioned by day (the dedupe key lives in event_key). */
export const event = pgTable(
  "event",
  {
    id: uuid().notNull(),
    receivedAt: moment().notNull(),
    workspaceId: uuid().notNull(),
    shard: smallint().notNull(),
    contactId: uuid().notNull(),
    messageId: text().notNull(),
    /** track, identify, page, screen, group, alias, or system (made by us: document.uploaded). */
    type: text().notNull(),
    name: text().notNull(),
    properties: jsonb().$type<JsonObject>().notNull(),
    /** Corrected for the sender's clock skew: receivedAt - (sentAt - originalTimestamp). */
    occurredAt: moment().notNull(),
    originalTimestamp: moment(),
    sentAt: moment(),
  },
  (table) => [
    primaryKey({ columns: [table.id, table.receivedAt] }),
    index("event_contact").on(table.contactId, table.receivedAt),
    // A few pages for each million rows, since events lie in the order in which they came: what a backtest reads stretch by stretch.
    index("event_time").using("brin", table.receivedAt).with({ autosummarize: true }),
  ],
);

/** One row per accepted message id: a retried event is recognised here. */
export const eventKey = pgTable(
  "event_key",
  {
    workspaceId: uuid().notNull(),
    messageId: text().notNull(),
    eventId: uuid().notNull(),
    receivedAt: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.messageId] })],
);

/**
 * What the engine has yet to apply, oldest first per contact; a row leaves in the transaction that applied it.
 * `payload` is a flow/signal.ts Signal, or {kind:"event"} rows that may start flows as well as wake enrollments. Of an event that the door
 * has stored in the same transaction it says no more than that: the engine reads the row of `event` itself, found by `eventId` and `createdAt`.
 */
export const signalQueue = pgTable(
  "signal_queue",
  {
    sequence: bigserial({ mode: "number" }).primaryKey(),
    workspaceId: uuid().notNull(),
    shard: smallint().notNull(),
    contactId: uuid().notNull(),
    /** Null: for every enrollment of the contact (events, replies). */
    enrollmentId: uuid(),
    payload: jsonb().$type<JsonObject>().notNull(),
    /** The event's row, received at `createdAt`; null where the payload says everything. */
    eventId: uuid(),
    attempts: smallint().notNull().default(0),
    createdAt: createdAt(),
  },
  (table) => [index("signal_queue_shard").on(table.shard, table.sequence)],
);

/** A provider's call as it came: stored before it is understood, so that nothing is lost when parsing fails. */
export const rawWebhook = pgTable(
  "raw_webhook",
  {
    id: uuid().notNull(),
    receivedAt: moment().notNull(),
    workspaceId: uuid().notNull(),
    channelId: uuid().notNull(),
    body: bytea().notNull(),
    processedAt: moment(),
    error: text(),
  },
  (table) => [
    primaryKey({ columns: [table.id, table.receivedAt] }),
    // By channel: one worker at a time applies a channel's calls in order, and one channel's backlog delays no other.
    index("raw_webhook_open").on(table.channelId, table.receivedAt, table.id).where(sqlOpen),
    index("raw_webhook_failed").on(table.workspaceId, table.receivedAt).where(sql`error is not null`),
  ],
);

/** Providers deliver more than once: the inbound message's id, kept for 8 days. A repeated status changes nothing by itself. */
export const webhookKey = pgTable(
  "webhook_key",
  {
    channelId: uuid().notNull(),
    key: text().notNull(),
    at: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.channelId, table.key] })],
);

/**
 * Signals for enrollments of a held flow, in order of acceptance. They are applied when the flow is released, before any
 * newer signal of the same enrollment.
 */
export const heldSignal = pgTable(
  "held_signal",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    workspaceId: uuid().notNull(),
    shard: smallint().notNull(),
    flowId: uuid().notNull(),
    contactId: uuid().notNull(),
    enrollmentId: uuid().notNull(),
    payload: jsonb().$type<JsonObject>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    index("held_signal_flow").on(table.flowId, table.id),
    index("held_signal_enrollment").on(table.enrollmentId, table.id),
  ],
);

/** A signal that could not be applied five times over: taken out of the river so that its neighbours go on. */
export const deadLetter = pgTable(
  "dead_letter",
  {
    id: uuid().primaryKey(),
    /** Its number in the signal queue; null for a timer or a held signal. */
    sequence: bigint({ mode: "number" }),
    workspaceId: uuid().notNull(),
    contactId: uuid().notNull(),
    enrollmentId: uuid(),
    /** Where it failed, as far as known: what the health screen groups by. */
    flowId: uuid(),
    nodeId: text(),
    payload: jsonb().$type<JsonObject>().notNull(),
    error: text().notNull(),
    attempts: smallint().notNull(),
    at: moment().notNull(),
  },
  (table) => [
    index("dead_letter_page").on(table.workspaceId, table.id),
    index("dead_letter_contact").on(table.contactId),
  ],
);

/** A status for a message we do not have: kept for 8 days, never attached to anything of another workspace. */
export const orphanStatus = pgTable(
  "orphan_status",
  {
    id: uuid().primaryKey(),
    workspaceId: uuid().notNull(),
    channelId: uuid().notNull(),
    wamid: text().notNull(),
    /** Our id as the provider echoed it, where it did. */
    ref: text(),
    status: text().notNull(),
    errorCode: integer(),
    errorDetail: text(),
    /** What kind of failure it is and whether it says that the person cannot be reached, as the channel read it. */
    errorClass: text(),
    isUnreachable: boolean().notNull().default(false),
    /** What the provider says it is charged as. */
    pricing: jsonb().$type<{ type: string | null; category: string; model: string | null }>(),
    at: moment().notNull(),
    receivedAt: moment().notNull(),
  },
  (table) => [
    index("orphan_status_page").on(table.workspaceId, table.id),
    uniqueIndex("orphan_status_once").on(table.channelId, table.wamid, table.status),
    index("orphan_status_age").on(table.receivedAt),
  ],
);

/** The answer to a REST call with an Idempotency-Key, kept for 7 days: the same call again gets the same answer. */
export const idempotencyKey = pgTable(
  "idempotency_key",
  {
    workspaceId: uuid().notNull(),
    /** Method and path pattern: POST /v1/events. */
    route: text().notNull(),
    key: text().notNull(),
    /** sha256 of the body: another body under the same key is refused. */
    bodyHash: text().notNull(),
    /** Null while the first call is under way. */
    status: smallint(),
    answer: text(),
    /** A first call that never ended (its process died) is free again from here on. */
    leaseUntil: moment().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.route, table.key] }),
    index("idempotency_key_age").on(table.createdAt),
  ],
);
