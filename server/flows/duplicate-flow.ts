import { z } from "zod";
import { authorsToCopy } from "#server/approvals/read-authors.ts";
import type { Actor } from "#server/trpc.ts";
import { FlowName, insertFlow } from "./create-flow.ts";
import { lockFlow } from "./find-flow.ts";
import { readCases } from "./list-cases.ts";
import { insertCases } from "./save-case.ts";

export const DuplicateFlow = z.strictObject({ flowId: z.uuid(), name: FlowName });

/** A new draft with the draft graph and the test cases of another flow. Versions, people and numbers stay with the first one; its authors are authors of the copy. */
export async function duplicateFlow(actor: Actor, { flowId, name }: z.infer<typeof DuplicateFlow>) {
  const { workspaceId } = actor.session;
  const id = await actor.db.transaction(async (tx) => {
    const original = await lockFlow(tx, workspaceId, flowId);
    const writtenBy = await authorsToCopy(tx, { workspaceId, subjectId: flowId });
    const copyId = await insertFlow(tx, actor, {
      name,
      graph: original.draft,
      from: { duplicateOf: flowId, writtenBy },
    });
    await insertCases(tx, actor, { flowId: copyId, cases: await readCases(tx, flowId) });
    return copyId;
  });
  return { flowId: id };
}
