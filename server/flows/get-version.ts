import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { Queryable } from "#db/client.ts";
import { flowVersion } from "#db/schema/index.ts";
import type { Graph } from "#flow/graph.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";

export const GetVersion = z.strictObject({ flowId: z.uuid(), number: z.number().int().min(1) });

/** One published version with its graph. */
export const getVersion = ({ db, session }: Actor, { flowId, number }: z.infer<typeof GetVersion>) =>
  findVersion(db, { workspaceId: session.workspaceId, flowId, number });

/** The version of one's own workspace's flow; another workspace's is answered like one that does not exist. */
export async function findVersion(
  db: Queryable,
  { workspaceId, flowId, number }: { workspaceId: string; flowId: string; number: number },
): Promise<{ id: string; number: number; graph: Graph }> {
  const [row] = await db
    .select({ id: flowVersion.id, number: flowVersion.number, graph: flowVersion.graph })
    .from(flowVersion)
    .where(
      and(eq(flowVersion.flowId, flowId), eq(flowVersion.workspaceId, workspaceId), eq(flowVersion.number, number)),
    );
  if (!row) throw new DomainError("not-found", `This flow has no version ${number}. Choose one of its history.`);
  return row;
}
