import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { approvalComment } from "#db/schema/index.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";
import { findApproval } from "./find-approval.ts";

export const ResolveComment = z.strictObject({
  approvalId: z.uuid(),
  commentId: z.uuid(),
  /** False opens it again. */
  isResolved: z.boolean(),
});

/** Says that a comment is settled, or is not after all. Doing it twice is the same as once; the first who said so stays. */
export async function resolveComment(actor: Actor, input: z.infer<typeof ResolveComment>) {
  const { approvalId, commentId, isResolved } = input;
  const { workspaceId, userId } = actor.session;
  await actor.db.transaction(async (tx) => {
    const { subject, subjectId } = await findApproval(tx, { workspaceId, approvalId });
    const own = and(eq(approvalComment.id, commentId), eq(approvalComment.approvalId, approvalId));
    const [comment] = await tx
      .select({ place: approvalComment.place, resolvedAt: approvalComment.resolvedAt })
      .from(approvalComment)
      .where(own)
      .for("update");
    if (!comment)
      throw new DomainError("not-found", "This comment does not exist. Load the request again to see what is said.");
    if ((comment.resolvedAt !== null) === isResolved) return;
    await tx
      .update(approvalComment)
      .set(isResolved ? { resolvedAt: actor.clock.now(), resolvedBy: userId } : { resolvedAt: null, resolvedBy: null })
      .where(own);
    await recordAudit(tx, actor, {
      action: isResolved ? "resolve-comment" : "reopen-comment",
      subject,
      subjectId,
      detail: { approvalId, commentId, place: comment.place },
    });
  });
  return { commentId, isResolved };
}
