import { z } from "zod";
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

/** A new draft with the text of another template: the way to change what is approved, or its category. */
export async function duplicateTemplate(
  actor: Actor,
  { templateId, name, category }: z.infer<typeof DuplicateTemplate>,
) {
  const { template, languages } = await findTemplate(actor.db, { workspaceId: actor.session.workspaceId, templateId });
  const copy = {
    name,
    category: category ?? template.category,
    samples: template.samples,
    contents: languages.map(contentOf),
  };
  return actor.db.transaction((tx) => insertTemplate(tx, actor, copy));
}
