import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { user, workspace } from "#db/schema/index.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { awaitCalls } from "#server/engine/await-calls.ts";
import { notify } from "#server/notifications/notify.ts";
import type { Actor } from "#server/trpc.ts";

export const HoldSending = z.strictObject({ isHeld: z.boolean() });

/**
 * Holds all sending of the workspace, or releases it. While held no message is claimed, fraud alerts included: they wait in the
 * outbox and expire as they always would. People go on in their flows and events are taken. When a hold is answered, nothing leaves
 * any more but for `onTheirWay` messages: their calls have begun, and a slow provider has not answered within five seconds.
 * Doing it twice is the same as once.
 */
export async function holdSending(
  actor: Actor,
  { isHeld }: z.infer<typeof HoldSending>,
): Promise<{ isHeld: boolean; onTheirWay: number }> {
  const { workspaceId } = actor.session;
  await actor.db.transaction((tx) => setHold(tx, actor, isHeld));
  return { isHeld, onTheirWay: isHeld ? await awaitCalls(actor.db, { workspaceId }) : 0 };
}

async function setHold(tx: Transaction, actor: Actor, isHeld: boolean): Promise<void> {
  const { session, clock } = actor;
  const own = eq(workspace.id, session.workspaceId);
  const [before] = await tx.select({ heldAt: workspace.sendingHeldAt }).from(workspace).where(own).for("update");
  if (((before?.heldAt ?? null) !== null) === isHeld) return;
  await tx
    .update(workspace)
    .set(
      isHeld
        ? { sendingHeldAt: clock.now(), sendingHeldBy: session.userId }
        : { sendingHeldAt: null, sendingHeldBy: null, sendingReleasedAt: clock.now() },
    )
    .where(own);
  await recordAudit(tx, actor, {
    action: isHeld ? "hold-sending" : "release-sending",
    subject: "workspace",
    subjectId: session.workspaceId,
    detail: {},
  });
  await notify(tx, actor, {
    kind: isHeld ? "sending-held" : "sending-released",
    to: [{ roles: ["owner", "checker"] }],
    subjectId: "",
    values: {},
  });
}

/** Null when messages leave. */
export async function readHold({ db, session }: Actor): Promise<{ since: Date; byName: string | null } | null> {
  const [row] = await db
    .select({ since: workspace.sendingHeldAt, byName: user.name })
    .from(workspace)
    .leftJoin(user, eq(user.id, workspace.sendingHeldBy))
    .where(eq(workspace.id, session.workspaceId));
  return row?.since ? { since: row.since, byName: row.byName } : null;
}
