import { type KeptText, template, templateLanguage, templateVersion } from "#db/schema/index.ts";
import type { TemplateInfo } from "#flow/template.ts";
import { canonicalHash } from "#server/canonical-json.ts";
import { fixedId } from "./fixed-id.ts";
import { insertAll } from "./insert-all.ts";
import type { Seed } from "./seed.ts";

/**
 * Templates as approved: the sandbox's review approves at once, and server/demo/connect-sandbox.ts submits them as soon as the
 * sandbox is up, before anybody can send.
 */
export async function seedTemplates(
  { tx, workspaceId, makerId, now }: Seed,
  templates: readonly TemplateInfo[],
): Promise<void> {
  const idOf = (name: string) => fixedId(`template:${workspaceId}:${name}`);
  const updatedAt = new Date(now.getTime() - 30 * 86_400_000);
  await insertAll(
    tx,
    template,
    templates.map(({ name, category, samples }) => ({
      id: idOf(name),
      workspaceId,
      name,
      category,
      samples,
      updatedBy: makerId,
      createdAt: updatedAt,
      updatedAt,
    })),
  );
  await insertAll(
    tx,
    templateLanguage,
    templates.flatMap(({ name, languages }) =>
      languages.map(({ language, header, body, footer, buttons }) => ({
        templateId: idOf(name),
        workspaceId,
        language,
        header,
        body,
        footer,
        buttons,
        status: "approved" as const,
        updatedAt,
      })),
    ),
  );
  await insertAll(
    tx,
    templateVersion,
    templates.flatMap(({ name, category, samples, languages }) =>
      languages.map(({ language, header, body, footer, buttons }) => {
        const content: KeptText = { category, samples, header, body, footer, buttons };
        return {
          id: fixedId(`template-version:${workspaceId}:${name}:${language}`),
          workspaceId,
          templateId: idOf(name),
          name,
          language,
          number: 1,
          content,
          hash: canonicalHash(content),
          submittedBy: makerId,
          submittedAt: updatedAt,
          approvedAt: updatedAt,
        };
      }),
    ),
  );
}
