import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { approvalComment, approvalDecision } from "#db/schema/index.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { newId } from "#server/id.ts";
import { notify } from "#server/notifications/notify.ts";
import type { Actor } from "#server/trpc.ts";
import { findApproval } from "./find-approval.ts";

export const CommentApproval = z.strictObject({
  approvalId: z.uuid(),
  text: z.string().trim().min(1).max(2000),
  /** The step's id, or the template's field ("en.body"); absent: about the whole. */
  place: z.string().max(100).optional(),
});

/** Says something about a request without deciding; possible for as long as the request is kept. */
export async function commentApproval(actor: Actor, { approvalId, text, place }: z.infer<typeof CommentApproval>) {
  const { workspaceId, userId } = actor.session;
  const commentId = newId();
  await actor.db.transaction(async (tx) => {
    const { subject, subjectId, snapshot, authors } = await findApproval(tx, { workspaceId, approvalId });
    await tx.insert(approvalComment).values({
      ...{ id: commentId, approvalId, workspaceId, userId, text },
      place: place ?? null,
      at: actor.clock.now(),
    });
    await recordAudit(tx, actor, {
      action: "comment-approval",
      subject,
      subjectId,
      detail: { approvalId, commentId, place: place ?? null },
    });
    await notify(tx, actor, {
      kind: "approval-commented",
      to: [{ people: [...authors, ...(await readVoices(tx, approvalId))] }],
      subjectId: approvalId,
      values: { subject, name: snapshot.name, text },
    });
  });
  return { commentId };
}

/** Who has said or decided something about it before: they want to hear the answer. */
async function readVoices(tx: Transaction, approvalId: string): Promise<string[]> {
  const rows = await tx
    .select({ userId: approvalComment.userId })
    .from(approvalComment)
    .where(eq(approvalComment.approvalId, approvalId))
    .union(
      tx
        .select({ userId: approvalDecision.userId })
        .from(approvalDecision)
        .where(eq(approvalDecision.approvalId, approvalId)),
    );
  return rows.map((row) => row.userId);
}
