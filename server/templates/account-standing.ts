import { and, eq } from "drizzle-orm";
import type { Queryable, Transaction } from "#db/client.ts";
import { templateAccount } from "#db/schema/index.ts";
import type { LanguageRow } from "./find-template.ts";

export type AccountRow = typeof templateAccount.$inferSelect;
/** How a language stands at an account. */
export type Standing = Pick<AccountRow, "status" | "statusReason" | "providerId" | "quality">;

/** What the accounts of a workspace have said of its templates, by template and language. */
export async function readStandings(db: Queryable, workspaceId: string): Promise<Map<string, AccountRow[]>> {
  const rows = await db
    .select()
    .from(templateAccount)
    .where(eq(templateAccount.workspaceId, workspaceId))
    .orderBy(templateAccount.accountId);
  return Map.groupBy(rows, keyOf);
}

const keyOf = ({ templateId, language }: Pick<AccountRow, "templateId" | "language">) => `${templateId} ${language}`;

/** The same as `statusAtAccount` says in SQL: what no account has told of keeps its own word, what only others have is a draft here. */
export function standingAt(
  standings: ReadonlyMap<string, AccountRow[]>,
  language: LanguageRow,
  accountId: string,
): Standing {
  const rows = standings.get(keyOf(language));
  if (!rows) {
    const { status, statusReason, providerId, quality } = language;
    return { status, statusReason, providerId, quality };
  }
  const nothing = { status: "draft" as const, statusReason: null, providerId: null, quality: null };
  const { status, statusReason, providerId, quality } = rows.find((row) => row.accountId === accountId) ?? nothing;
  return { status, statusReason, providerId, quality };
}

/** A text that is rewritten is a draft everywhere: what was said of the one before is not about it. */
export async function forgetRefusals(
  tx: Transaction,
  { templateId, language }: Pick<AccountRow, "templateId" | "language">,
): Promise<void> {
  await tx
    .update(templateAccount)
    .set({ status: "draft", statusReason: null })
    .where(and(eq(templateAccount.templateId, templateId), eq(templateAccount.language, language)));
}
