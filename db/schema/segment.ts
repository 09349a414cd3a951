import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { Rule } from "#flow/rule.ts";
import { createdAt, id, moment } from "./columns.ts";
import { flow } from "./flow.ts";
import { workspace } from "./workspace.ts";

/** People by a rule, under a name. Who is in it is asked anew each time. */
export const segment = pgTable(
  "segment",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id),
    name: text().notNull(),
    rule: jsonb().$type<Rule>().notNull(),
    /** Raised by every save; a save that names an older one is a conflict. */
    revision: integer().notNull().default(1),
    /** As it was counted last; null: never in time. */
    people: integer(),
    countedAt: moment(),
    createdBy: uuid().notNull(),
    updatedBy: uuid().notNull(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
    archivedAt: moment(),
  },
  (table) => [index("segment_workspace").on(table.workspaceId, table.updatedAt)],
);

/** A segment whose coming and going starts a running flow: how far the engine has looked. No row: nobody waits for it. */
export const segmentWatch = pgTable("segment_watch", {
  segmentId: uuid()
    .primaryKey()
    .references(() => segment.id, { onDelete: "cascade" }),
  workspaceId: uuid().notNull(),
  /** Of the rule that the members were found by: another rule is looked through once without telling, as nobody came or went. */
  revision: integer().notNull(),
  isSilent: boolean().notNull(),
  /** The last person whom the round under way has looked at; null: at the beginning. */
  cursor: uuid(),
  roundStartedAt: moment().notNull(),
  /** When the last whole round was over; null: the first is under way. */
  roundEndedAt: moment(),
  /** The next look at what changed begins behind this change. */
  changedAt: moment().notNull(),
  changedId: uuid(),
});

/** Who was in a watched segment when the engine looked last. */
export const segmentMember = pgTable(
  "segment_member",
  {
    segmentId: uuid()
      .notNull()
      .references(() => segment.id, { onDelete: "cascade" }),
    contactId: uuid().notNull(),
    since: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.segmentId, table.contactId] }),
    index("segment_member_contact").on(table.contactId),
  ],
);

/** missed: its time had passed by half a day when a worker came to it. */
export const broadcastStates = ["running", "paused", "done", "stopped", "missed"] as const;

/** One time that a flow's schedule came due, and how far its people have been let in. */
export const broadcast = pgTable(
  "broadcast",
  {
    id: id(),
    workspaceId: uuid().notNull(),
    flowId: uuid()
      .notNull()
      .references(() => flow.id),
    segmentId: uuid().notNull(),
    /** The local time it is for, "2026-12-01T09:00". */
    occurrence: text().notNull(),
    /** By whose clock: a zone of people's own; "": for everybody at once. */
    zone: text().notNull(),
    dueAt: moment().notNull(),
    state: text({ enum: broadcastStates }).notNull(),
    /** How many people a minute; null: as fast as it goes. */
    perMinute: integer(),
    /** How many there were to go through at the start; null: not counted. */
    people: integer(),
    entered: integer().notNull().default(0),
    /** The last person who was let in. */
    cursor: uuid(),
    /** Not before: how the pace is kept. */
    nextAt: moment().notNull(),
    startedAt: moment().notNull(),
    endedAt: moment(),
    /** Who paused or stopped it; null: nobody. */
    changedBy: uuid(),
  },
  (table) => [
    uniqueIndex("broadcast_once").on(table.flowId, table.occurrence, table.zone),
    index("broadcast_due").on(table.nextAt).where(sql`state = 'running'`),
    index("broadcast_workspace").on(table.workspaceId, table.startedAt),
  ],
);
