import { user } from "#db/schema/index.ts";
import type { Role } from "#server/auth/permissions.ts";
import { readEnv } from "#server/env.ts";
import { newId } from "#server/id.ts";
import type { Actor } from "#server/trpc.ts";
import type { FaultBench } from "../contract.ts";
import { faultSecret } from "../stack/fault-stack.ts";

/** A signed-in person of the world's workspace. */
export async function addActor({ stack, world }: FaultBench, role: Role): Promise<Actor> {
  const userId = newId();
  const person = { name: "Person", email: `${userId}@faults.test` };
  await stack.db.insert(user).values({ id: userId, ...person });
  return {
    db: stack.db,
    env: readEnv({ DATABASE_URL: "postgres://unused", CHASQUI_SECRET: faultSecret }),
    clock: { now: () => new Date(stack.now()) },
    session: { userId, ...person, language: "en", workspaceId: world.workspaceId, role, signIn: null },
  };
}
