import { eq } from "drizzle-orm";
import { z } from "zod";
import { flow } from "#db/schema/index.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { Actor } from "#server/trpc.ts";
import { FlowName } from "./create-flow.ts";
import { lockFlow } from "./find-flow.ts";

export const RenameFlow = z.strictObject({ flowId: z.uuid(), name: FlowName });

/** Gives a flow another name. The draft's revision stays: a rename must not interrupt somebody who is drawing. */
export async function renameFlow(actor: Actor, { flowId, name }: z.infer<typeof RenameFlow>) {
  await actor.db.transaction(async (tx) => {
    const stored = await lockFlow(tx, actor.session.workspaceId, flowId);
    if (stored.name === name) return;
    await tx
      .update(flow)
      .set({ name, updatedBy: actor.session.userId, updatedAt: actor.clock.now() })
      .where(eq(flow.id, flowId));
    await recordAudit(tx, actor, {
      action: "rename-flow",
      subject: "flow",
      subjectId: flowId,
      detail: { from: stored.name, to: name },
    });
  });
  return { name };
}
