import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { template, templateLanguage } from "#db/schema/index.ts";
import type { TemplateCategory } from "#flow/template.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "#server/errors.ts";
import { newId } from "#server/id.ts";
import type { Actor } from "#server/trpc.ts";
import { Category, DraftContent, TemplateName } from "./template-draft.ts";

export const CreateTemplate = z.strictObject({
  name: TemplateName,
  category: Category,
  languages: z.array(DraftContent.shape.language).min(1).max(20),
});

/** A new draft with empty languages. A name that is taken is a conflict. */
export function createTemplate(actor: Actor, { name, category, languages }: z.infer<typeof CreateTemplate>) {
  const contents = [...new Set(languages)].map((language) => ({
    language,
    header: null,
    body: "",
    footer: null,
    buttons: [],
  }));
  return actor.db.transaction((tx) => insertTemplate(tx, actor, { name, category, samples: {}, contents }));
}

type NewTemplate = {
  name: string;
  category: TemplateCategory;
  samples: Record<string, string>;
  contents: DraftContent[];
};

/** Stores a template all of whose languages are drafts, with its audit row. */
export async function insertTemplate(
  tx: Transaction,
  actor: Actor,
  { name, category, samples, contents }: NewTemplate,
) {
  const { userId, workspaceId } = actor.session;
  const now = actor.clock.now();
  const [row] = await tx
    .insert(template)
    .values({ id: newId(), workspaceId, name, category, samples, updatedBy: userId, createdAt: now, updatedAt: now })
    .onConflictDoNothing({ target: [template.workspaceId, template.name] })
    .returning({ id: template.id });
  if (!row)
    throw new DomainError("conflict", `There is a template named ${name} already. Choose another name.`, {
      rule: "name-taken",
    });
  if (contents.length > 0) {
    await tx
      .insert(templateLanguage)
      .values(contents.map((content) => ({ ...content, templateId: row.id, workspaceId, updatedAt: now })));
  }
  await recordAudit(tx, actor, { action: "create-template", subject: "template", subjectId: row.id, detail: { name } });
  return { templateId: row.id };
}
