import { eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { flow, type flowStatuses, templateLanguage } from "#db/schema/index.ts";
import { isOpen, type TemplateStatus } from "#flow/template.ts";
import { accountsApart, readAccounts, type TemplateAccount } from "#server/templates/read-accounts.ts";
import type { ApprovalRow } from "./find-approval.ts";

export type Outcome =
  | { subject: "flow"; status: (typeof flowStatuses)[number] }
  | {
      subject: "template";
      /** What WhatsApp says to each language; `hasLeft` is false for one that it does not hold. */
      languages: { language: string; status: TemplateStatus; detail: string | null; hasLeft: boolean }[];
      /** The same at each WhatsApp account; none where they agree or where there is one. */
      accounts: TemplateAccount[];
    };

/** Where a flow stands, and what WhatsApp made of a template that we approved; null for a template that nobody approved, and for what is gone. */
export async function readOutcome(
  db: Queryable,
  { workspaceId, subject, subjectId, state }: Pick<ApprovalRow, "workspaceId" | "subject" | "subjectId" | "state">,
): Promise<Outcome | null> {
  if (subject === "flow") {
    const [row] = await db.select({ status: flow.status }).from(flow).where(eq(flow.id, subjectId));
    return row ? { subject, status: row.status } : null;
  }
  if (state !== "approved") return null;
  const rows = await db
    .select()
    .from(templateLanguage)
    .where(eq(templateLanguage.templateId, subjectId))
    .orderBy(templateLanguage.language);
  const languages = rows.map(({ language, status, statusReason }) => ({
    language,
    status,
    detail: statusReason,
    hasLeft: !isOpen(status),
  }));
  return { subject, languages, accounts: accountsApart((await readAccounts(db, workspaceId))(rows)) };
}
