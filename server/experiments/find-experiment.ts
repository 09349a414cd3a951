import { and, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { experiment } from "#db/schema/index.ts";
import { DomainError } from "#server/errors.ts";

export type ExperimentRow = typeof experiment.$inferSelect;

/** The experiment of one's own workspace; another workspace's id is answered like one that does not exist. */
export async function findExperiment(db: Queryable, workspaceId: string, experimentId: string): Promise<ExperimentRow> {
  const [row] = await db.select().from(experiment).where(own(workspaceId, experimentId));
  return row ?? missing();
}

/** The same, and nobody else changes it until the transaction ends. */
export async function lockExperiment(tx: Queryable, workspaceId: string, experimentId: string): Promise<ExperimentRow> {
  const [row] = await tx.select().from(experiment).where(own(workspaceId, experimentId)).for("update");
  return row ?? missing();
}

const own = (workspaceId: string, experimentId: string) =>
  and(eq(experiment.id, experimentId), eq(experiment.workspaceId, workspaceId));

function missing(): never {
  throw new DomainError("not-found", "This experiment does not exist in your workspace. Go back to the list.");
}
