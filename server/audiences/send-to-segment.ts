import { and, eq, isNull } from "drizzle-orm";
import type { z } from "zod";
import { segment } from "#db/schema/index.ts";
import { emptyGraph } from "#flow/graph.ts";
import { nodeTypeOf } from "#flow/nodes/index.ts";
import { DomainError } from "../errors.ts";
import { insertFlow } from "../flows/create-flow.ts";
import { newId } from "../id.ts";
import type { Actor } from "../trpc.ts";
import type { GetSegment } from "./get-segment.ts";

const scheduled = "trigger-schedule";

/** A new draft of a flow that starts for everybody in a segment at a time still to be chosen. Answers its id. */
export async function sendToSegment(actor: Actor, { segmentId }: z.output<typeof GetSegment>) {
  return actor.db.transaction(async (tx) => {
    const [stored] = await tx
      .select({ name: segment.name })
      .from(segment)
      .where(
        and(eq(segment.id, segmentId), eq(segment.workspaceId, actor.session.workspaceId), isNull(segment.archivedAt)),
      );
    if (!stored) throw new DomainError("not-found", "This segment is not in your workspace.");
    const data = { ...nodeTypeOf(scheduled)?.initial(), segment: segmentId };
    const graph = emptyGraph();
    graph.settings.purpose = "marketing";
    graph.nodes.push({ id: newId().slice(-8), type: scheduled, position: { x: 0, y: 0 }, data });
    const flowId = await insertFlow(tx, actor, { name: stored.name, graph, from: { segmentId } });
    return { flowId };
  });
}
