import { eq } from "drizzle-orm";
import { z } from "zod";
import { experiment } from "#db/schema/index.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";
import { lockExperiment } from "./find-experiment.ts";
import { logExperiment } from "./log-experiment.ts";

export const StopExperiment = z.strictObject({ experimentId: z.uuid(), why: z.string().trim().max(300).default("") });

/** Ends an experiment without a winner: nobody new is assigned, who is in an arm keeps it while the split stands. Never undone. */
export async function stopExperiment(
  actor: Actor,
  { experimentId, why }: z.infer<typeof StopExperiment>,
): Promise<void> {
  const { workspaceId, userId } = actor.session;
  const at = actor.clock.now();
  await actor.db.transaction(async (tx) => {
    const row = await lockExperiment(tx, workspaceId, experimentId);
    if (row.state !== "running") throw new DomainError("refused", "Only an experiment that runs can be stopped.");
    await tx
      .update(experiment)
      .set({ state: "stopped", endedAt: at, updatedAt: at })
      .where(eq(experiment.id, experimentId));
    await logExperiment(tx, { workspaceId, experimentId, at, actor: userId, kind: "stopped", detail: { why } });
    await recordAudit(tx, actor, {
      action: "stop-experiment",
      subject: "experiment",
      subjectId: experimentId,
      detail: { flowId: row.flowId, why },
    });
  });
}
