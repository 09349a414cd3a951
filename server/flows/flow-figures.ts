import { and, count, eq, gte, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { enrollment } from "#db/schema/index.ts";
import type { Actor } from "#server/trpc.ts";

const dayMs = 86_400_000;

/** Days of entries that a flow's goal rate is about. */
export const goalRateDays = 28;

/** People who wait inside, by flow. */
export async function countPeopleByFlow(db: Database, workspaceId: string): Promise<Map<string, number>> {
  const rows = await db
    .select({ flowId: enrollment.flowId, people: count() })
    .from(enrollment)
    .where(and(eq(enrollment.workspaceId, workspaceId), eq(enrollment.status, "waiting")))
    .groupBy(enrollment.flowId);
  return new Map(rows.map((row) => [row.flowId, row.people]));
}

/** Of those who entered in the last 28 days: how many, and how many reached the goal. People who are still on their way count as not yet. */
export async function readGoalRates({
  db,
  clock,
  session,
}: Actor): Promise<Map<string, { entered: number; reached: number }>> {
  const since = new Date(clock.now().getTime() - goalRateDays * dayMs);
  const rows = await db
    .select({ flowId: enrollment.flowId, entered: count(), reached: sql<number>`count(${enrollment.goalAt})::int` })
    .from(enrollment)
    .where(and(eq(enrollment.workspaceId, session.workspaceId), gte(enrollment.enteredAt, since)))
    .groupBy(enrollment.flowId);
  return new Map(rows.map(({ flowId, entered, reached }) => [flowId, { entered, reached }]));
}
