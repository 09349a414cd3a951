import { z } from "zod";
import type { DraftContent } from "#flow/lint-template.ts";
import { isOpen } from "#flow/template.ts";
import type { Actor } from "#server/trpc.ts";
import { findTemplate, type LanguageRow } from "./find-template.ts";
import { readAccounts } from "./read-accounts.ts";
import { readTemplateUse } from "./template-use.ts";

export const GetTemplate = z.strictObject({ templateId: z.uuid() });

/** Everything the template editor opens with. `updatedAt` goes back with `save`, so that nobody overwrites a colleague unseen. */
export async function getTemplate(actor: Actor, { templateId }: z.infer<typeof GetTemplate>) {
  const { db, session } = actor;
  const { template, languages } = await findTemplate(db, { workspaceId: session.workspaceId, templateId });
  const use = await readTemplateUse(db, session.workspaceId);
  return {
    id: template.id,
    name: template.name,
    category: template.category,
    samples: template.samples,
    updatedAt: template.updatedAt,
    languages: languages.map((row) => ({
      ...contentOf(row),
      status: row.status,
      statusReason: row.statusReason,
      isOpen: isOpen(row.status),
    })),
    accounts: (await readAccounts(db, session.workspaceId))(languages),
    usedIn: use.get(template.name) ?? [],
  };
}

/** The part of a language that the provider sees. */
export function contentOf({ language, header, body, footer, buttons }: LanguageRow): DraftContent {
  return { language, header, body, footer, buttons };
}
