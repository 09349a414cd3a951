import { z } from "zod";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "#server/errors.ts";
import { notify } from "#server/notifications/notify.ts";
import { setReviewStatus } from "#server/templates/template-snapshot.ts";
import type { Actor } from "#server/trpc.ts";
import { endFlowReview } from "./decide-approval.ts";
import { findApproval, withdrawOpen } from "./find-approval.ts";
import { lockSubject } from "./read-subject.ts";

export const WithdrawApproval = z.strictObject({ approvalId: z.uuid() });

/** Takes an open request back. Everybody who may ask may: a colleague on holiday must not hold a flow up. */
export async function withdrawApproval(actor: Actor, { approvalId }: z.infer<typeof WithdrawApproval>) {
  const { workspaceId } = actor.session;
  await actor.db.transaction(async (tx) => {
    const named = await findApproval(tx, { workspaceId, approvalId });
    await lockSubject(tx, workspaceId, named);
    const stored = await findApproval(tx, { workspaceId, approvalId, lock: true });
    const { state, subject, subjectId, version } = stored;
    if (state !== "open") throw new DomainError("refused", `This request is ${state} already.`);
    await withdrawOpen(tx, { subjectId, at: actor.clock.now() });
    if (subject === "flow") await endFlowReview(tx, subjectId);
    else await setReviewStatus(tx, { templateId: subjectId, from: ["in-review"], to: "draft" });
    await recordAudit(tx, actor, {
      action: "withdraw-approval",
      subject,
      subjectId,
      detail: { approvalId, version },
    });
    await notify(tx, actor, {
      kind: "approval-withdrawn",
      to: [{ verb: "decide-approvals" }, { people: [stored.askedBy] }],
      subjectId: approvalId,
      values: { subject, name: stored.snapshot.name },
    });
  });
  return { approvalId };
}
