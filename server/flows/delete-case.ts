import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { flowCase } from "#db/schema/index.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";

export const DeleteCase = z.strictObject({ flowId: z.uuid(), caseId: z.uuid() });

/** Takes a test case away; the audit keeps its name. */
export async function deleteCase(actor: Actor, { flowId, caseId }: z.infer<typeof DeleteCase>): Promise<void> {
  await actor.db.transaction(async (tx) => {
    const own = and(
      eq(flowCase.id, caseId),
      eq(flowCase.flowId, flowId),
      eq(flowCase.workspaceId, actor.session.workspaceId),
    );
    const [gone] = await tx.delete(flowCase).where(own).returning({ name: flowCase.name });
    if (!gone) throw new DomainError("not-found", "This test case does not exist any more.");
    await recordAudit(tx, actor, {
      action: "delete-case",
      subject: "flow",
      subjectId: flowId,
      detail: { caseId, name: gone.name },
    });
  });
}
