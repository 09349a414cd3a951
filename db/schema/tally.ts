import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { MovePlan } from "#flow/move-plan.ts";
import { createdAt, id, moment } from "./columns.ts";

/**
 * left (by `handle`; "" for a "go to"), ended (`handle` is the reason), waiting, moved (came over from another version): rows of trace.
 * drawn: stood here while a tap on an earlier message led on. moved-out: stood here when a new version took them over.
 * stay: `handle` is how long somebody stood here (server/engine/rollup/stay-bucket.ts). standing: who stands here now, without a day.
 */
export const tallyKinds = ["left", "ended", "waiting", "moved", "drawn", "moved-out", "stay", "standing"] as const;
export type TallyKind = (typeof tallyKinds)[number];

const tallyColumns = () => ({
  workspaceId: uuid().notNull(),
  flowId: uuid().notNull(),
  /** In the workspace's zone; 1970-01-01 for `standing`, which is about now. */
  day: date({ mode: "string" }).notNull(),
  versionId: uuid().notNull(),
  nodeId: text().notNull(),
  kind: text({ enum: tallyKinds }).notNull(),
  handle: text().notNull(),
  /** Of the person as they entered: "fr"; "" when it was not known. */
  language: text().notNull(),
  n: bigint({ mode: "number" }).notNull(),
});

/** How many people did what on which step and day: what paths add up to, kept up in the transaction that writes the path. */
export const flowTally = pgTable("flow_tally", tallyColumns(), (table) => [
  primaryKey({
    name: "flow_tally_pk",
    columns: [table.flowId, table.day, table.versionId, table.nodeId, table.kind, table.handle, table.language],
  }),
]);

/** What has been counted and not been added to `flow_tally` yet. Both together are the number. */
export const flowTallyChange = pgTable(
  "flow_tally_change",
  { id: bigserial({ mode: "number" }).primaryKey(), ...tallyColumns() },
  (table) => [index("flow_tally_change_flow").on(table.flowId)],
);

/** How people were brought to a new version: by step, and how far it is. One is open for each flow at most. */
export const flowMove = pgTable(
  "flow_move",
  {
    id: id(),
    workspaceId: uuid().notNull(),
    flowId: uuid().notNull(),
    /** The version people come to. */
    versionId: uuid().notNull(),
    plan: jsonb().$type<MovePlan>().notNull(),
    createdBy: text().notNull(),
    createdAt: createdAt(),
    /** When nobody was left to move, or a newer version took its place. */
    finishedAt: moment(),
    moved: integer().notNull().default(0),
    exited: integer().notNull().default(0),
  },
  (table) => [
    index("flow_move_flow").on(table.flowId, table.createdAt),
    uniqueIndex("flow_move_open").on(table.flowId).where(sql`finished_at is null`),
  ],
);

export const publishStates = ["waiting", "done", "cancelled", "failed"] as const;

/** A version that goes live by itself at a time. */
export const scheduledPublish = pgTable(
  "scheduled_publish",
  {
    id: id(),
    workspaceId: uuid().notNull(),
    flowId: uuid().notNull(),
    /** sha256 of the draft it is about: another draft does not go live by it. */
    hash: text().notNull(),
    plan: jsonb().$type<MovePlan>(),
    at: moment().notNull(),
    state: text({ enum: publishStates }).notNull().default("waiting"),
    /** Why it did not go live. */
    reason: text(),
    scheduledBy: text().notNull(),
    createdAt: createdAt(),
    closedAt: moment(),
  },
  (table) => [
    index("scheduled_publish_flow").on(table.flowId, table.createdAt),
    index("scheduled_publish_due").on(table.at).where(sql`state = 'waiting'`),
    uniqueIndex("scheduled_publish_open").on(table.flowId).where(sql`state = 'waiting'`),
  ],
);
