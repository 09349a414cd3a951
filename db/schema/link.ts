import { index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "./columns.ts";

/** The code behind /r/{code}: a tracked link of one message, or a signed upload page. */
export const link = pgTable(
  "link",
  {
    /** 10 random base62 characters. */
    code: text().primaryKey(),
    workspaceId: uuid().notNull(),
    contactId: uuid().notNull(),
    messageId: uuid().notNull(),
    enrollmentId: uuid(),
    visit: integer(),
    /** The variable it fills: "link.upload". */
    slot: text().notNull(),
    kind: text({ enum: ["tracked", "upload"] }).notNull(),
    target: text(),
    expiresAt: moment().notNull(),
    /** The first click of a person; previews, bots and HEAD do not count. */
    clickedAt: moment(),
    usedAt: moment(),
    clicks: integer().notNull().default(0),
    previews: integer().notNull().default(0),
    createdAt: createdAt(),
  },
  (table) => [index("link_message").on(table.messageId)],
);
