import { z } from "zod";
import type { Actor } from "#server/trpc.ts";
import { FlowName, insertFlow } from "./create-flow.ts";
import { findFlow } from "./find-flow.ts";

export const DuplicateFlow = z.strictObject({ flowId: z.uuid(), name: FlowName });

/** A new draft with the draft graph of another flow. Versions, people and numbers stay with the first one. */
export async function duplicateFlow(actor: Actor, { flowId, name }: z.infer<typeof DuplicateFlow>) {
  const original = await findFlow(actor.db, actor.session.workspaceId, flowId);
  const id = await actor.db.transaction((tx) =>
    insertFlow(tx, actor, { name, graph: original.draft, from: { duplicateOf: flowId } }),
  );
  return { flowId: id };
}
