import { desc, eq } from "drizzle-orm";
import type { Queryable, Transaction } from "#db/client.ts";
import { flow, flowVersion } from "#db/schema/index.ts";
import { compile, runsOf } from "#flow/compile.ts";
import type { Graph } from "#flow/graph.ts";
import type { MovePlan } from "#flow/move-plan.ts";
import { isRunnable, validate } from "#flow/validate.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "#server/errors.ts";
import { startExperiments } from "#server/experiments/start-experiments.ts";
import { newId } from "#server/id.ts";
import type { Actor } from "#server/trpc.ts";
import { canonicalHash } from "../canonical-json.ts";
import { announceFlow } from "./announce-flow.ts";
import { assertCasesPass } from "./assert-cases-pass.ts";
import type { FlowRow } from "./find-flow.ts";
import { assertPlan, movePeople, type PlannedPeople } from "./move-people.ts";
import { readCatalog } from "./read-catalog.ts";
import { closeWaiting } from "./schedule-publish.ts";

/** Why a draft may go live: a request that enough people approved, or a key that its workspace trusts to publish. */
export type PublishGrant =
  | { approvalId: string; scheduledId?: string }
  | { keyId: string }
  /** An experiment whose winner somebody agreed to beforehand. */
  | { winnerOf: string }
  /** Back to the version that ran before, which had its approval then. */
  | { rollsBackTo: number };

export type Published = {
  version: number;
  status: "active" | "paused" | "held";
  /** By the plan for who is inside; absent without one. */
  people?: PlannedPeople;
};

type Publishing = {
  stored: FlowRow;
  grant: PublishGrant | null;
  /** What becomes of the people on older versions; null or absent: they finish there. */
  plan?: MovePlan | null;
  /** What goes live instead of the draft. */
  graph?: Graph;
};

/**
 * Makes the draft of a locked flow the running version and the flow active, in the caller's transaction; a flow that somebody paused
 * or holds stays so, with the new version. A draft that is equal to the running version makes no new one and needs no grant. Whoever
 * calls has made sure of the grant.
 */
export async function publishVersion(
  tx: Transaction,
  actor: Pick<Actor, "clock" | "session">,
  { stored, grant, plan = null, graph = stored.draft }: Publishing,
): Promise<Published> {
  await assertRunnable(tx, { ...stored, draft: graph });
  if (plan) await assertPlan(tx, stored.id, plan, graph);
  const version = await versionOf(tx, actor, { ...stored, draft: graph });
  if (version.isNew)
    await startExperiments(tx, {
      ...{ workspaceId: stored.workspaceId, flowId: stored.id, versionId: version.id, version: version.number, graph },
      ...{ actor: actor.session.userId, at: actor.clock.now() },
    });
  const status = statusAfter(stored);
  const people =
    version.isNew || plan ? await movePeople(tx, actor, { flowId: stored.id, versionId: version.id, plan }) : null;
  await closeWaiting(tx, stored.id, { state: "cancelled", reason: "published", now: actor.clock.now() });
  await tx
    .update(flow)
    .set({ status, versionId: version.id, updatedBy: actor.session.userId, updatedAt: actor.clock.now() })
    .where(eq(flow.id, stored.id));
  await recordAudit(tx, actor, {
    action: "publish-flow",
    subject: "flow",
    subjectId: stored.id,
    detail: {
      version: version.number,
      versionId: version.id,
      hash: version.hash,
      isNew: version.isNew,
      status,
      ...grant,
      ...(people && { people, plan: plan?.steps }),
    },
  });
  await announceFlow(tx, stored.id);
  return { version: version.number, status, ...(people && { people }) };
}

/** Who paused or held it did so for a reason: a new version is no answer to it, resuming and releasing are acts of their own. */
const statusAfter = ({ status }: FlowRow): Published["status"] =>
  status === "paused" || status === "held" ? status : "active";

/** Refused with the named problems in `detail.problems` when the draft cannot run, and when one of its test cases fails. */
export async function assertRunnable(tx: Transaction, stored: FlowRow): Promise<void> {
  const catalog = await readCatalog(tx, stored.workspaceId);
  const problems = validate(stored.draft, { ...catalog, flowId: stored.id });
  if (isRunnable(problems)) return assertCasesPass(tx, stored);
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const count = errors === 1 ? "1 problem" : `${errors} problems`;
  throw new DomainError("refused", `${stored.name} has ${count} to fix before it can be published.`, { problems });
}

/** The flow's newest version with its number, and whether it runs and is equal to the draft. */
export async function newestVersion(tx: Queryable, stored: FlowRow) {
  const [newest] = await tx
    .select({ id: flowVersion.id, number: flowVersion.number, hash: flowVersion.hash })
    .from(flowVersion)
    .where(eq(flowVersion.flowId, stored.id))
    .orderBy(desc(flowVersion.number))
    .limit(1);
  const hash = canonicalHash(stored.draft);
  return { newest: newest ?? null, hash, isLive: newest?.id === stored.versionId && newest?.hash === hash };
}

async function versionOf(tx: Transaction, actor: Pick<Actor, "clock" | "session">, stored: FlowRow) {
  const { newest, hash, isLive } = await newestVersion(tx, stored);
  if (newest && isLive) return { ...newest, isNew: false };
  const version = { id: newId(), number: (newest?.number ?? 0) + 1, hash };
  await tx.insert(flowVersion).values({
    ...version,
    workspaceId: stored.workspaceId,
    flowId: stored.id,
    graph: stored.draft,
    triggerEvent: triggerEventOf(stored.draft),
    runs: runsOf(compile(stored.draft)),
    publishedBy: actor.session.userId,
    publishedAt: actor.clock.now(),
  });
  return { ...version, isNew: true };
}

/** The strict validation has seen exactly one trigger with an event; without one the version could never match. */
function triggerEventOf(graph: Graph): string {
  const { trigger } = compile(graph);
  if (!trigger) throw new Error("A runnable graph has no trigger event.");
  return trigger.event;
}
