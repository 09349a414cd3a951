import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { ConsentPurpose } from "#flow/gate/consent.ts";
import { createdAt, id, moment } from "./columns.ts";
import { workspace } from "./workspace.ts";

/** reading: the file comes in; mapping: its columns are being named; failed: the file could not be read. */
export const importStates = ["reading", "mapping", "running", "done", "stopped", "failed"] as const;

/** `source` and `wording` prove it where a row has no proof of its own; empty: such a row gives no consent. */
export type ImportConsent = { purposes: ConsentPurpose[]; source: string; wording: string };

/** A file of contacts on its way in. */
export const contactImport = pgTable(
  "contact_import",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id),
    fileName: text().notNull(),
    state: text({ enum: importStates }).notNull(),
    /** The head line's names, in order. */
    columns: jsonb().$type<string[]>().notNull(),
    /** What each column is, by its place; see server/imports/import-mapping.ts. */
    mapping: jsonb().$type<Record<string, string>>(),
    /** What people of the file have agreed to; null: nothing. */
    consent: jsonb().$type<ImportConsent | null>(),
    rows: integer().notNull().default(0),
    created: integer().notNull().default(0),
    updated: integer().notNull().default(0),
    withoutConsent: integer().notNull().default(0),
    refused: integer().notNull().default(0),
    error: text(),
    createdBy: uuid().notNull(),
    createdAt: createdAt(),
    startedAt: moment(),
    endedAt: moment(),
    stoppedBy: uuid(),
  },
  (table) => [
    index("contact_import_workspace").on(table.workspaceId, table.createdAt),
    index("contact_import_running").on(table.id).where(sql`state = 'running'`),
  ],
);

/** What a person should know of a row: the column, what stood there, and the rule it meets. `fix`: what it probably means. */
export type RowFinding = {
  column: string;
  value: string;
  rule: string;
  values?: Record<string, string | number>;
  fix?: string;
};

/** One row of the file. Its cells are emptied once it has been taken in without a remark. */
export const contactImportRow = pgTable(
  "contact_import_row",
  {
    importId: uuid()
      .notNull()
      .references(() => contactImport.id, { onDelete: "cascade" }),
    /** Its line in the file, the head line being 1. */
    row: integer().notNull(),
    cells: jsonb().$type<string[]>().notNull(),
    state: text({ enum: ["waiting", "refused", "limited", "taken"] }).notNull(),
    finding: jsonb().$type<RowFinding | null>(),
    /** Which of the import's counts it is in; null while it waits. */
    outcome: text({ enum: ["created", "updated", "withoutConsent", "refused"] }),
    /** The person it was taken in as; null: not yet, or refused. */
    contactId: uuid(),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.row] }),
    // Whether somebody stood in the file before; a person who was erased is found by it, too.
    index("contact_import_row_contact").on(table.importId, table.contactId),
    index("contact_import_row_waiting").on(table.importId, table.row).where(sql`state = 'waiting'`),
  ],
);
