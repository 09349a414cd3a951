import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { approvalFor, withdrawOpen } from "#server/approvals/find-approval.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";
import { type FlowRow, lockFlow } from "./find-flow.ts";
import { assertRunnable, newestVersion, type Published, type PublishGrant, publishVersion } from "./publish-version.ts";

export const PublishFlow = z.strictObject({ flowId: z.uuid(), revision: z.number().int().min(1).optional() });

/**
 * Makes the draft the running version and the flow active; a paused or held flow stays so. People inside stay on the version they entered with. A draft that is
 * equal to the running version makes no new one: publishing twice is the same as once. Refused with the named problems in
 * `detail.problems` when the graph cannot run, and with the rule "needs-approval" when nobody approved exactly this draft, unless
 * a `key` publishes that the caller knows to be trusted with it. A conflict when `revision` is not the stored one.
 */
export async function publishFlow(
  actor: Actor,
  { flowId, revision }: z.infer<typeof PublishFlow>,
  key: { keyId: string } | null = null,
): Promise<Published> {
  return actor.db.transaction(async (tx) => {
    const stored = await lockFlow(tx, actor.session.workspaceId, flowId);
    assertCurrent(stored, revision);
    await assertRunnable(tx, stored);
    const grant = key ?? (await grantFor(tx, stored));
    // What a pipeline publishes is not what somebody still looks at.
    if (key) await withdrawOpen(tx, { subjectId: flowId, at: actor.clock.now() });
    return publishVersion(tx, actor, { stored, grant });
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

async function grantFor(tx: Transaction, stored: FlowRow): Promise<PublishGrant | null> {
  const { hash, isLive } = await newestVersion(tx, stored);
  if (isLive) return null;
  const approvalId = await approvalFor(tx, { subjectId: stored.id, hash });
  if (approvalId) return { approvalId };
  throw new DomainError(
    "refused",
    `Nobody has approved this draft of ${stored.name}. Ask for approval; somebody else of the workspace decides.`,
    { rule: "needs-approval" },
  );
}
