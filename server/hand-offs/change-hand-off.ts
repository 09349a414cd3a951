import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { event, handOff, signalQueue } from "#db/schema/index.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors.ts";
import { newId, shardOf } from "../id.ts";
import type { Actor } from "../trpc.ts";

export const HandOffInput = z.strictObject({ handOffId: z.uuid() });
export const ResolveHandOffInput = z.strictObject({
  handOffId: z.uuid(),
  outcome: z.string().trim().min(1, "Say how it ended").max(500),
});

/** Takes a waiting hand-off, by compare-and-set: of two agents who click at once, one gets it and the other is told. */
export async function claimHandOff(actor: Actor, { handOffId }: z.output<typeof HandOffInput>) {
  const { workspaceId, userId } = actor.session;
  return actor.db.transaction(async (tx) => {
    const [claimed] = await tx
      .update(handOff)
      .set({ status: "claimed", assignee: userId, claimedAt: actor.clock.now() })
      .where(and(ownHandOff(workspaceId, handOffId), eq(handOff.status, "open")))
      .returning({ id: handOff.id });
    if (!claimed)
      throw await whyNot(
        tx,
        ownHandOff(workspaceId, handOffId),
        "Somebody else has just taken this person, or the flow went on without waiting longer.",
      );
    await recordAudit(tx, actor, { action: "claim-hand-off", subject: "hand-off", subjectId: handOffId, detail: {} });
    return { ok: true };
  });
}

/** Ends a hand-off and tells the waiting enrollment, which goes on by the step's "resolved" handle. */
export async function resolveHandOff(actor: Actor, { handOffId, outcome }: z.output<typeof ResolveHandOffInput>) {
  const { workspaceId, userId } = actor.session;
  return actor.db.transaction(async (tx) => {
    const [resolved] = await tx
      .update(handOff)
      .set({ status: "resolved", outcome, assignee: userId, resolvedAt: actor.clock.now() })
      .where(and(ownHandOff(workspaceId, handOffId), inArray(handOff.status, ["open", "claimed"])))
      .returning();
    if (!resolved)
      throw await whyNot(
        tx,
        ownHandOff(workspaceId, handOffId),
        "This hand-off is already resolved, or the flow went on without waiting longer.",
      );
    if (resolved.enrollmentId && resolved.visit !== null) {
      await tx.insert(signalQueue).values({
        workspaceId,
        shard: shardOf(workspaceId, resolved.contactId),
        contactId: resolved.contactId,
        enrollmentId: resolved.enrollmentId,
        payload: { kind: "hand-off", visit: resolved.visit, outcome: "resolved" },
      });
    }
    await tellClosed(tx, {
      workspaceId,
      handOffId,
      contactId: resolved.contactId,
      queue: resolved.queue,
      at: actor.clock.now(),
    });
    await tx.execute(sql`notify chasqui_signal`);
    await recordAudit(tx, actor, {
      action: "resolve-hand-off",
      subject: "hand-off",
      subjectId: handOffId,
      detail: { outcome },
    });
    return { ok: true };
  });
}

type Closed = { workspaceId: string; handOffId: string; contactId: string; queue: string; at: Date };

/** The event that a conversation with an agent is over: what a question about it starts by. What the agent noted stays inside. */
async function tellClosed(tx: Transaction, { workspaceId, handOffId, contactId, queue, at }: Closed): Promise<void> {
  const id = newId();
  const place = { workspaceId, shard: shardOf(workspaceId, contactId), contactId };
  await tx.insert(event).values({
    ...place,
    id,
    receivedAt: at,
    messageId: `conversation.closed:${handOffId}`,
    type: "system",
    name: "conversation.closed",
    properties: { queue },
    occurredAt: at,
  });
  await tx.insert(signalQueue).values({ ...place, payload: { kind: "event" }, eventId: id, createdAt: at });
}

/** Asks on the transaction's own connection: taking a second one inside it could leave the pool without any. */
async function whyNot(tx: Transaction, own: SQL | undefined, taken: string): Promise<DomainError> {
  return (await tx.$count(handOff, own))
    ? new DomainError("conflict", taken)
    : new DomainError("not-found", "This hand-off is not in your workspace.");
}

const ownHandOff = (workspaceId: string, handOffId: string) =>
  and(eq(handOff.id, handOffId), eq(handOff.workspaceId, workspaceId));
