import { and, asc, desc, eq, gt } from "drizzle-orm";
import { invitation, member, user, workspace } from "#db/schema/index.ts";
import { isAllowed, type Role, roles } from "../auth/permissions.ts";
import type { Actor } from "../trpc.ts";

const roleOf = (role: string | null): Role | null => roles.find((known) => known === role) ?? null;

/** Who is in the workspace, who is asked to join, and whether approvers need a second factor. */
export async function listPeople({ db, session, clock }: Actor) {
  const { workspaceId } = session;
  const [people, invitations, [own]] = await Promise.all([
    db
      .select({
        userId: user.id,
        name: user.name,
        email: user.email,
        role: member.role,
        hasSecondFactor: user.twoFactorEnabled,
        lastSeenAt: member.lastSeenAt,
        joinedAt: member.createdAt,
      })
      .from(member)
      .innerJoin(user, eq(user.id, member.userId))
      .where(eq(member.workspaceId, workspaceId))
      .orderBy(asc(user.name), asc(user.id)),
    db
      .select({
        invitationId: invitation.id,
        email: invitation.email,
        role: invitation.role,
        expiresAt: invitation.expiresAt,
        inviter: user.name,
      })
      .from(invitation)
      .innerJoin(user, eq(user.id, invitation.inviterId))
      .where(
        and(
          eq(invitation.workspaceId, workspaceId),
          eq(invitation.status, "pending"),
          gt(invitation.expiresAt, clock.now()),
        ),
      )
      .orderBy(desc(invitation.createdAt)),
    db.select({ isNeeded: workspace.approversNeedSecondFactor }).from(workspace).where(eq(workspace.id, workspaceId)),
  ]);
  const owners = people.filter(({ role }) => role === "owner").length;
  return {
    people: people.map((person) => {
      const role = roleOf(person.role);
      return {
        ...person,
        role,
        isLastOwner: role === "owner" && owners === 1,
        decides: role !== null && isAllowed(role, "decide-approvals"),
      };
    }),
    invitations: invitations.map((one) => ({ ...one, role: roleOf(one.role) })),
    approversNeedSecondFactor: own?.isNeeded ?? false,
  };
}
