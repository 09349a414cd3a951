import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { MovePlan } from "#flow/move-plan.ts";
import { approvalFor, newestApproval, withdrawOpen } from "#server/approvals/find-approval.ts";
import { canonicalHash } from "#server/canonical-json.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";
import { type FlowRow, lockFlow } from "./find-flow.ts";
import { assertRunnable, newestVersion, type Published, publishVersion } from "./publish-version.ts";
import { assertMoment, schedulePublish } from "./schedule-publish.ts";

export const PublishFlow = z.strictObject({
  flowId: z.uuid(),
  revision: z.number().int().min(1).optional(),
  /** What becomes of the people inside; absent: what was approved, or they finish on their version. */
  plan: MovePlan.nullable().optional(),
});

export const PlanPublish = z.strictObject({ ...PublishFlow.shape, at: z.date() });

/**
 * Makes the draft the running version and the flow active; a paused or held flow stays so. People inside finish on the version they
 * entered with, or go by the plan. A draft that is equal to the running version makes no new one: publishing twice is the same as once. Refused with the named problems in
 * `detail.problems` when the graph cannot run, and with the rule "needs-approval" when nobody approved exactly this draft, unless
 * a `key` publishes that the caller knows to be trusted with it. A conflict when `revision` is not the stored one.
 */
export async function publishFlow(
  actor: Actor,
  { flowId, revision, plan }: z.infer<typeof PublishFlow>,
  key: { keyId: string } | null = null,
): Promise<Published> {
  return actor.db.transaction(async (tx) => {
    const stored = await lockFlow(tx, actor.session.workspaceId, flowId);
    assertCurrent(stored, revision);
    await assertRunnable(tx, stored);
    const approved = key ? null : await grantFor(tx, stored, plan);
    // Of who is inside only that becomes what was approved; a trusted key says it itself.
    const agreed = approved ? approved.plan : (plan ?? null);
    const grant = key ?? (approved?.approvalId ? { approvalId: approved.approvalId } : null);
    // What a pipeline publishes is not what somebody still looks at.
    if (key) await withdrawOpen(tx, { subjectId: flowId, at: actor.clock.now() });
    return publishVersion(tx, actor, { stored, grant, plan: agreed });
  });
}

/** Has the approved draft go live at a time, by the same conditions; they are asked again then. Takes the place of an earlier time. */
export async function planPublish(
  actor: Actor,
  { flowId, revision, plan, at }: z.infer<typeof PlanPublish>,
): Promise<{ at: Date }> {
  return actor.db.transaction(async (tx) => {
    const stored = await lockFlow(tx, actor.session.workspaceId, flowId);
    assertCurrent(stored, revision);
    assertMoment(at, actor.clock.now());
    await assertRunnable(tx, stored);
    const { approvalId, hash, plan: agreed } = await grantFor(tx, stored, plan);
    if (!approvalId)
      throw new DomainError("refused", "This draft runs already. Change it and have it approved to publish it later.");
    await schedulePublish(tx, actor, { flowId, hash, plan: agreed, at, approvalId });
    return { at };
  });
}

/** Refused when the flow is archived; a conflict when its draft is not the one that was looked at. */
export function assertCurrent(stored: FlowRow, revision: number | undefined): void {
  if (stored.status === "archived")
    throw new DomainError("refused", `${stored.name} is archived. Restore it before you publish it.`);
  if (revision !== undefined && revision !== stored.revision) {
    throw new DomainError("conflict", "The draft has changed since you looked at it. Look at it again, then publish.", {
      revision: stored.revision,
    });
  }
}

type Approved = { approvalId: string | null; hash: string; plan: MovePlan | null };

/** What the draft may go live by. What becomes of the people inside is part of what was approved. */
async function grantFor(tx: Transaction, stored: FlowRow, plan: MovePlan | null | undefined): Promise<Approved> {
  const { hash, isLive } = await newestVersion(tx, stored);
  if (isLive) return { approvalId: null, hash, plan: null };
  const approvalId = await approvalFor(tx, { subjectId: stored.id, hash });
  const request = approvalId ? await newestApproval(tx, stored.id) : null;
  if (request && plan !== undefined && canonicalHash(plan) !== canonicalHash(request.plan))
    throw new DomainError(
      "refused",
      "What becomes of the people inside is not what was approved. Keep it as it was, or ask again.",
      { rule: "plan-differs" },
    );
  if (request) return { approvalId: request.id, hash, plan: request.plan };
  throw new DomainError(
    "refused",
    `Nobody has approved this draft of ${stored.name}. Ask for approval; somebody else of the workspace decides.`,
    { rule: "needs-approval" },
  );
}
