import { asc, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { template, templateLanguage } from "#db/schema/index.ts";
import type { Catalog, TemplateInfo } from "#flow/template.ts";

/** What validation knows about the world outside the graph: every template of the workspace, by name, languages sorted. */
export async function readCatalog(db: Queryable, workspaceId: string): Promise<Catalog> {
  const rows = await db
    .select({ template, language: templateLanguage })
    .from(template)
    .leftJoin(templateLanguage, eq(templateLanguage.templateId, template.id))
    .where(eq(template.workspaceId, workspaceId))
    .orderBy(asc(template.name), asc(templateLanguage.language));
  const byName = new Map<string, TemplateInfo>();
  for (const row of rows) {
    const { name, category, samples } = row.template;
    const info = byName.get(name) ?? { name, category, samples, languages: [] };
    byName.set(name, info);
    if (!row.language) continue;
    const { language, header, body, footer, buttons, status } = row.language;
    info.languages.push({ language, header, body, footer, buttons, status });
  }
  return { templates: [...byName.values()] };
}
