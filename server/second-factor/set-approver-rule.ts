import { eq } from "drizzle-orm";
import { z } from "zod";
import { workspace } from "#db/schema/index.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";

export const SetApproverRule = z.strictObject({ isNeeded: z.boolean() });

/** Whether everybody who decides on approvals must have a second factor. Whoever asks it of others has one: nobody shuts the door behind themselves. Audited. */
export async function setApproverRule(
  actor: Actor,
  { isNeeded }: z.output<typeof SetApproverRule>,
): Promise<{ ok: true }> {
  const { workspaceId, signIn } = actor.session;
  if (isNeeded && !signIn?.hasSecondFactor)
    throw new DomainError("refused", "Set up your own second factor first, under Your settings.", {
      secondFactor: "enroll",
    });
  await actor.db.transaction(async (tx) => {
    const own = eq(workspace.id, workspaceId);
    const [before] = await tx
      .select({ isNeeded: workspace.approversNeedSecondFactor })
      .from(workspace)
      .where(own)
      .for("update");
    if (before?.isNeeded === isNeeded) return;
    await tx.update(workspace).set({ approversNeedSecondFactor: isNeeded }).where(own);
    await recordAudit(tx, actor, {
      action: "set-approver-rule",
      subject: "workspace",
      subjectId: workspaceId,
      detail: { from: { approversNeedSecondFactor: !isNeeded }, to: { approversNeedSecondFactor: isNeeded } },
    });
  });
  return { ok: true };
}
