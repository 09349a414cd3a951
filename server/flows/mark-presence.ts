import { and, eq, gt, lt, ne } from "drizzle-orm";
import { z } from "zod";
import { flowPresence, user } from "#db/schema/index.ts";
import { isPerson } from "#server/auth/person-name.ts";
import type { Actor } from "#server/trpc.ts";
import { assertOwnFlow } from "./find-flow.ts";

export const MarkPresence = z.strictObject({ flowId: z.uuid() });

/** An editor says every 15 s that it is open: who has been silent for three times that long has left. */
const silentMs = 45_000;

/** Says that one has this flow open, and answers who else has it open now. */
export async function markPresence(
  { db, session, clock }: Actor,
  { flowId }: z.infer<typeof MarkPresence>,
): Promise<{ userId: string; name: string }[]> {
  await assertOwnFlow(db, session.workspaceId, flowId);
  const now = clock.now();
  const since = new Date(now.getTime() - silentMs);
  const own = { flowId, userId: session.userId, seenAt: now };
  await db
    .insert(flowPresence)
    .values(own)
    .onConflictDoUpdate({ target: [flowPresence.flowId, flowPresence.userId], set: { seenAt: now } });
  await db.delete(flowPresence).where(and(eq(flowPresence.flowId, flowId), lt(flowPresence.seenAt, since)));
  return db
    .select({ userId: flowPresence.userId, name: user.name })
    .from(flowPresence)
    .innerJoin(user, isPerson(flowPresence.userId))
    .where(
      and(eq(flowPresence.flowId, flowId), ne(flowPresence.userId, session.userId), gt(flowPresence.seenAt, since)),
    )
    .orderBy(user.name);
}
