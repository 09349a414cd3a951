import { and, eq, notInArray } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { experiment, experimentWeights } from "#db/schema/index.ts";
import { type CompiledFlow, compile } from "#flow/compile.ts";
import { experimentsOf } from "#flow/experiment.ts";
import { unplanned } from "#flow/experiment-plan.ts";
import type { Graph } from "#flow/graph.ts";
import { DomainError } from "#server/errors.ts";
import { newId } from "#server/id.ts";
import { endedWithStep } from "./ended-with-step.ts";
import type { ExperimentRow } from "./find-experiment.ts";
import { logExperiment } from "./log-experiment.ts";

/** A version that goes live. `actor`: who publishes it. */
type GoingLive = {
  workspaceId: string;
  flowId: string;
  versionId: string;
  version: number;
  graph: Graph;
  actor: string;
  at: Date;
};

type Found = ReturnType<typeof experimentsOf>[number] & { title: string };

/**
 * Starts the experiments that a new version has for the first time, in the transaction that publishes it, and from then on their plans
 * are fixed; ends those whose step is gone. One that runs keeps its arms: its people were promised them. Refused where they differ.
 *
 * One that ended because its step went goes on when the step is back (a rollback brings it back): whoever was assigned keeps their arm and
 * counts as before. One that somebody stopped stays stopped.
 */
export async function startExperiments(tx: Transaction, live: GoingLive): Promise<void> {
  const compiled = compile(live.graph);
  const found: Found[] = experimentsOf(compiled).map((one) => ({ ...one, title: titleOf(live.graph, one.nodeId) }));
  const stored = await tx.select().from(experiment).where(eq(experiment.flowId, live.flowId)).for("update");
  const mayGoOn = await endedByVersions(tx, live.flowId);
  for (const one of found) {
    const row = stored.find(({ key }) => key === one.key);
    if (!row) await insertRunning(tx, live, { found: one, compiled });
    else if (row.state === "draft") await start(tx, live, { row, found: one });
    else if (row.state === "running") await goOn(tx, live, { row, found: one });
    else if (mayGoOn.has(row.id)) await reopen(tx, live, { row, found: one });
  }
  const keys = new Set(found.map(({ key }) => key));
  for (const row of stored) if (row.state === "running" && !keys.has(row.key)) await end(tx, live, row);
  await dropPlans(tx, live.flowId, [...keys]);
}

/** Plans of experiments that the flow does not have: somebody gave the split another name, or took it out. */
export async function dropPlans(tx: Transaction, flowId: string, kept: string[]): Promise<void> {
  const gone = kept.length === 0 ? undefined : notInArray(experiment.key, kept);
  await tx.delete(experiment).where(and(eq(experiment.flowId, flowId), eq(experiment.state, "draft"), gone));
}

const titleOf = ({ nodes }: Graph, nodeId: string): string => nodes.find(({ id }) => id === nodeId)?.title ?? "";

async function insertRunning(
  tx: Transaction,
  live: GoingLive,
  { found, compiled }: { found: Found; compiled: CompiledFlow },
): Promise<void> {
  const { workspaceId, flowId, actor, at } = live;
  const { key, kind, nodeId, title, arms } = found;
  const id = newId();
  const plan = unplanned({ kind, hasGoal: hasGoal(compiled) });
  await tx.insert(experiment).values({
    ...{ id, workspaceId, flowId, key, kind, nodeId, title, arms, plan, state: "running" },
    ...{ startedAt: at, startedBy: actor, createdAt: at, updatedAt: at },
  });
  await noteStart(tx, live, { experimentId: id, arms, method: plan.method, isPlanned: false });
}

const hasGoal = ({ settings, nodes }: CompiledFlow): boolean =>
  settings.goal !== null || [...nodes.values()].some(({ node }) => node?.isGoal);

async function start(tx: Transaction, live: GoingLive, { row, found }: { row: ExperimentRow; found: Found }) {
  const { arms, nodeId, title } = found;
  const { at, actor } = live;
  await tx
    .update(experiment)
    .set({ ...{ arms, nodeId, title }, state: "running", startedAt: at, startedBy: actor, updatedAt: at })
    .where(eq(experiment.id, row.id));
  await noteStart(tx, live, { experimentId: row.id, arms, method: row.plan.method, isPlanned: true });
}

async function goOn(tx: Transaction, live: GoingLive, { row, found }: { row: ExperimentRow; found: Found }) {
  const { arms, nodeId, title } = found;
  assertSameArms(found, row, "cannot change while it runs. Stop it, or give the split another experiment name.");
  await tx.update(experiment).set({ arms, nodeId, title, updatedAt: live.at }).where(eq(experiment.id, row.id));
  await keepWeights(tx, live, row.id, arms);
  const isMoved = arms.some(({ id, weight }) => row.arms.find((arm) => arm.id === id)?.weight !== weight);
  if (isMoved)
    await logExperiment(tx, {
      ...{ workspaceId: live.workspaceId, experimentId: row.id, at: live.at, actor: live.actor },
      kind: "published",
      detail: { version: live.version, weights: weightsOf(arms) },
    });
}

/** Whoever was assigned was promised these arms. */
function assertSameArms(found: Found, row: ExperimentRow, why: string): void {
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id).join("\n");
  if (ids(found.arms) === ids(row.arms)) return;
  throw new DomainError("refused", `The arms of the experiment ${found.title || row.key} ${why}`, {
    rule: "arms-differ",
    experimentId: row.id,
  });
}

async function endedByVersions(tx: Transaction, flowId: string): Promise<ReadonlySet<string>> {
  const rows = await tx
    .select({ id: experiment.id })
    .from(experiment)
    .where(and(eq(experiment.flowId, flowId), endedWithStep));
  return new Set(rows.map(({ id }) => id));
}

/** Who agreed that a winner goes live by itself has to agree anew: else the next reading would publish what somebody just took back. */
async function reopen(tx: Transaction, live: GoingLive, { row, found }: { row: ExperimentRow; found: Found }) {
  const { arms, nodeId, title } = found;
  const { workspaceId, at, actor, version } = live;
  assertSameArms(found, row, "are not those it ran with. Give the split another experiment name to begin a new one.");
  await tx
    .update(experiment)
    .set({
      ...{ arms, nodeId, title, state: "running", endedAt: null, readAt: null, updatedAt: at },
      ...{ consentBy: null, consentAt: null },
    })
    .where(eq(experiment.id, row.id));
  await keepWeights(tx, live, row.id, arms);
  const detail = { version, weights: weightsOf(arms) };
  await logExperiment(tx, { workspaceId, experimentId: row.id, at, actor, kind: "reopened", detail });
}

async function end(tx: Transaction, { at, actor, workspaceId, version }: GoingLive, row: ExperimentRow): Promise<void> {
  const state = row.winner === null ? "stopped" : "decided";
  await tx.update(experiment).set({ state, endedAt: at, updatedAt: at }).where(eq(experiment.id, row.id));
  await logExperiment(tx, {
    ...{ workspaceId, experimentId: row.id, at, actor, kind: state },
    detail: { version, ...(row.winner !== null && { arm: row.winner }) },
  });
}

type Started = { experimentId: string; arms: Found["arms"]; method: string; isPlanned: boolean };

async function noteStart(tx: Transaction, live: GoingLive, { experimentId, arms, ...detail }: Started): Promise<void> {
  const { workspaceId, at, actor, version } = live;
  await keepWeights(tx, live, experimentId, arms);
  const told = { ...detail, version, weights: weightsOf(arms) };
  await logExperiment(tx, { workspaceId, experimentId, at, actor, kind: "started", detail: told });
}

const weightsOf = (arms: Found["arms"]) => Object.fromEntries(arms.map(({ id, weight }) => [id, weight]));

/** Of each version what chance draws by: whoever came in by an older one is counted by its shares. */
async function keepWeights(
  tx: Transaction,
  { workspaceId, versionId, at }: GoingLive,
  experimentId: string,
  arms: Found["arms"],
): Promise<void> {
  await tx.insert(experimentWeights).values({
    ...{ id: newId(), workspaceId, experimentId, validFrom: at, source: "published", versionId },
    weights: weightsOf(arms),
  });
}
