import { and, desc, eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { type KeptText, template, templateLanguage, templateVersion } from "#db/schema/index.ts";
import { canonicalHash } from "#server/canonical-json.ts";
import { newId } from "#server/id.ts";
import type { Actor } from "#server/trpc.ts";

type Given = { templateId: string; language: string; isApproved: boolean };

/**
 * Keeps the text that a language has now as its next version, unless the last one says the same. Call it in the transaction that
 * notes that the provider took the text, with the language's row locked: two at once would count the same number.
 */
export async function keepVersion(
  tx: Transaction,
  { clock, session }: Pick<Actor, "clock" | "session">,
  { templateId, language, isApproved }: Given,
): Promise<void> {
  const [row] = await tx
    .select({ template, language: templateLanguage })
    .from(templateLanguage)
    .innerJoin(template, eq(template.id, templateLanguage.templateId))
    .where(and(eq(templateLanguage.templateId, templateId), eq(templateLanguage.language, language)));
  if (!row) return;
  const { header, body, footer, buttons } = row.language;
  const { category, samples, workspaceId, name } = row.template;
  const content: KeptText = { category, samples, header, body, footer, buttons };
  const hash = canonicalHash(content);
  const now = clock.now();
  const [last] = await tx
    .select({
      id: templateVersion.id,
      number: templateVersion.number,
      hash: templateVersion.hash,
      approvedAt: templateVersion.approvedAt,
    })
    .from(templateVersion)
    .where(and(eq(templateVersion.templateId, templateId), eq(templateVersion.language, language)))
    .orderBy(desc(templateVersion.number))
    .limit(1);
  const approvedAt = isApproved ? now : null;
  if (last?.hash === hash) {
    if (approvedAt && !last.approvedAt)
      await tx.update(templateVersion).set({ approvedAt }).where(eq(templateVersion.id, last.id));
    return;
  }
  await tx.insert(templateVersion).values({
    id: newId(),
    workspaceId,
    templateId,
    name,
    language,
    number: (last?.number ?? 0) + 1,
    content,
    hash,
    submittedBy: session.userId,
    submittedAt: now,
    approvedAt,
  });
}
