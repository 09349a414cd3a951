import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Queryable } from "#db/client.ts";
import { flow, user } from "#db/schema/index.ts";
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

export const SaveDraft = z.strictObject({
  flowId: z.uuid(),
  /** The revision the editor started from. */
  revision: z.number().int().min(1),
  graph: Graph,
  name: FlowName.optional(),
});

/**
 * Keeps a draft, however incomplete, and answers its new revision and what is wrong with it. A save that starts from an older
 * revision changes nothing: it is a conflict whose detail carries `{revision, graph, updatedBy}` of what is stored.
 */
export async function saveDraft(actor: Actor, { flowId, revision, graph, name }: z.infer<typeof SaveDraft>) {
  const { db, clock, session } = actor;
  const next = await db.transaction(async (tx) => {
    const stored = await lockFlow(tx, session.workspaceId, flowId);
    if (stored.revision !== revision) throw await conflictWith(tx, stored);
    if (stored.status === "archived") {
      throw new DomainError("refused", `${stored.name} is archived. Restore it from the list of flows to change it.`);
    }
    const change = { draft: graph, name: name ?? stored.name, revision: revision + 1, ...reviewAfter(stored, graph) };
    await tx
      .update(flow)
      .set({ ...change, updatedBy: session.userId, updatedAt: clock.now() })
      .where(eq(flow.id, flowId));
    await recordAudit(tx, actor, {
      action: "save-draft",
      subject: "flow",
      subjectId: flowId,
      detail: { revision: change.revision, nodes: graph.nodes.length, edges: graph.edges.length },
    });
    return change.revision;
  });
  return { revision: next, problems: validate(graph, await readCatalog(db, session.workspaceId)) };
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
