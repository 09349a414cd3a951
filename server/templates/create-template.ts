import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { template, templateLanguage } from "#db/schema/index.ts";
import { codeContent, codeSamples } from "#flow/preset-texts.ts";
import type { TemplateCategory } from "#flow/template.ts";
import { findGalleryEntry } from "#flow/template-gallery/gallery.ts";
import type { GalleryEntry } from "#flow/template-gallery/gallery-entry.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "#server/errors.ts";
import { newId } from "#server/id.ts";
import type { Actor } from "#server/trpc.ts";
import { Category, DraftContent, TemplateName } from "./template-draft.ts";

export const CreateTemplate = z.strictObject({
  name: TemplateName,
  category: Category,
  languages: z.array(DraftContent.shape.language).min(1).max(20),
  /** The text of the gallery it begins with; its category then counts. */
  from: z.string().max(60).optional(),
});

/** A new draft: with empty languages, or with the words of the gallery. A name that is taken is a conflict. */
export function createTemplate(actor: Actor, { name, category, languages, from }: z.infer<typeof CreateTemplate>) {
  const entry = from === undefined ? undefined : findGalleryEntry(from);
  if (from !== undefined && !entry)
    throw new DomainError("not-found", "This text is not in the gallery. Pick another one or begin with nothing.");
  const beginning = {
    name,
    category: entry?.category ?? category,
    samples: entry?.samples ?? (category === "authentication" ? codeSamples : {}),
    contents: [...new Set(languages)].map((language) => firstContent(language, { category, entry })),
  };
  return actor.db.transaction((tx) => insertTemplate(tx, actor, beginning));
}

/** A language that the gallery has no words for begins with its first ones: to translate is easier than to begin with nothing. */
function firstContent(
  language: string,
  { category, entry }: { category: TemplateCategory; entry: GalleryEntry | undefined },
): DraftContent {
  const ready = entry?.languages.find((content) => content.language === language) ?? entry?.languages[0];
  if ((entry?.category ?? category) === "authentication") return codeContent(language);
  return ready ? { ...ready, language } : { language, header: null, body: "", footer: null, buttons: [] };
}

type NewTemplate = {
  name: string;
  category: TemplateCategory;
  samples: Record<string, string>;
  contents: DraftContent[];
  /** Said in the audit: whose words it begins with. */
  from?: { duplicateOf: string; writtenBy: string[] };
};

/** Stores a template all of whose languages are drafts, with its audit row. */
export async function insertTemplate(
  tx: Transaction,
  actor: Actor,
  { name, category, samples, contents, from }: NewTemplate,
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
  await recordAudit(tx, actor, {
    action: "create-template",
    subject: "template",
    subjectId: row.id,
    detail: { name, ...from },
  });
  return { templateId: row.id };
}
