import { asc, eq } from "drizzle-orm";
import { z } from "zod";
import { template, templateLanguage } from "#db/schema/index.ts";
import type { Actor } from "#server/trpc.ts";
import { contentOf } from "./get-template.ts";
import { fileFormats, writeFile } from "./template-file.ts";

export const ExportTemplates = z.strictObject({ format: z.enum(fileFormats) });

/** All templates of the workspace as a file that `importTemplates` takes back, here or in another workspace. */
export async function exportTemplates({ db, clock, session }: Actor, { format }: z.infer<typeof ExportTemplates>) {
  const rows = await db
    .select()
    .from(templateLanguage)
    .innerJoin(template, eq(template.id, templateLanguage.templateId))
    .where(eq(template.workspaceId, session.workspaceId))
    .orderBy(asc(template.name), asc(templateLanguage.language));
  const day = clock.now().toISOString().slice(0, 10);
  return {
    fileName: `templates-${day}.${format}`,
    text: writeFile(
      format,
      rows.map(({ template: { name, category, samples }, template_language: language }) => ({
        name,
        category,
        samples,
        content: contentOf(language),
      })),
    ),
  };
}
