import { bigint, bigserial, date, integer, pgTable, smallint, text, unique, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

/** By what messages are counted; null: it has none. */
const dimensions = () => ({
  workspaceId: uuid().notNull(),
  flowId: uuid(),
  template: text(),
  /** Of the phone: "SN". */
  country: text(),
});

const finerDimensions = () => ({
  /** Of the text that was sent: "fr", "es_MX". */
  language: text(),
  versionId: uuid(),
  nodeId: text(),
  channelId: uuid(),
  purpose: text(),
  /** Why it was held back, refused or is unknown; null for all others. */
  reason: text(),
  errorCode: integer(),
  currency: text(),
});

const count = () => integer().notNull();

/** The measures of flow/metric.ts, and what those that arrived have cost. */
const counts = () => ({
  made: count(),
  sent: count(),
  delivered: count(),
  read: count(),
  clicked: count(),
  replied: count(),
  tapped: count(),
  acted: count(),
  converted: count(),
  optedOut: count(),
  failed: count(),
  limited: count(),
  skipped: count(),
  rated: count(),
  satisfied: count(),
  conversed: count(),
  automated: count(),
  valued: count().default(0),
  unpriced: count().default(0),
  /** Millionths of `currency`. */
  costMicros: bigint({ mode: "number" }).notNull(),
  /** What goals were worth, in minor units of `currency`: in rows of its own where that is another than the costs'. */
  valueMinor: bigint({ mode: "number" }).notNull().default(0),
});

/**
 * The day at which a message left, or at which it was made if it never did, in the zone by which its workspace is counted
 * (`workspace.countedZone`).
 */
const day = () => date({ mode: "string" }).notNull();

/** How many messages of a day came to what: the sum of `message_counts` (see its migration) over the rows of `message`. */
export const messageDay = pgTable(
  "message_day",
  { day: day(), ...dimensions(), ...finerDimensions(), ...counts() },
  (table) => [
    unique("message_day_key")
      .on(
        table.workspaceId,
        table.day,
        table.flowId,
        table.nodeId,
        table.versionId,
        table.template,
        table.language,
        table.country,
        table.channelId,
        table.purpose,
        table.reason,
        table.errorCode,
        table.currency,
      )
      .nullsNotDistinct(),
  ],
);

/** The same by hour, and by fewer things: for a single day's course, for when people act, and to find the messages behind a number. */
export const messageHour = pgTable(
  "message_hour",
  { day: day(), hour: smallint().notNull(), ...dimensions(), ...counts() },
  (table) => [
    unique("message_hour_key")
      .on(table.workspaceId, table.day, table.hour, table.flowId, table.template, table.country)
      .nullsNotDistinct(),
  ],
);

/**
 * What a statement has changed in `message`, counted by a trigger in the statement's own transaction and not added up yet. May be
 * negative: what a message was before is taken back.
 */
export const messageChange = pgTable("message_change", {
  id: bigserial({ mode: "number" }).primaryKey(),
  at: moment().notNull().defaultNow(),
  /** The quarter of an hour that the messages belong to: its day is told when it is added up, since a workspace may change its zone. */
  quarter: moment().notNull(),
  ...dimensions(),
  ...finerDimensions(),
  ...counts(),
});

export const creditKinds = ["conversion", "opt-out", "score", "hand-off"] as const;

/** What somebody did that one of their earlier messages is credited with, until it is. */
export const messageCredit = pgTable("message_credit", {
  id: bigserial({ mode: "number" }).primaryKey(),
  queuedAt: moment().notNull().defaultNow(),
  kind: text({ enum: creditKinds }).notNull(),
  workspaceId: uuid().notNull(),
  contactId: uuid().notNull(),
  enrollmentId: uuid(),
  /** Of the step that asked, of a score. */
  visit: integer(),
  /** 1 to 5. */
  score: smallint(),
  /** Of a conversion: what it was worth, where its event says so. */
  valueMinor: bigint({ mode: "number" }),
  valueCurrency: text(),
  /** When they did it. */
  at: moment().notNull(),
});
