import { eq } from "drizzle-orm";
import { z } from "zod";
import { experiment } from "#db/schema/index.ts";
import { assertOwnFlow } from "#server/flows/find-flow.ts";
import type { Actor } from "#server/trpc.ts";
import { endedWithStep } from "./ended-with-step.ts";

export const ReadOfFlow = z.strictObject({ flowId: z.uuid() });

/** The experiments of one flow in short: for its steps in the editor and on Live. */
export async function readOfFlow(actor: Actor, { flowId }: z.infer<typeof ReadOfFlow>) {
  await assertOwnFlow(actor.db, actor.session.workspaceId, flowId);
  return actor.db
    .select({
      id: experiment.id,
      key: experiment.key,
      kind: experiment.kind,
      nodeId: experiment.nodeId,
      state: experiment.state,
      arms: experiment.arms,
      plan: experiment.plan,
      verdict: experiment.verdict,
      winner: experiment.winner,
      endedWithStep,
      startedAt: experiment.startedAt,
    })
    .from(experiment)
    .where(eq(experiment.flowId, flowId));
}
