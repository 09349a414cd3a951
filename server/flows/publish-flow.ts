import { desc, eq } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { flow, flowVersion } from "#db/schema/index.ts";
import type { Graph } from "#flow/graph.ts";
import { nodeTypeOf } from "#flow/nodes/index.ts";
import { isRunnable, validate } from "#flow/validate.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "#server/errors.ts";
import { newId } from "#server/id.ts";
import type { Actor } from "#server/trpc.ts";
import { canonicalHash } from "../canonical-json.ts";
import { announceFlow } from "./announce-flow.ts";
import { type FlowRow, lockFlow } from "./find-flow.ts";
import { readCatalog } from "./read-catalog.ts";

export const PublishFlow = z.strictObject({ flowId: z.uuid(), revision: z.number().int().min(1).optional() });

/**
 * Makes the draft the running version and the flow active. People inside stay on the version they entered with. A draft that is
 * equal to the running version makes no new one: publishing twice is the same as once. Refused with the named problems in
 * `detail.problems` when the graph cannot run, a conflict when `revision` is not the stored one.
 */
export async function publishFlow(
  actor: Actor,
  { flowId, revision }: z.infer<typeof PublishFlow>,
): Promise<{ version: number }> {
  const { db, clock, session } = actor;
  return db.transaction(async (tx) => {
    const stored = await lockFlow(tx, session.workspaceId, flowId);
    assertCurrent(stored, revision);
    await assertRunnable(tx, stored);
    const version = await versionOf(tx, actor, stored);
    await tx
      .update(flow)
      .set({ status: "active", versionId: version.id, updatedBy: session.userId, updatedAt: clock.now() })
      .where(eq(flow.id, flowId));
    await recordAudit(tx, actor, {
      action: "publish-flow",
      subject: "flow",
      subjectId: flowId,
      detail: { version: version.number, versionId: version.id, hash: version.hash, isNew: version.isNew },
    });
    await announceFlow(tx, flowId);
    return { version: version.number };
  });
}

function assertCurrent(stored: FlowRow, revision: number | undefined): void {
  if (stored.status === "archived")
    throw new DomainError("refused", `${stored.name} is archived. Restore it before you publish it.`);
  if (revision !== undefined && revision !== stored.revision) {
    throw new DomainError("conflict", "The draft has changed since you looked at it. Look at it again, then publish.", {
      revision: stored.revision,
    });
  }
}

async function assertRunnable(tx: Transaction, stored: FlowRow): Promise<void> {
  const problems = validate(stored.draft, await readCatalog(tx, stored.workspaceId));
  if (isRunnable(problems)) return;
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const count = errors === 1 ? "1 problem" : `${errors} problems`;
  throw new DomainError("refused", `${stored.name} has ${count} to fix before it can be published.`, { problems });
}

async function versionOf(tx: Transaction, actor: Actor, stored: FlowRow) {
  const hash = canonicalHash(stored.draft);
  const [newest] = await tx
    .select({ id: flowVersion.id, number: flowVersion.number, hash: flowVersion.hash })
    .from(flowVersion)
    .where(eq(flowVersion.flowId, stored.id))
    .orderBy(desc(flowVersion.number))
    .limit(1);
  if (newest && newest.id === stored.versionId && newest.hash === hash) return { ...newest, isNew: false };
  const version = { id: newId(), number: (newest?.number ?? 0) + 1, hash };
  await tx.insert(flowVersion).values({
    ...version,
    workspaceId: stored.workspaceId,
    flowId: stored.id,
    graph: stored.draft,
    triggerEvent: triggerEventOf(stored.draft),
    publishedBy: actor.session.userId,
    publishedAt: actor.clock.now(),
  });
  return { ...version, isNew: true };
}

/** The strict validation has seen exactly one trigger with an event; without one the version could never match. */
function triggerEventOf(graph: Graph): string {
  const trigger = graph.nodes.find((node) => nodeTypeOf(node.type)?.family === "trigger");
  const name = trigger?.data.event;
  if (typeof name !== "string") throw new Error("A runnable graph has no trigger event.");
  return name.trim();
}
