import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { channel, templateLanguage } from "#db/schema/index.ts";
import { finishedContent, lintTemplate } from "#flow/lint-template.ts";
import { isOpen, type TemplateContent, type TemplateStatus } from "#flow/template.ts";
import { approvalFor } from "#server/approvals/find-approval.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { metaCloud } from "#server/channels/meta-cloud/meta-cloud.ts";
import { openConnection } from "#server/channels/open-connection.ts";
import { readSendingNumber, sendingOrder } from "#server/channels/sending-number.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";
import { readStandings, standingAt } from "./account-standing.ts";
import { findTemplate, type LanguageRow, type TemplateRow } from "./find-template.ts";
import { contentOf } from "./get-template.ts";
import { keepAccountStatus } from "./keep-account-status.ts";
import { keepVersion } from "./keep-version.ts";
import { hashOfTemplate } from "./template-snapshot.ts";

/** The numbers at whose accounts a template is wanted; left out: the one that the workspace sends by. */
export const WantedNumbers = z.array(z.uuid()).min(1, "Choose at least one number").max(50).optional();

export const SubmitTemplate = z.strictObject({
  templateId: z.uuid(),
  channelIds: WantedNumbers,
});

export type Submission = {
  /** The number at whose account it was submitted. */
  channel: string;
  accountId: string;
  language: string;
  /** Null: not decided; WhatsApp did not answer, or refused for a reason that is not the text. */
  status: TemplateStatus | null;
  /** The provider's own words when it refused or did not answer. */
  detail: string | null;
};

/**
 * Sends every language that is open at an account to that account, and answers what it said to each. Refused before anything leaves when the checks
 * find an error, or when nobody else has approved exactly this text. No transaction is open during a call: each answer is stored on its own, so that one that fails loses no other.
 */
export async function submitTemplate(
  actor: Actor,
  { templateId, channelIds }: z.infer<typeof SubmitTemplate>,
): Promise<Submission[]> {
  const { db, session } = actor;
  const stored = await findTemplate(db, { workspaceId: session.workspaceId, templateId });
  const contents = finishedContents(stored.template, stored.languages.map(contentOf));
  await assertApproved(actor, stored);
  const numbers = await numbersFor(actor, channelIds);
  const standings = await readStandings(db, session.workspaceId);
  const open = numbers.flatMap((number) =>
    stored.languages
      .filter((row) => isOpen(standingAt(standings, row, number.accountId).status))
      .map(({ language }) => ({ number, language })),
  );
  if (open.length === 0)
    throw new DomainError("refused", "Every language is with WhatsApp already. There is nothing to submit.");
  const submissions: Submission[] = [];
  for (const { number, language } of open) {
    const content = contents.get(language);
    if (!content) continue;
    const connection = openConnection(actor.env.secret, number);
    const { name, category, samples } = stored.template;
    const answer = await metaCloud.submitTemplate(connection, {
      name,
      category,
      content,
      samples,
      linkBase: `${actor.env.publicUrl}/r/`,
    });
    submissions.push(await settle(actor, { row: stored.template, number, language, answer }));
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

/** One number of each account that is meant; without a choice the number that sends. */
async function numbersFor({ db, session }: Actor, channelIds?: readonly string[]): Promise<NumberRow[]> {
  const { workspaceId } = session;
  if (!channelIds) {
    const sending = await readSendingNumber(db, workspaceId);
    if (sending) return [sending];
    throw new DomainError("refused", "No WhatsApp number is connected. Connect one under Channels, then submit.");
  }
  const rows = await db
    .select()
    .from(channel)
    .where(and(eq(channel.workspaceId, workspaceId), inArray(channel.id, [...channelIds])))
    .orderBy(sql.raw(sendingOrder()));
  if (rows.length < new Set(channelIds).size)
    throw new DomainError(
      "not-found",
      "One of these numbers is not in your workspace. Choose among those under Channels.",
    );
  return [...new Map(rows.map((row) => [row.accountId, row])).values()];
}

/** What the provider said to a language of which it took nothing. */
async function noteDetail(
  tx: Transaction,
  { templateId, language }: LanguageRow,
  { detail, at }: { detail: string | null; at: Date },
): Promise<void> {
  await tx
    .update(templateLanguage)
    .set({ statusReason: detail, updatedAt: at })
    .where(and(eq(templateLanguage.templateId, templateId), eq(templateLanguage.language, language)));
}

/** Meta, error codes: 100 and its template subcodes are about the text; all others (token, rate, server) say nothing about it. */
const isAboutTheText = (code: number) => code === 100 || (code >= 2_388_000 && code < 2_389_000);

function statusAfter(answer: Answer): TemplateStatus | null {
  if (answer.outcome === "accepted") return answer.status;
  return answer.outcome === "refused" && isAboutTheText(answer.code) ? "rejected" : null;
}

type NumberRow = typeof channel.$inferSelect;
type Stored = Awaited<ReturnType<typeof findTemplate>>;
type Answer = Awaited<ReturnType<typeof metaCloud.submitTemplate>>;

/** Stores one answer. The row is only moved while it is open: a webhook may have told the outcome before the answer came. */
async function settle(
  actor: Actor,
  { row, number, language, answer }: { row: TemplateRow; number: NumberRow; language: string; answer: Answer },
): Promise<Submission> {
  const { db, clock, session } = actor;
  const { workspaceId } = session;
  const { accountId } = number;
  const detail = answer.outcome === "accepted" ? null : answer.detail;
  const status = statusAfter(answer);
  await db.transaction(async (tx) => {
    const [current] = await tx
      .select()
      .from(templateLanguage)
      .where(and(eq(templateLanguage.templateId, row.id), eq(templateLanguage.language, language)))
      .for("update");
    if (!current) return;
    const here = standingAt(await readStandings(tx, workspaceId), current, accountId).status;
    const next = status && isOpen(here) ? status : here;
    if (status) {
      const providerId = answer.outcome === "accepted" ? answer.providerId : null;
      const word = { templateId: row.id, language, status: next, reason: detail, providerId, quality: null };
      await keepAccountStatus(tx, { workspaceId, accountId, now: clock.now() }, [word]);
    } else if (isOpen(current.status)) await noteDetail(tx, current, { detail, at: clock.now() });
    if (answer.outcome === "accepted")
      await keepVersion(tx, actor, { templateId: row.id, language, isApproved: status === "approved" });
    await recordAudit(tx, actor, {
      action: "submit-template",
      subject: "template",
      subjectId: row.id,
      detail: { name: row.name, language, channel: number.id, outcome: answer.outcome, status },
    });
  });
  return { channel: number.name, accountId, language, status, detail };
}
