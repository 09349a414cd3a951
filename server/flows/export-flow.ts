import { z } from "zod";
import type { Actor } from "#server/trpc.ts";
import { findFlow } from "./find-flow.ts";

export const ExportFlow = z.strictObject({ flowId: z.uuid() });

/** A flow's draft as `importFlow` takes it back, here or in another workspace. */
export async function exportFlow(actor: Actor, { flowId }: z.infer<typeof ExportFlow>) {
  const { name, draft } = await findFlow(actor.db, actor.session.workspaceId, flowId);
  return { name, graph: draft };
}
