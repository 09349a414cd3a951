import { eq } from "drizzle-orm";
import { z } from "zod";
import { template } from "#db/schema/index.ts";
import { type DeletionRefusal, deletionRefusal } from "#flow/template-deletion.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";
import { findTemplate } from "./find-template.ts";
import { readTemplateUse } from "./template-use.ts";

export const DeleteTemplate = z.strictObject({ templateId: z.uuid() });

/** Removes a template that may go (`deletionRefusal`). Else refused, saying what keeps it. */
export async function deleteTemplate(actor: Actor, { templateId }: z.infer<typeof DeleteTemplate>) {
  const { db, session } = actor;
  const use = await readTemplateUse(db, session.workspaceId);
  await db.transaction(async (tx) => {
    const stored = await findTemplate(tx, { workspaceId: session.workspaceId, templateId, lock: true });
    const { name } = stored.template;
    const refusal = deletionRefusal({ usedIn: use.get(name) ?? [], languages: stored.languages });
    if (refusal) throw new DomainError("refused", inWords(name, refusal), refusal);
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

function inWords(name: string, refusal: DeletionRefusal): string {
  switch (refusal.reason) {
    case "used":
      return `${name} is sent by ${refusal.flows.join(", ")}. Take it out of these flows first.`;
    case "in-review":
      return `${name} is with the checkers. Withdraw the request first.`;
    case "held":
      return `WhatsApp holds ${name} in ${refusal.languages.join(", ")}. Only drafts and refused templates can be deleted here.`;
  }
}
