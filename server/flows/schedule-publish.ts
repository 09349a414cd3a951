import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { scheduledPublish } from "#db/schema/index.ts";
import type { MovePlan } from "#flow/move-plan.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "#server/errors.ts";
import { newId } from "#server/id.ts";
import type { Actor } from "#server/trpc.ts";
import { lockFlow } from "./find-flow.ts";

/** The farthest a publish may lie ahead: an approval of last year is no approval of today. */
export const farthestDays = 90;

/** Refused when the moment has passed or lies too far ahead. */
export function assertMoment(at: Date, now: Date): void {
  if (at <= now) throw new DomainError("bad-input", "This time has passed. Choose a later one, or publish now.");
  if (at.getTime() - now.getTime() > farthestDays * 86_400_000)
    throw new DomainError("bad-input", `A flow can be published at most ${farthestDays} days ahead.`);
}

type Planned = { flowId: string; hash: string; plan: MovePlan | null; at: Date; approvalId: string | null };

/** Has a draft go live by itself at a time, in the caller's transaction that holds the flow. Takes the place of an earlier plan of the flow. */
export async function schedulePublish(
  tx: Transaction,
  actor: Pick<Actor, "clock" | "session">,
  { flowId, hash, plan, at, approvalId }: Planned,
): Promise<void> {
  const { workspaceId, userId } = actor.session;
  const now = actor.clock.now();
  const replaced = await closeWaiting(tx, flowId, { state: "cancelled", reason: "replaced", now });
  const id = newId();
  await tx
    .insert(scheduledPublish)
    .values({ id, workspaceId, flowId, hash, plan, at, scheduledBy: userId, createdAt: now });
  await recordAudit(tx, actor, {
    action: "schedule-publish",
    subject: "flow",
    subjectId: flowId,
    detail: { scheduledId: id, at, hash, approvalId, replaces: replaced, plan: plan?.steps ?? null },
  });
}

type Closing = { state: "done" | "cancelled" | "failed"; reason: string | null; now: Date };

/** Closes what waits to go live of a flow; answers its id, or null where nothing waited. */
export async function closeWaiting(
  tx: Transaction,
  flowId: string,
  { state, reason, now }: Closing,
): Promise<string | null> {
  const [row] = await tx
    .update(scheduledPublish)
    .set({ state, reason, closedAt: now })
    .where(and(eq(scheduledPublish.flowId, flowId), eq(scheduledPublish.state, "waiting")))
    .returning({ id: scheduledPublish.id });
  return row?.id ?? null;
}

export const CancelPublish = z.strictObject({ flowId: z.uuid() });

/** Takes a planned publish back. The approval stays: the draft may go live at once or be planned anew. */
export async function cancelPublish(actor: Actor, { flowId }: z.infer<typeof CancelPublish>): Promise<void> {
  const { db, session, clock } = actor;
  await db.transaction(async (tx) => {
    await lockFlow(tx, session.workspaceId, flowId);
    const scheduledId = await closeWaiting(tx, flowId, { state: "cancelled", reason: "cancelled", now: clock.now() });
    if (!scheduledId) throw new DomainError("refused", "Nothing of this flow waits to go live any more.");
    await recordAudit(tx, actor, {
      action: "cancel-publish",
      subject: "flow",
      subjectId: flowId,
      detail: { scheduledId },
    });
  });
}
