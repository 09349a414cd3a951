import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Queryable, Transaction } from "#db/client.ts";
import { flow, user } from "#db/schema/index.ts";
import { caseLimits, FlowCase } from "#flow/flow-case.ts";
import { Graph } from "#flow/graph.ts";
import { validate } from "#flow/validate.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { isPerson } from "#server/auth/person-name.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";
import { canonicalHash } from "../canonical-json.ts";
import { FlowName } from "./create-flow.ts";
import { type FlowRow, lockFlow } from "./find-flow.ts";
import { readCatalog } from "./read-catalog.ts";
import { replaceCases } from "./save-case.ts";

export const SaveDraft = z.strictObject({
  flowId: z.uuid(),
  /** The revision the editor started from. */
  revision: z.number().int().min(1),
  graph: Graph,
  name: FlowName.optional(),
  /** All its test cases; absent: those that it has. */
  cases: z.array(FlowCase).max(caseLimits.perFlow).optional(),
});

/**
 * Keeps a draft, however incomplete, and answers its new revision and what is wrong with it. A save that starts from an older
 * revision changes nothing: it is a conflict whose detail carries `{revision, graph, updatedBy}` of what is stored.
 */
export async function saveDraft(actor: Actor, { flowId, revision, graph, name, cases }: z.infer<typeof SaveDraft>) {
  const { db, session } = actor;
  const next = await db.transaction(async (tx) => {
    const stored = await lockFlow(tx, session.workspaceId, flowId);
    await assertMayDraw(tx, stored, revision);
    if (cases) await replaceCases(tx, actor, { flowId, cases });
    return writeDraft(tx, actor, { stored, graph, name, act: { action: "save-draft", detail: {} } });
  });
  const catalog = await readCatalog(db, session.workspaceId);
  return { revision: next, problems: validate(graph, { ...catalog, flowId }) };
}

/** A conflict when the locked flow's draft is not the one that was looked at; refused when the flow is archived. */
export async function assertMayDraw(tx: Queryable, stored: FlowRow, revision: number): Promise<void> {
  if (stored.revision !== revision) throw await conflictWith(tx, stored);
  if (stored.status === "archived")
    throw new DomainError("refused", `${stored.name} is archived. Restore it from the list of flows to change it.`);
}

type Drawn = {
  stored: FlowRow;
  graph: Graph;
  name?: string;
  act: { action: "save-draft" | "restore-version"; detail: Record<string, unknown> };
};

/** Puts a graph in the place of a locked flow's draft, with the next revision, and audits it. Answers that revision. */
export async function writeDraft(tx: Transaction, actor: Actor, { stored, graph, name, act }: Drawn): Promise<number> {
  const revision = stored.revision + 1;
  await tx
    .update(flow)
    .set({
      ...{ draft: graph, name: name ?? stored.name, revision, ...reviewAfter(stored, graph) },
      updatedBy: actor.session.userId,
      updatedAt: actor.clock.now(),
    })
    .where(eq(flow.id, stored.id));
  await recordAudit(tx, actor, {
    action: act.action,
    subject: "flow",
    subjectId: stored.id,
    detail: { ...act.detail, revision, nodes: graph.nodes.length, edges: graph.edges.length },
  });
  return revision;
}

/** Whoever changes what is being reviewed takes it back: the others would decide about something else. */
function reviewAfter({ status, draft }: FlowRow, graph: Graph): { status?: "draft" } {
  if (status !== "in-review" || canonicalHash(graph) === canonicalHash(draft)) return {};
  return { status: "draft" };
}

async function conflictWith(tx: Queryable, stored: FlowRow): Promise<DomainError> {
  const [person] = await tx
    .select({ name: user.name })
    .from(user)
    .innerJoin(flow, isPerson(flow.updatedBy))
    .where(eq(flow.id, stored.id));
  const updatedBy = person?.name ?? stored.updatedBy;
  return new DomainError(
    "conflict",
    `${updatedBy} changed this flow since you opened it. Compare the two and keep one.`,
    {
      revision: stored.revision,
      graph: stored.draft,
      updatedBy,
    },
  );
}
