import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { flowMove, flowVersion } from "#db/schema/index.ts";
import type { Graph } from "#flow/graph.ts";
import { brokenMoves, type MovePlan, moveStepOf } from "#flow/move-plan.ts";
import { DomainError } from "#server/errors.ts";
import { newId } from "#server/id.ts";
import type { Actor } from "#server/trpc.ts";

/** How many people a plan keeps, moves and lets leave, by who stands where in this moment. */
export type PlannedPeople = { kept: number; moved: number; exited: number };

/** Refused when the plan names versions of another flow, or steps that the new version does not have. */
export async function assertPlan(tx: Transaction, flowId: string, plan: MovePlan, graph: Graph): Promise<void> {
  const broken = brokenMoves(plan, graph)[0];
  if (broken)
    throw new DomainError("refused", `The new version has no step "${broken.to}". Choose where these people go on.`, {
      rule: "move-to-nowhere",
      nodeId: broken.nodeId,
    });
  const ids = [...new Set(plan.steps.map(({ versionId }) => versionId))];
  if (ids.length === 0) return;
  const own = await tx.$count(flowVersion, and(eq(flowVersion.flowId, flowId), inArray(flowVersion.id, ids)));
  if (own < ids.length) throw new DomainError("bad-input", "The plan is about people of another flow.");
}

/**
 * Has people of older versions brought to this one, by the plan; the workers begin when the transaction commits. What an earlier
 * publish had still to move is planned anew: who stands on its steps stands on steps of this plan. Without a plan everybody finishes
 * on their version.
 */
export async function movePeople(
  tx: Transaction,
  { clock, session }: Pick<Actor, "clock" | "session">,
  { flowId, versionId, plan }: { flowId: string; versionId: string; plan: MovePlan | null },
): Promise<PlannedPeople | null> {
  const now = clock.now();
  await tx
    .update(flowMove)
    .set({ finishedAt: now })
    .where(and(eq(flowMove.flowId, flowId), isNull(flowMove.finishedAt)));
  if (!plan) return null;
  const people = await countPlanned(tx, { flowId, versionId, plan });
  if (plan.steps.every(({ act }) => act === "keep")) return people;
  const { workspaceId, userId } = session;
  await tx
    .insert(flowMove)
    .values({ id: newId(), workspaceId, flowId, versionId, plan, createdBy: userId, createdAt: now });
  return people;
}

async function countPlanned(
  tx: Transaction,
  { flowId, versionId, plan }: { flowId: string; versionId: string; plan: MovePlan },
): Promise<PlannedPeople> {
  const { rows } = await tx.execute<{ version_id: string; node_id: string; n: string }>(standingOf(flowId));
  const sums: PlannedPeople = { kept: 0, moved: 0, exited: 0 };
  for (const row of rows) {
    if (row.version_id === versionId) continue;
    const act = moveStepOf(plan, row.version_id, row.node_id)?.act ?? "keep";
    sums[act === "move" ? "moved" : act === "exit" ? "exited" : "kept"] += Number(row.n);
  }
  return sums;
}

/** Who stands where, by version and step. */
export const standingOf = (flowId: string) => sql`
  select version_id, node_id, sum(n) as n
  from (select flow_id, day, version_id, node_id, kind, n from flow_tally
        union all select flow_id, day, version_id, node_id, kind, n from flow_tally_change) x
  where flow_id = ${flowId} and day = '1970-01-01' and kind = 'standing'
  group by 1, 2 having sum(n) > 0`;
