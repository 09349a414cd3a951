import { eq } from "drizzle-orm";
import { z } from "zod";
import { template } from "#db/schema/index.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";
import { findTemplate, isOpen } from "./find-template.ts";
import { readTemplateUse } from "./template-use.ts";

export const DeleteTemplate = z.strictObject({ templateId: z.uuid() });

/** Removes a template that no flow names and of which the provider holds nothing. Else refused, saying which flows or languages. */
export async function deleteTemplate(actor: Actor, { templateId }: z.infer<typeof DeleteTemplate>) {
  const { db, session } = actor;
  const use = await readTemplateUse(db, session.workspaceId);
  await db.transaction(async (tx) => {
    const stored = await findTemplate(tx, { workspaceId: session.workspaceId, templateId, lock: true });
    const { name } = stored.template;
    const flows = use.get(name) ?? [];
    if (flows.length > 0) {
      const names = flows.map((flow) => flow.name).join(", ");
      throw new DomainError("refused", `${name} is sent by ${names}. Take it out of these flows first.`, { flows });
    }
    const held = stored.languages.filter((row) => !isOpen(row.status)).map((row) => row.language);
    if (held.length > 0) {
      throw new DomainError(
        "refused",
        `WhatsApp holds ${name} in ${held.join(", ")}. Only drafts and refused templates can be deleted here.`,
      );
    }
    await tx.delete(template).where(eq(template.id, templateId));
    await recordAudit(tx, actor, {
      action: "delete-template",
      subject: "template",
      subjectId: templateId,
      detail: { name },
    });
  });
  return { templateId };
}
