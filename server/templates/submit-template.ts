import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { template, templateLanguage } from "#db/schema/index.ts";
import { finishedContent, lintTemplate } from "#flow/lint-template.ts";
import { isOpen, type TemplateContent, type TemplateStatus } from "#flow/template.ts";
import { approvalFor } from "#server/approvals/find-approval.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { metaCloud } from "#server/channels/meta-cloud/meta-cloud.ts";
import { openConnection } from "#server/channels/open-connection.ts";
import { readSendingNumber } from "#server/channels/sending-number.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";
import { findTemplate, type TemplateRow } from "./find-template.ts";
import { contentOf } from "./get-template.ts";
import { keepVersion } from "./keep-version.ts";
import { hashOfTemplate } from "./template-snapshot.ts";

export const SubmitTemplate = z.strictObject({ templateId: z.uuid() });

export type Submission = {
  language: string;
  /** Null: not decided; WhatsApp did not answer, or refused for a reason that is not the text. */
  status: TemplateStatus | null;
  /** The provider's own words when it refused or did not answer. */
  detail: string | null;
};

/**
 * Sends every open language to the provider and answers what it said to each. Refused before anything leaves when the checks
 * find an error, or when nobody else has approved exactly this text. No transaction is open during a call: each answer is stored on its own, so that one that fails loses no other.
 */
export async function submitTemplate(
  actor: Actor,
  { templateId }: z.infer<typeof SubmitTemplate>,
): Promise<Submission[]> {
  const { db, session } = actor;
  const stored = await findTemplate(db, { workspaceId: session.workspaceId, templateId });
  const open = stored.languages.filter((row) => isOpen(row.status));
  if (open.length === 0)
    throw new DomainError("refused", "Every language is with WhatsApp already. There is nothing to submit.");
  const contents = finishedContents(stored.template, stored.languages.map(contentOf));
  await assertApproved(actor, stored);
  const connection = await connectionOf(actor);
  const submissions: Submission[] = [];
  for (const { language } of open) {
    const content = contents.get(language);
    if (!content) continue;
    const { name, category, samples } = stored.template;
    const answer = await metaCloud.submitTemplate(connection, {
      name,
      category,
      content,
      samples,
      linkBase: `${actor.env.publicUrl}/r/`,
    });
    submissions.push(await settle(actor, { row: stored.template, language, answer }));
  }
  return submissions;
}

async function assertApproved({ db }: Actor, stored: Stored): Promise<void> {
  const approvalId = await approvalFor(db, { subjectId: stored.template.id, hash: hashOfTemplate(stored) });
  if (approvalId) return;
  throw new DomainError(
    "refused",
    `Nobody has approved this text of ${stored.template.name}. Ask for approval; somebody else of the workspace decides.`,
    { rule: "needs-approval" },
  );
}

/** The strict texts by language. Refused with the findings when WhatsApp would refuse one. */
export function finishedContents(
  row: TemplateRow,
  languages: ReturnType<typeof contentOf>[],
): Map<string, TemplateContent> {
  const findings = lintTemplate({ ...row, languages });
  const errors = findings.filter((finding) => finding.severity === "error");
  const finished = new Map(
    languages.flatMap((content) => {
      const strict = finishedContent(content);
      return strict ? [[content.language, strict] as const] : [];
    }),
  );
  if (errors.length > 0 || finished.size < languages.length) {
    throw new DomainError("refused", `WhatsApp would refuse ${row.name}. Fix what the checks say, then submit again.`, {
      findings,
    });
  }
  return finished;
}

async function connectionOf({ db, env, session }: Actor) {
  const row = await readSendingNumber(db, session.workspaceId);
  if (!row)
    throw new DomainError("refused", "No WhatsApp number is connected. Connect one under Channels, then submit.");
  return openConnection(env.secret, row);
}

/** Meta, error codes: 100 and its template subcodes are about the text; all others (token, rate, server) say nothing about it. */
const isAboutTheText = (code: number) => code === 100 || (code >= 2_388_000 && code < 2_389_000);

function statusAfter(answer: Answer): TemplateStatus | null {
  if (answer.outcome === "accepted") return answer.status;
  return answer.outcome === "refused" && isAboutTheText(answer.code) ? "rejected" : null;
}

type Stored = Awaited<ReturnType<typeof findTemplate>>;
type Answer = Awaited<ReturnType<typeof metaCloud.submitTemplate>>;

/** Stores one answer. The row is only moved while it is open: a webhook may have told the outcome before the answer came. */
async function settle(
  actor: Actor,
  { row, language, answer }: { row: TemplateRow; language: string; answer: Answer },
): Promise<Submission> {
  const { db, clock } = actor;
  const detail = answer.outcome === "accepted" ? null : answer.detail;
  const status = statusAfter(answer);
  await db.transaction(async (tx) => {
    const [current] = await tx
      .select({ status: templateLanguage.status })
      .from(templateLanguage)
      .where(and(eq(templateLanguage.templateId, row.id), eq(templateLanguage.language, language)))
      .for("update");
    if (!current) return;
    if (status && status !== current.status)
      await tx.update(template).set({ movedAt: clock.now() }).where(eq(template.id, row.id));
    await tx
      .update(templateLanguage)
      .set({
        ...(status && isOpen(current.status) ? { status } : {}),
        ...(answer.outcome === "accepted" ? { providerId: answer.providerId } : {}),
        statusReason: detail,
        updatedAt: clock.now(),
      })
      .where(and(eq(templateLanguage.templateId, row.id), eq(templateLanguage.language, language)));
    if (answer.outcome === "accepted")
      await keepVersion(tx, actor, { templateId: row.id, language, isApproved: status === "approved" });
    await recordAudit(tx, actor, {
      action: "submit-template",
      subject: "template",
      subjectId: row.id,
      detail: { name: row.name, language, outcome: answer.outcome, status },
    });
  });
  return { language, status, detail };
}
