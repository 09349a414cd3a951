import { bigint, integer, pgTable, primaryKey, smallint, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

/** What one worker sent in one lane within ten seconds; kept for a day. */
export const laneSample = pgTable(
  "lane_sample",
  {
    at: moment().notNull(),
    workspaceId: uuid().notNull(),
    lane: smallint().notNull(),
    workerId: uuid().notNull(),
    sent: integer().notNull(),
    failed: integer().notNull(),
    /** How many messages waited up to 2^n milliseconds from their request to the provider's answer, n = index. */
    waits: integer().array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.at, table.workspaceId, table.lane, table.workerId] })],
);

/** What waited in one lane at one moment, each ten seconds; kept for a day. */
export const backlogSample = pgTable(
  "backlog_sample",
  {
    at: moment().notNull(),
    workspaceId: uuid().notNull(),
    lane: smallint().notNull(),
    waiting: integer().notNull(),
    oldestMs: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.at, table.workspaceId, table.lane] })],
);

/** The sums of all lane samples since the workspace began: counters that only grow, also when workers come and go. */
export const laneTotal = pgTable(
  "lane_total",
  {
    workspaceId: uuid().notNull(),
    lane: smallint().notNull(),
    sent: bigint({ mode: "number" }).notNull(),
    failed: bigint({ mode: "number" }).notNull(),
    /** As in lane_sample. */
    waits: bigint({ mode: "number" }).array().notNull(),
    waitedMs: bigint({ mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.lane] })],
);
