import { foreignKey, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { TemplateStatus } from "#flow/template.ts";
import { createdAt } from "./columns.ts";
import { templateLanguage } from "./message.ts";

/**
 * What one account at the provider says of a language that it was given. The numbers of an account share their templates;
 * `template_language` tells the whole of it.
 */
export const templateAccount = pgTable(
  "template_account",
  {
    templateId: uuid().notNull(),
    language: text().notNull(),
    /** `channel.account_id`. */
    accountId: text().notNull(),
    workspaceId: uuid().notNull(),
    status: text().$type<TemplateStatus>().notNull(),
    statusReason: text(),
    /** The provider's id of this language there. */
    providerId: text(),
    quality: text({ enum: ["green", "yellow", "red", "unknown"] }),
    updatedAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.templateId, table.language, table.accountId] }),
    foreignKey({
      name: "template_account_language",
      columns: [table.templateId, table.language],
      foreignColumns: [templateLanguage.templateId, templateLanguage.language],
    }).onDelete("cascade"),
    index("template_account_provider").on(table.providerId),
    index("template_account_workspace").on(table.workspaceId),
  ],
);
