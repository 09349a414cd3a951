import { bigint, integer, pgSequence, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

/** Fencing tokens: each lease a worker takes has a higher one than all before. */
export const workerFence = pgSequence("worker_fence");

/**
 * One running worker process and its lease, by the database's clock. A batch commits only while its worker still holds the
 * lease under the fencing token it began with; an expired lease is taken over, and its token is never valid again.
 */
export const worker = pgTable("worker", {
  id: uuid().primaryKey(),
  /** What operators call it: worker-1. */
  name: text().notNull(),
  host: text().notNull(),
  fence: bigint({ mode: "number" }).notNull(),
  state: text({ enum: ["working", "stopping", "lost"] })
    .notNull()
    .default("working"),
  startedAt: moment().notNull(),
  beatAt: moment().notNull(),
  leaseUntil: moment().notNull(),
  takenOverBy: uuid(),
  takenOverAt: moment(),
  /** Signals in the batch under way, and messages claimed and not yet settled. */
  claimed: integer().notNull().default(0),
  /** Since its start. */
  signalsApplied: bigint({ mode: "number" }).notNull().default(0),
  enrollmentsOpened: bigint({ mode: "number" }).notNull().default(0),
  messagesSettled: bigint({ mode: "number" }).notNull().default(0),
  /** Enrollments opened each second, over the last heartbeat. */
  enrollmentsPerSecond: integer().notNull().default(0),
  memoryBytes: bigint({ mode: "number" }).notNull().default(0),
});
