import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { invitation } from "#db/schema/index.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors.ts";
import type { Actor } from "../trpc.ts";

export const CancelInvitation = z.strictObject({ invitationId: z.uuid() });

/** Takes an open invitation back: its link opens nothing any more. Audited. */
export async function cancelInvitation(
  actor: Actor,
  { invitationId }: z.output<typeof CancelInvitation>,
): Promise<{ ok: true }> {
  const { workspaceId } = actor.session;
  await actor.db.transaction(async (tx) => {
    const open = and(eq(invitation.workspaceId, workspaceId), eq(invitation.status, "pending"));
    const [gone] = await tx
      .update(invitation)
      .set({ status: "cancelled" })
      .where(and(eq(invitation.id, invitationId), open))
      .returning({ email: invitation.email });
    if (!gone) throw new DomainError("not-found", "This invitation is no longer open. Reload the page.");
    const detail = { email: gone.email };
    await recordAudit(tx, actor, {
      action: "cancel-invitation",
      subject: "invitation",
      subjectId: invitationId,
      detail,
    });
  });
  return { ok: true };
}
