import { z } from "zod";
import { caseLimits, FlowCase } from "#flow/flow-case.ts";
import { Graph } from "#flow/graph.ts";
import { validate } from "#flow/validate.ts";
import type { Actor } from "#server/trpc.ts";
import { FlowName, insertFlow } from "./create-flow.ts";
import { readCatalog } from "./read-catalog.ts";
import { insertCases } from "./save-case.ts";

export const ImportFlow = z.strictObject({
  name: FlowName,
  graph: Graph,
  /** Test runs that have to come out as expected before it goes live. */
  cases: z.array(FlowCase).max(caseLimits.perFlow).optional(),
});

/** A new draft from a graph somebody brought. It may be incomplete: what keeps it from running comes back as `problems`. */
export async function importFlow(actor: Actor, { name, graph, cases = [] }: z.infer<typeof ImportFlow>) {
  const flowId = await actor.db.transaction(async (tx) => {
    const id = await insertFlow(tx, actor, { name, graph, from: { imported: true } });
    await insertCases(tx, actor, { flowId: id, cases });
    return id;
  });
  return { flowId, problems: validate(graph, await readCatalog(actor.db, actor.session.workspaceId)) };
}
