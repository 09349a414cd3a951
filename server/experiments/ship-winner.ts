import { eq } from "drizzle-orm";
import { z } from "zod";
import { experiment } from "#db/schema/index.ts";
import { settleExperiment } from "#flow/settle-experiment.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "#server/errors.ts";
import { lockFlow } from "#server/flows/find-flow.ts";
import { assertMayDraw, writeDraft } from "#server/flows/save-draft.ts";
import type { Actor } from "#server/trpc.ts";
import { findExperiment, lockExperiment } from "./find-experiment.ts";
import { experimentIn } from "./plan-experiment.ts";

export const ShipWinner = z.strictObject({ experimentId: z.uuid(), arm: z.string().min(1).max(60) });

/**
 * Draws the winner: the flow's draft without the split, everybody on the winning arm. It goes live as any draft does, after somebody else
 * has approved it; the experiment runs until then. Answers the flow and the draft's revision.
 */
export async function shipWinner(actor: Actor, { experimentId, arm }: z.infer<typeof ShipWinner>) {
  const { workspaceId } = actor.session;
  return actor.db.transaction(async (tx) => {
    const { flowId } = await findExperiment(tx, workspaceId, experimentId);
    // The flow first, as everybody locks it who publishes.
    const stored = await lockFlow(tx, workspaceId, flowId);
    const row = await lockExperiment(tx, workspaceId, experimentId);
    if (row.state !== "running" && row.state !== "stopped")
      throw new DomainError("refused", "Only an experiment that has run can have a winner.");
    if (!row.arms.some(({ id }) => id === arm))
      throw new DomainError("bad-input", "This is no arm of the experiment. Choose one of its arms.");
    await assertMayDraw(tx, stored, stored.revision);
    experimentIn(stored.draft, row.key);
    const graph = settleExperiment(stored.draft, { key: row.key, arm });
    const detail = { experimentId, arm };
    const revision = await writeDraft(tx, actor, { stored, graph, act: { action: "save-draft", detail } });
    const at = actor.clock.now();
    await tx.update(experiment).set({ winner: arm, updatedAt: at }).where(eq(experiment.id, experimentId));
    await recordAudit(tx, actor, {
      action: "ship-winner",
      subject: "experiment",
      subjectId: experimentId,
      detail: { flowId, arm, revision },
    });
    return { flowId, revision };
  });
}
