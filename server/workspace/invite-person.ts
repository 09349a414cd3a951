import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { invitation, member, user, workspace } from "#db/schema/index.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { roles } from "../auth/permissions.ts";
import { DomainError } from "../errors.ts";
import { newId } from "../id.ts";
import { queueMail } from "../notifications/mail/queue-mail.ts";
import { drawSecret, fingerprint } from "../secret.ts";
import type { Actor } from "../trpc.ts";

export const invitationDays = 7;

export const InvitePerson = z.strictObject({
  email: z.email("Enter an e-mail address like awa@mybank.example").toLowerCase(),
  role: z.enum(roles),
  language: z.enum(["en", "fr"]),
});

/**
 * Asks somebody to join with a role. Answers the link, once: only its fingerprint is kept. It goes by e-mail too, where the installation
 * has a mail server. An invitation to the same address that is still open ends. Refuses an address that has an account in use. Audited.
 */
export async function invitePerson(
  actor: Actor,
  { email, role, language }: z.output<typeof InvitePerson>,
): Promise<{ link: string; expiresAt: Date }> {
  const { session, clock, env } = actor;
  const { workspaceId, userId } = session;
  const token = drawSecret(24);
  const path = `/join/${token}`;
  const now = clock.now();
  const expiresAt = new Date(now.getTime() + invitationDays * 86_400_000);
  await actor.db.transaction(async (tx) => {
    const inUse = await tx
      .select({ id: user.id })
      .from(user)
      .innerJoin(member, eq(member.userId, user.id))
      .where(eq(user.email, email))
      .limit(1);
    if (inUse.length > 0)
      throw new DomainError("conflict", `${email} has an account already; name another e-mail address.`, {
        inUse: true,
      });
    await tx
      .update(invitation)
      .set({ status: "replaced" })
      .where(
        and(eq(invitation.workspaceId, workspaceId), eq(invitation.email, email), eq(invitation.status, "pending")),
      );
    const row = { id: newId(), workspaceId, email, role, expiresAt, inviterId: userId, createdAt: now };
    await tx.insert(invitation).values({ ...row, status: "pending", tokenHash: fingerprint(token) });
    const [own] = await tx.select({ name: workspace.name }).from(workspace).where(eq(workspace.id, workspaceId));
    await queueMail(tx, {
      workspaceId,
      letter: "invitation",
      to: { address: email, language },
      actorId: userId,
      values: { workspace: own?.name ?? "", inviter: session.name, role, days: invitationDays },
      path,
    });
    await recordAudit(tx, actor, {
      action: "invite-person",
      subject: "invitation",
      subjectId: row.id,
      detail: { email, role },
    });
  });
  return { link: `${env.publicUrl}${path}`, expiresAt };
}
