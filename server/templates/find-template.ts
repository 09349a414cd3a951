import { and, asc, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { template, templateLanguage } from "#db/schema/index.ts";
import { DomainError } from "#server/errors.ts";

export type TemplateRow = typeof template.$inferSelect;
export type LanguageRow = typeof templateLanguage.$inferSelect;

/** The template of one's own workspace with its languages, sorted. `lock` keeps others from changing it until the transaction ends. */
export async function findTemplate(
  db: Queryable,
  { workspaceId, templateId, lock = false }: { workspaceId: string; templateId: string; lock?: boolean },
): Promise<{ template: TemplateRow; languages: LanguageRow[] }> {
  const query = db
    .select()
    .from(template)
    .where(and(eq(template.id, templateId), eq(template.workspaceId, workspaceId)));
  const [row] = lock ? await query.for("update") : await query;
  if (!row)
    throw new DomainError(
      "not-found",
      "This template does not exist in your workspace. Go back to the list of templates.",
    );
  const languages = await db
    .select()
    .from(templateLanguage)
    .where(eq(templateLanguage.templateId, templateId))
    .orderBy(asc(templateLanguage.language));
  return { template: row, languages };
}
