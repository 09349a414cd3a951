import { date, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt } from "./columns.ts";
import { user, workspace } from "./workspace.ts";

export const reportRhythms = ["daily", "weekly"] as const;

/** Who gets the dashboard's numbers by e-mail, and how often. No row: not this person. */
export const dashboardReport = pgTable(
  "dashboard_report",
  {
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    userId: uuid()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    rhythm: text({ enum: reportRhythms }).notNull(),
    /** The last day that has been told of, by the workspace's clock: a report is written once, whatever is killed. */
    toldUntil: date({ mode: "string" }).notNull(),
    updatedAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.userId] })],
);
