import { integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { TemplateCategory, TemplateContent } from "#flow/template.ts";
import { id, moment } from "./columns.ts";

/** A text as it was given to the provider, with what a reader needs to see it as a message. */
export type KeptText = Omit<TemplateContent, "language"> & {
  category: TemplateCategory;
  samples: Record<string, string>;
};

/**
 * Every text of a template that went to the provider, counted by language. It outlives the template: what people were sent can be
 * shown when nobody has the draft any more.
 */
export const templateVersion = pgTable(
  "template_version",
  {
    id: id(),
    workspaceId: uuid().notNull(),
    templateId: uuid().notNull(),
    name: text().notNull(),
    language: text().notNull(),
    number: integer().notNull(),
    content: jsonb().$type<KeptText>().notNull(),
    /** sha256 of the canonical content: the same text given again is the same version. */
    hash: text().notNull(),
    submittedBy: uuid().notNull(),
    submittedAt: moment().notNull(),
    /** Null: not approved, or not yet. */
    approvedAt: moment(),
  },
  (table) => [uniqueIndex("template_version_number").on(table.templateId, table.language, table.number)],
);
