import { z } from "zod";
import type { Actor } from "#server/trpc.ts";
import { findFlow } from "./find-flow.ts";
import { readCases } from "./list-cases.ts";

export const ExportFlow = z.strictObject({ flowId: z.uuid() });

/** A flow's draft with its test cases, as `importFlow` takes them back, here or in another workspace. */
export async function exportFlow(actor: Actor, { flowId }: z.infer<typeof ExportFlow>) {
  const { name, draft } = await findFlow(actor.db, actor.session.workspaceId, flowId);
  const cases = (await readCases(actor.db, flowId)).map(({ id: _, ...one }) => one);
  return { name, graph: draft, ...(cases.length > 0 && { cases }) };
}
