import { index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { FlowCase } from "#flow/flow-case.ts";
import { createdAt, id } from "./columns.ts";
import { flow } from "./flow.ts";
import { workspace } from "./workspace.ts";

/** A test run that is kept with its flow: it has to come out as expected before the flow goes live. */
export const flowCase = pgTable(
  "flow_case",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id),
    flowId: uuid()
      .notNull()
      .references(() => flow.id, { onDelete: "cascade" }),
    name: text().notNull(),
    start: jsonb().$type<FlowCase["start"]>().notNull(),
    actions: jsonb().$type<FlowCase["actions"]>().notNull(),
    /** Only what is named counts. */
    expected: jsonb().$type<FlowCase["expected"]>().notNull(),
    createdBy: text().notNull(),
    createdAt: createdAt(),
  },
  (table) => [index("flow_case_flow").on(table.flowId, table.createdAt)],
);
