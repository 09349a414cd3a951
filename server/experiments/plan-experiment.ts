import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { experiment } from "#db/schema/index.ts";
import { compile } from "#flow/compile.ts";
import { experimentsOf } from "#flow/experiment.ts";
import { ExperimentPlan, optOutGuardrail } from "#flow/experiment-plan.ts";
import type { Graph } from "#flow/graph.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "#server/errors.ts";
import { lockFlow } from "#server/flows/find-flow.ts";
import { newId } from "#server/id.ts";
import type { Actor } from "#server/trpc.ts";
import { logExperiment } from "./log-experiment.ts";
import { readMetrics } from "./read-metrics.ts";
import { dropPlans } from "./start-experiments.ts";

export const PlanExperiment = z.strictObject({
  flowId: z.uuid(),
  /** The split's experiment name, or the holdout's, as it stands in the flow's draft. */
  key: z.string().min(1).max(120),
  plan: ExperimentPlan,
});

/**
 * Keeps what an experiment is to find out, before it starts: from the first publish on the plan is fixed. The guardrail on opt-outs is
 * always part of it. Refused for one that runs or is over, for a metric that is none, and for a bandit without two arms that both send.
 */
export async function planExperiment(actor: Actor, { flowId, key, plan }: z.infer<typeof PlanExperiment>) {
  const { workspaceId, userId } = actor.session;
  const now = actor.clock.now();
  return actor.db.transaction(async (tx) => {
    const stored = await lockFlow(tx, workspaceId, flowId);
    const found = experimentIn(stored.draft, key);
    const [row] = await tx
      .select()
      .from(experiment)
      .where(and(eq(experiment.flowId, flowId), eq(experiment.key, key)))
      .for("update");
    if (row && row.state !== "draft")
      throw new DomainError("refused", "The experiment runs already: its plan stays as it was when it began.");
    await assertMetrics(tx, workspaceId, plan);
    if (plan.method === "bandit" && found.kind === "holdout")
      throw new DomainError("refused", "A holdout keeps its share: choose to look every day, or once at the end.");
    const kept = withOptOut(plan);
    const id = row?.id ?? newId();
    const { kind, nodeId, arms } = found;
    const drawn = { kind, nodeId, arms, title: found.title, plan: kept, updatedAt: now };
    await tx
      .insert(experiment)
      .values({ ...drawn, id, workspaceId, flowId, key, createdAt: now })
      .onConflictDoUpdate({ target: [experiment.flowId, experiment.key], set: drawn });
    await dropPlans(
      tx,
      flowId,
      experimentsOf(compile(stored.draft)).map((one) => one.key),
    );
    await logExperiment(tx, { workspaceId, experimentId: id, at: now, actor: userId, kind: "planned" });
    await recordAudit(tx, actor, {
      action: "plan-experiment",
      subject: "experiment",
      subjectId: id,
      detail: { flowId, key, plan: kept },
    });
    return { experimentId: id };
  });
}

/** The experiment of this key in a graph. Refused when there is none. */
export function experimentIn(graph: Graph, key: string) {
  const found = experimentsOf(compile(graph)).find((one) => one.key === key);
  if (!found)
    throw new DomainError(
      "refused",
      "The flow's draft has no such experiment any more. Open the flow and look at its split.",
    );
  return { ...found, title: graph.nodes.find(({ id }) => id === found.nodeId)?.title ?? "" };
}

const withOptOut = (plan: ExperimentPlan): ExperimentPlan =>
  plan.guardrails.some(({ metric }) => metric === optOutGuardrail.metric)
    ? plan
    : { ...plan, guardrails: [{ ...optOutGuardrail }, ...plan.guardrails] };

async function assertMetrics(
  tx: Parameters<typeof readMetrics>[0],
  workspaceId: string,
  { primary, secondary, guardrails, method }: ExperimentPlan,
): Promise<void> {
  const ids = [primary, ...secondary, ...guardrails].map(({ metric }) => metric);
  const known = await readMetrics(tx, workspaceId, ids);
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined)
    throw new DomainError("refused", `An experiment cannot be measured by ${unknown}. Choose another metric.`);
  if (new Set(ids).size < ids.length)
    throw new DomainError("refused", "One metric stands twice in the plan. Each counts once.");
  if (method === "bandit" && known.get(primary.metric)?.kind !== "rate")
    throw new DomainError("refused", "A bandit follows a share of people. Choose such a metric, or another method.");
}
