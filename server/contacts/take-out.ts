import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { enrollment } from "#db/schema/index.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { queueSignal } from "../engine/queue-signal.ts";
import { DomainError } from "../errors.ts";
import type { Actor } from "../trpc.ts";

export const TakeOutInput = z.strictObject({ enrollmentId: z.uuid() });

/**
 * Takes one person out of one flow, whatever they wait for; a message that the flow has asked for and that has not left is dropped by
 * the gate. The workers do it, in the person's order, once this commits. Refused ("conflict") when the person has left already.
 */
export async function takeOut(actor: Actor, { enrollmentId }: z.output<typeof TakeOutInput>): Promise<{ ok: true }> {
  const { workspaceId } = actor.session;
  await actor.db.transaction(async (tx) => {
    const [way] = await tx
      .select({ contactId: enrollment.contactId, flowId: enrollment.flowId, status: enrollment.status })
      .from(enrollment)
      .where(and(eq(enrollment.id, enrollmentId), eq(enrollment.workspaceId, workspaceId)));
    if (!way) throw new DomainError("not-found", "Nobody in your workspace is on this way through a flow.");
    const { contactId, flowId, status } = way;
    if (status === "ended") throw new DomainError("conflict", "This person has left the flow already.");
    await queueSignal(tx, { workspaceId, contactId, enrollmentId }, { kind: "stop", by: "person" });
    const detail = { flowId, enrollmentId };
    await recordAudit(tx, actor, { action: "take-out", subject: "contact", subjectId: contactId, detail });
  });
  return { ok: true };
}
