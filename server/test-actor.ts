import type { Database } from "#db/client.ts";
import { user, workspace } from "#db/schema/index.ts";
import type { Role } from "./auth/permissions.ts";
import { readEnv } from "./env.ts";
import { newId } from "./id.ts";
import type { Actor } from "./trpc.ts";

/** For tests: a new workspace and a signed-in person of it, at a fixed time that `at` can move. */
export async function testActor(
  db: Database,
  { role = "owner", name = "Awa Diop" }: { role?: Role; name?: string } = {},
) {
  const [workspaceId, userId] = [newId(), newId()];
  await db.insert(workspace).values({ id: workspaceId, name: "Banco Demo", slug: workspaceId });
  return joinWorkspace(db, workspaceId, { role, name, userId });
}

/** For tests: one more person of a workspace that is there. */
export async function joinWorkspace(
  db: Database,
  workspaceId: string,
  { role = "owner", name = "Kofi Mensah", userId = newId() }: { role?: Role; name?: string; userId?: string } = {},
): Promise<Actor> {
  const email = `${userId}@demo.test`;
  await db.insert(user).values({ id: userId, name, email });
  const env = readEnv({ DATABASE_URL: "postgres://unused", CHASQUI_SECRET: "0".repeat(64) });
  return {
    db,
    env,
    clock: { now: () => new Date("2026-11-22T09:00:00Z") },
    session: {
      userId,
      name,
      email,
      language: "en",
      workspaceId,
      role,
      signIn: { sessionId: newId(), hasSecondFactor: false, confirmedAt: null },
    },
  };
}
