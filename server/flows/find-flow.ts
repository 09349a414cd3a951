import { and, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { flow } from "#db/schema/index.ts";
import { DomainError } from "#server/errors.ts";

export type FlowRow = typeof flow.$inferSelect;

/** The flow of one's own workspace; another workspace's id is answered like one that does not exist. */
export async function findFlow(db: Queryable, workspaceId: string, flowId: string): Promise<FlowRow> {
  const [row] = await db.select().from(flow).where(ownFlow(workspaceId, flowId));
  return row ?? missing();
}

/** Only whether it is one of the workspace's own: the graph stays where it is. */
export async function assertOwnFlow(db: Queryable, workspaceId: string, flowId: string): Promise<void> {
  const [row] = await db.select({ id: flow.id }).from(flow).where(ownFlow(workspaceId, flowId));
  if (!row) missing();
}

/** The same as `findFlow`, and nobody else may change the flow until the transaction ends. */
export async function lockFlow(tx: Queryable, workspaceId: string, flowId: string): Promise<FlowRow> {
  const [row] = await tx.select().from(flow).where(ownFlow(workspaceId, flowId)).for("update");
  return row ?? missing();
}

const ownFlow = (workspaceId: string, flowId: string) => and(eq(flow.id, flowId), eq(flow.workspaceId, workspaceId));

function missing(): never {
  throw new DomainError("not-found", "This flow does not exist in your workspace. Go back to the list of flows.");
}
