import { and, count, countDistinct, eq, gte, isNotNull, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { enrollment, message, outbox, template } from "#db/schema/index.ts";
import type { EndReason } from "#flow/enrollment.ts";
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

/** A template that may not be sent now, and how many people of a flow hold for it. */
export type HeldFor = { templateId: string; name: string; people: number };

/** People whose message waits for a stopped template, by flow; read by the partial index on what is held for one. */
export async function countHeldByFlow(db: Database, workspaceId: string): Promise<Map<string, HeldFor[]>> {
  const rows = await db
    .select({
      flowId: message.flowId,
      templateId: template.id,
      name: template.name,
      people: countDistinct(outbox.contactId),
    })
    .from(outbox)
    .innerJoin(message, eq(message.id, outbox.messageId))
    .innerJoin(template, eq(template.id, outbox.heldTemplateId))
    .where(and(eq(outbox.workspaceId, workspaceId), isNotNull(outbox.heldTemplateId)))
    .groupBy(message.flowId, template.id)
    .orderBy(template.name);
  const held = Map.groupBy(rows, ({ flowId }) => flowId ?? "");
  return new Map([...held].map(([flowId, list]) => [flowId, list.map(({ flowId: _, ...one }) => one)]));
}

/** Whom the flow's holdout holds out is recorded beside those who went through, and not one of them. */
const isReached = sql`${enrollment.endReason} is distinct from ${"held-out" satisfies EndReason}`;

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
    .where(and(eq(enrollment.workspaceId, session.workspaceId), gte(enrollment.enteredAt, since), isReached))
    .groupBy(enrollment.flowId);
  return new Map(rows.map(({ flowId, entered, reached }) => [flowId, { entered, reached }]));
}
