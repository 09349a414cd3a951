import { z } from "zod";
import { authorsToCopy } from "#server/approvals/read-authors.ts";
import type { Actor } from "#server/trpc.ts";
import { FlowName, insertFlow } from "./create-flow.ts";
import { lockFlow } from "./find-flow.ts";

export const DuplicateFlow = z.strictObject({ flowId: z.uuid(), name: FlowName });

/** A new draft with the draft graph of another flow. Versions, people and numbers stay with the first one; its authors are authors of the copy. */
export async function duplicateFlow(actor: Actor, { flowId, name }: z.infer<typeof DuplicateFlow>) {
  const { workspaceId } = actor.session;
  const id = await actor.db.transaction(async (tx) => {
    const original = await lockFlow(tx, workspaceId, flowId);
    const writtenBy = await authorsToCopy(tx, { workspaceId, subjectId: flowId });
    return insertFlow(tx, actor, { name, graph: original.draft, from: { duplicateOf: flowId, writtenBy } });
  });
  return { flowId: id };
}
