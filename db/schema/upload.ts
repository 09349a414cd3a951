import { index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id } from "./columns.ts";

/** A document a customer gave by the upload page; the bytes are a file under CHASQUI_HOME/uploads. */
export const upload = pgTable(
  "upload",
  {
    id: id(),
    workspaceId: uuid().notNull(),
    contactId: uuid().notNull(),
    code: text().notNull(),
    fileName: text().notNull(),
    mime: text().notNull(),
    bytes: integer().notNull(),
    createdAt: createdAt(),
  },
  (table) => [index("upload_contact").on(table.contactId)],
);
