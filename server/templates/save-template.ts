import { isDeepStrictEqual } from "node:util";
import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { template, templateLanguage } from "#db/schema/index.ts";
import { lintTemplate } from "#flow/lint-template.ts";
import { isOpen } from "#flow/template.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";
import { forgetRefusals } from "./account-standing.ts";
import { findTemplate, type LanguageRow, type TemplateRow } from "./find-template.ts";
import { contentOf } from "./get-template.ts";
import { Category, DraftContent, Samples } from "./template-draft.ts";
import { setReviewStatus } from "./template-snapshot.ts";

export const SaveTemplate = z.strictObject({
  templateId: z.uuid(),
  /** `updatedAt` of the template this change started from. */
  seenAt: z.date(),
  category: Category,
  samples: Samples,
  languages: z.array(DraftContent).max(20),
});
type Change = z.infer<typeof SaveTemplate>;

/**
 * Keeps the drafts of a template, however incomplete, and answers what WhatsApp would refuse. Languages that are left out are
 * removed. Refused when it would change a language that is submitted or approved; a conflict when somebody saved in between.
 */
export async function saveTemplate(actor: Actor, change: Change) {
  const { db, clock, session } = actor;
  return db.transaction(async (tx) => {
    const stored = await findTemplate(tx, {
      workspaceId: session.workspaceId,
      templateId: change.templateId,
      lock: true,
    });
    assertMayChange(stored, change);
    const { name } = stored.template;
    const savedAt = after(clock.now(), stored.template.updatedAt);
    await tx
      .update(template)
      .set({ category: change.category, samples: change.samples, updatedBy: session.userId, updatedAt: savedAt })
      .where(eq(template.id, change.templateId));
    await removeLanguages(tx, change, stored.languages);
    await writeLanguages(tx, change, { languages: stored.languages, workspaceId: session.workspaceId, savedAt });
    // Nobody has looked at this text: what is with the checkers is another one.
    if (!isSameText(stored, change))
      await setReviewStatus(tx, { templateId: change.templateId, from: ["in-review"], to: "draft" });
    await recordAudit(tx, actor, {
      action: "save-template",
      subject: "template",
      subjectId: change.templateId,
      detail: { name, languages: change.languages.map((content) => content.language) },
    });
    return { savedAt, findings: lintTemplate({ ...change, name }) };
  });
}

const isSameText = (
  { template: row, languages }: { template: TemplateRow; languages: LanguageRow[] },
  { category, samples, languages: wanted }: Change,
): boolean =>
  isDeepStrictEqual(
    { category, samples, languages: new Set(wanted) },
    { category: row.category, samples: row.samples, languages: new Set(languages.map(contentOf)) },
  );

/** Two saves within a millisecond must not carry the same mark. */
export const after = (now: Date, last: Date) => new Date(Math.max(now.getTime(), last.getTime() + 1));

function assertMayChange(
  { template: row, languages }: { template: TemplateRow; languages: LanguageRow[] },
  change: Change,
) {
  if (row.updatedAt.getTime() !== change.seenAt.getTime()) {
    throw new DomainError(
      "conflict",
      "Somebody changed this template since you opened it. Load it again to see the change.",
      {
        updatedAt: row.updatedAt,
      },
    );
  }
  const locked = languages.filter((one) => !isOpen(one.status));
  if (locked.length > 0 && change.category !== row.category) {
    throw new DomainError(
      "refused",
      "The category is fixed once WhatsApp has the template. Duplicate it to use another category.",
    );
  }
  for (const one of locked) {
    const wanted = change.languages.find((content) => content.language === one.language);
    if (!wanted || !isDeepStrictEqual(wanted, contentOf(one))) {
      throw new DomainError(
        "refused",
        `${row.name} in ${one.language} is ${one.status}: its text is fixed. Duplicate the template to change it.`,
      );
    }
  }
}

async function removeLanguages(tx: Transaction, change: Change, languages: LanguageRow[]): Promise<void> {
  const kept = new Set(change.languages.map((content) => content.language));
  const gone = languages.map((row) => row.language).filter((language) => !kept.has(language));
  if (gone.length === 0) return;
  await tx
    .delete(templateLanguage)
    .where(and(eq(templateLanguage.templateId, change.templateId), inArray(templateLanguage.language, gone)));
}

async function writeLanguages(
  tx: Transaction,
  { templateId, languages: contents }: Change,
  { languages, workspaceId, savedAt }: { languages: LanguageRow[]; workspaceId: string; savedAt: Date },
): Promise<void> {
  for (const content of contents) {
    const row = languages.find((one) => one.language === content.language);
    if (row && isDeepStrictEqual(content, contentOf(row))) continue;
    // A refused language that is rewritten is a draft again: the old reason is not about this text.
    const set = { ...content, status: "draft" as const, statusReason: null, updatedAt: savedAt };
    await forgetRefusals(tx, { templateId, language: content.language });
    await tx
      .insert(templateLanguage)
      .values({ ...set, templateId, workspaceId })
      .onConflictDoUpdate({ target: [templateLanguage.templateId, templateLanguage.language], set });
  }
}
