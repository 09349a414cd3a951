import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { flow } from "#db/schema/index.ts";
import { emptyGraph, type Graph } from "#flow/graph.ts";
import { starters } from "#flow/starters/index.ts";
import { localizeStarter } from "#flow/starters/starter.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "#server/errors.ts";
import { newId } from "#server/id.ts";
import type { Actor } from "#server/trpc.ts";
import { draftMissingTemplates } from "./draft-missing-templates.ts";

export const FlowName = z.string().trim().min(1).max(120);

export const CreateFlow = z.strictObject({ name: FlowName, starterId: z.string().max(60).optional() });

/**
 * A new draft: blank, or a copy of a starter in the maker's language whose missing templates are made as drafts in the same transaction.
 * Templates of the same name that exist are used as they are. Answers their names, so that the screen can say so.
 */
export async function createFlow(actor: Actor, { name, starterId }: z.infer<typeof CreateFlow>) {
  const starter = starters.find((one) => one.id === starterId);
  if (starterId && !starter)
    throw new DomainError("not-found", "This starter does not exist. Pick one of the gallery.");
  return actor.db.transaction(async (tx) => {
    const newTemplates = starter ? await draftMissingTemplates(tx, actor, starter.templates) : [];
    const flowId = await insertFlow(tx, actor, {
      name,
      graph: starter ? localizeStarter(starter, actor.session.language).graph : emptyGraph(),
      from: { starter: starterId ?? null },
    });
    return { flowId, newTemplates };
  });
}

/** Stores a new draft with its audit row; `from` says in the audit where the graph came from. */
export async function insertFlow(
  tx: Transaction,
  actor: Actor,
  { name, graph, from }: { name: string; graph: Graph; from: Record<string, unknown> },
): Promise<string> {
  const { userId, workspaceId } = actor.session;
  const id = newId();
  const now = actor.clock.now();
  await tx.insert(flow).values({
    id,
    workspaceId,
    name,
    draft: graph,
    createdBy: userId,
    updatedBy: userId,
    createdAt: now,
    updatedAt: now,
  });
  await recordAudit(tx, actor, { action: "create-flow", subject: "flow", subjectId: id, detail: { name, ...from } });
  return id;
}
