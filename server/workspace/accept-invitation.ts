import { hashPassword } from "better-auth/crypto";
import { and, eq, gt, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Database, Queryable, Transaction } from "#db/client.ts";
import { account, invitation, member, user, workspace } from "#db/schema/index.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { type Role, roles } from "../auth/permissions.ts";
import type { Clock } from "../clock.ts";
import { DomainError } from "../errors.ts";
import { newId } from "../id.ts";
import { fingerprint } from "../secret.ts";
import { insertPerson } from "./insert-person.ts";
import { dropSecondFactor } from "./reset-second-factor.ts";

export const AcceptInvitation = z.strictObject({
  token: z.string().min(1).max(100),
  name: z.string().trim().min(1, "Enter your name").max(80),
  password: z.string().min(10, "A password has at least ten characters").max(200),
  language: z.enum(["en", "fr"]),
});

/** What somebody with a link is asked to; null when the link is unknown, used, taken back or too old. */
export async function readInvitation(db: Queryable, clock: Clock, token: string) {
  const [found] = await db
    .select({ email: invitation.email, role: invitation.role, workspace: workspace.name, inviter: user.name })
    .from(invitation)
    .innerJoin(workspace, eq(workspace.id, invitation.workspaceId))
    .innerJoin(user, eq(user.id, invitation.inviterId))
    .where(isOpen(clock, token));
  const role = roles.find((known) => known === found?.role);
  return found && role ? { ...found, role } : null;
}

const isOpen = (clock: Clock, token: string): SQL | undefined =>
  and(
    eq(invitation.tokenHash, fingerprint(token)),
    eq(invitation.status, "pending"),
    gt(invitation.expiresAt, clock.now()),
  );

/**
 * Lets the holder of a link in, with a name and password of their own. A link works once. Somebody who was removed from every workspace comes
 * back under their old account, with the new password. Answers the address to sign in with. Audited as the person's own act.
 */
export async function acceptInvitation(
  db: Database,
  clock: Clock,
  { token, name, password, language }: z.output<typeof AcceptInvitation>,
): Promise<{ email: string }> {
  return db.transaction(async (tx) => {
    const [found] = await tx.select().from(invitation).where(isOpen(clock, token)).for("update");
    const role = roles.find((known) => known === found?.role);
    if (!found || !role) throw new DomainError("not-found", "This invitation is no longer open. Ask for a new one.");
    const { workspaceId, email } = found;
    const person = { workspaceId, name, email, role, language, password, at: clock.now() };
    const userId = (await bringBack(tx, person)) ?? (await insertPerson(tx, person));
    await tx.update(invitation).set({ status: "accepted" }).where(eq(invitation.id, found.id));
    await recordAudit(
      tx,
      { clock, session: { userId, name, email, language, workspaceId, role, signIn: null } },
      { action: "accept-invitation", subject: "user", subjectId: userId, detail: { role, invitationId: found.id } },
    );
    return { email };
  });
}

type Person = {
  workspaceId: string;
  name: string;
  email: string;
  role: Role;
  language: "en" | "fr";
  password: string;
  at: Date;
};

/** The account of somebody who is in no workspace any more; null when there is none. It opens nothing, so the link's holder may have it. */
async function bringBack(tx: Transaction, person: Person): Promise<string | null> {
  const [known] = await tx.select({ id: user.id }).from(user).where(eq(user.email, person.email)).for("update");
  if (!known || (await tx.$count(member, eq(member.userId, known.id))) > 0) return null;
  const { name, language, role, workspaceId, at } = person;
  await tx.update(user).set({ name, language, updatedAt: at }).where(eq(user.id, known.id));
  await tx
    .update(account)
    .set({ password: await hashPassword(person.password), updatedAt: at })
    .where(and(eq(account.userId, known.id), eq(account.providerId, "credential")));
  await dropSecondFactor(tx, known.id, at);
  await tx.insert(member).values({ id: newId(), workspaceId, userId: known.id, role, createdAt: at });
  return known.id;
}
