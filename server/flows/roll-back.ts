import { and, desc, eq, lt, sql } from "drizzle-orm";
import { z } from "zod";
import type { Queryable } from "#db/client.ts";
import { flowVersion } from "#db/schema/index.ts";
import type { Graph } from "#flow/graph.ts";
import { MovePlan } from "#flow/move-plan.ts";
import { DomainError } from "#server/errors.ts";
import { notify } from "#server/notifications/notify.ts";
import type { Actor } from "#server/trpc.ts";
import { lockFlow } from "./find-flow.ts";
import { type Published, publishVersion } from "./publish-version.ts";

export const RollBack = z.strictObject({
  flowId: z.uuid(),
  /** The number of the version that is to be left: who looks at an older screen rolls nothing back. */
  from: z.number().int().min(1),
  plan: MovePlan.nullable().default(null),
});

/**
 * Makes the version that ran before this one run again, as a new version with its graph. Needs no second approval: it was approved
 * when it went live, and only the very one before can come back; whoever may approve is told at once. The draft stays as it is.
 */
export async function rollBack(
  actor: Actor,
  { flowId, from, plan }: z.infer<typeof RollBack>,
): Promise<Published & { graph: Graph; of: number }> {
  const { workspaceId } = actor.session;
  return actor.db.transaction(async (tx) => {
    const stored = await lockFlow(tx, workspaceId, flowId);
    if (stored.status === "archived")
      throw new DomainError("refused", `${stored.name} is archived. Restore it before you roll it back.`);
    const before = await versionBefore(tx, { flowId, versionId: stored.versionId, from });
    const grant = { rollsBackTo: before.number };
    const published = await publishVersion(tx, actor, { stored, graph: before.graph, grant, plan });
    await notify(tx, actor, {
      kind: "flow-rolled-back",
      to: [{ verb: "decide-approvals" }],
      subjectId: flowId,
      values: { name: stored.name, from, to: before.number },
    });
    return { ...published, graph: before.graph, of: before.number };
  });
}

/**
 * The version that ran before the running one. What a rollback made is the same as the version it brought back, so going back from there
 * leads to what ran before that.
 */
async function versionBefore(
  tx: Queryable,
  { flowId, versionId, from }: { flowId: string; versionId: string | null; from: number },
) {
  const [running] = await tx
    .select({ number: flowVersion.number, hash: flowVersion.hash })
    .from(flowVersion)
    .where(eq(flowVersion.id, sql`${versionId}`));
  if (running?.number !== from)
    throw new DomainError("conflict", "Another version runs by now. Look at the flow again, then roll back.");
  const [before] = await tx
    .select({ number: flowVersion.number, graph: flowVersion.graph, hash: flowVersion.hash })
    .from(flowVersion)
    .where(and(eq(flowVersion.flowId, flowId), lt(flowVersion.number, from)))
    .orderBy(desc(flowVersion.number))
    .limit(1);
  if (!before) throw new DomainError("refused", "No version ran before this one: there is nothing to go back to.");
  return before;
}
