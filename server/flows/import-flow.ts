import { z } from "zod";
import { Graph } from "#flow/graph.ts";
import { validate } from "#flow/validate.ts";
import type { Actor } from "#server/trpc.ts";
import { FlowName, insertFlow } from "./create-flow.ts";
import { readCatalog } from "./read-catalog.ts";

export const ImportFlow = z.strictObject({ name: FlowName, graph: Graph });

/** A new draft from a graph somebody brought. It may be incomplete: what keeps it from running comes back as `problems`. */
export async function importFlow(actor: Actor, { name, graph }: z.infer<typeof ImportFlow>) {
  const flowId = await actor.db.transaction((tx) => insertFlow(tx, actor, { name, graph, from: { imported: true } }));
  return { flowId, problems: validate(graph, await readCatalog(actor.db, actor.session.workspaceId)) };
}
