import type { Transaction } from "#db/client.ts";
import { template, templateLanguage } from "#db/schema/index.ts";
import type { TemplateInfo } from "#flow/template.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { newId } from "#server/id.ts";
import type { Actor } from "#server/trpc.ts";

/** Makes those templates that the workspace does not have yet as drafts. One that exists keeps its text. Answers the new names. */
export async function draftMissingTemplates(
  tx: Transaction,
  actor: Actor,
  templates: readonly TemplateInfo[],
): Promise<string[]> {
  const { userId, workspaceId } = actor.session;
  const now = actor.clock.now();
  const made: string[] = [];
  for (const { name, category, samples, languages } of templates) {
    const [row] = await tx
      .insert(template)
      .values({ id: newId(), workspaceId, name, category, samples, updatedBy: userId, createdAt: now, updatedAt: now })
      .onConflictDoNothing({ target: [template.workspaceId, template.name] })
      .returning({ id: template.id });
    if (!row) continue;
    await tx.insert(templateLanguage).values(
      languages.map(({ language, header, body, footer, buttons }) => ({
        templateId: row.id,
        workspaceId,
        language,
        header,
        body,
        footer,
        buttons,
        updatedAt: now,
      })),
    );
    await recordAudit(tx, actor, {
      action: "create-template",
      subject: "template",
      subjectId: row.id,
      detail: { name },
    });
    made.push(name);
  }
  return made;
}
