import { index, pgTable, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";
import { contact } from "./contact.ts";

/** People whom test messages may reach: somebody of the workspace has said so. */
export const testNumber = pgTable(
  "test_number",
  {
    contactId: uuid()
      .primaryKey()
      .references(() => contact.id, { onDelete: "cascade" }),
    workspaceId: uuid().notNull(),
    addedBy: uuid().notNull(),
    addedAt: moment().notNull(),
  },
  (table) => [index("test_number_workspace").on(table.workspaceId)],
);
