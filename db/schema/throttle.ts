import { bigserial, index, integer, jsonb, pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import type { TurnLog } from "#flow/turns.ts";

/** What a throttle step of a flow has let through lately, whatever its version and its worker. */
export const throttle = pgTable(
  "throttle",
  {
    flowId: uuid().notNull(),
    nodeId: text().notNull(),
    log: jsonb().$type<TurnLog>().notNull().default([]),
  },
  (table) => [primaryKey({ columns: [table.flowId, table.nodeId] })],
);

/** People who wait for their turn at a throttle, in the order in which they came. Who has left the step meanwhile is passed over. */
export const turn = pgTable(
  "turn",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    workspaceId: uuid().notNull(),
    shard: smallint().notNull(),
    flowId: uuid().notNull(),
    nodeId: text().notNull(),
    contactId: uuid().notNull(),
    enrollmentId: uuid().notNull(),
    visit: integer().notNull(),
    /** The pace of the version on which they came, for a step that the running one does not have. */
    people: integer().notNull(),
    periodMs: integer().notNull(),
  },
  (table) => [index("turn_line").on(table.flowId, table.nodeId, table.id)],
);
