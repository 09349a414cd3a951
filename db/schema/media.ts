import { integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { mediaKinds } from "#flow/media-limits.ts";
import { createdAt, id } from "./columns.ts";
import { workspace } from "./workspace.ts";

/** A file that messages show; its bytes are a file under CHASQUI_HOME/media. Never changed: its address means these bytes. */
export const media = pgTable(
  "media",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id),
    /** What its address is known by: whoever has it may read the file, as a provider must. */
    code: text().notNull(),
    kind: text({ enum: mediaKinds }).notNull(),
    fileName: text().notNull(),
    mime: text().notNull(),
    bytes: integer().notNull(),
    createdBy: text().notNull(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("media_code").on(table.code)],
);
