import { and, asc, eq } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { member } from "#db/schema/index.ts";
import type { Session } from "#server/trpc.ts";
import type { Auth } from "./create-auth.ts";
import { roles } from "./permissions.ts";
import { webHost } from "./web-host.ts";

const Role = z.enum(roles);

/** Who is asking, from the session cookie; null when nobody is signed in or the person belongs to no workspace any more. */
export const readSession = (headers: Headers): Promise<Session | null> => readSessionWith(webHost(), headers);

/** The same with its tools named, for tests. */
export async function readSessionWith(
  { auth, db }: { auth: Auth; db: Database },
  headers: Headers,
): Promise<Session | null> {
  const signedIn = await auth.api.getSession({ headers });
  if (!signedIn) return null;
  const { user, session } = signedIn;
  const membership = await findMembership(db, user.id, session.activeOrganizationId ?? null);
  // A role we do not know is no role: deny by default.
  const role = Role.safeParse(membership?.role);
  if (!membership || !role.success) return null;
  return {
    userId: user.id,
    name: user.name,
    email: user.email,
    language: user.language === "fr" ? "fr" : "en",
    workspaceId: membership.workspaceId,
    role: role.data,
    signIn: {
      sessionId: session.id,
      hasSecondFactor: user.twoFactorEnabled === true,
      confirmedAt: session.secondFactorAt ?? null,
    },
  };
}

/** The membership of the session's workspace, or of the oldest one when the session names none. */
async function findMembership(db: Database, userId: string, workspaceId: string | null) {
  const own = eq(member.userId, userId);
  const [found] = await db
    .select({ workspaceId: member.workspaceId, role: member.role })
    .from(member)
    .where(workspaceId ? and(own, eq(member.workspaceId, workspaceId)) : own)
    .orderBy(asc(member.createdAt), asc(member.id))
    .limit(1);
  return found;
}
