import { z } from "zod";
import { authorsToCopy } from "#server/approvals/read-authors.ts";
import type { Actor } from "#server/trpc.ts";
import { insertTemplate } from "./create-template.ts";
import { findTemplate } from "./find-template.ts";
import { contentOf } from "./get-template.ts";
import { Category, TemplateName } from "./template-draft.ts";

export const DuplicateTemplate = z.strictObject({
  templateId: z.uuid(),
  name: TemplateName,
  category: Category.optional(),
});

/** A new draft with the text of another template: the way to change what is approved, or its category. Who wrote that text is an author of the copy. */
export async function duplicateTemplate(
  actor: Actor,
  { templateId, name, category }: z.infer<typeof DuplicateTemplate>,
) {
  const { workspaceId } = actor.session;
  return actor.db.transaction(async (tx) => {
    const { template, languages } = await findTemplate(tx, { workspaceId, templateId, lock: true });
    return insertTemplate(tx, actor, {
      name,
      category: category ?? template.category,
      samples: template.samples,
      contents: languages.map(contentOf),
      from: { duplicateOf: templateId, writtenBy: await authorsToCopy(tx, { workspaceId, subjectId: templateId }) },
    });
  });
}
