import { eq } from "drizzle-orm";
import { workspace } from "#db/schema/index.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";
import { isAllowed, type Verb, verbs } from "./permissions.ts";

/** The signed-in person with what they may do, and the workspace they are in: what every screen needs. */
export async function readMe({ db, env, clock, session }: Actor) {
  const [own] = await db
    .select({
      id: workspace.id,
      name: workspace.name,
      timezone: workspace.timezone,
      language: workspace.language,
      currency: workspace.currency,
    })
    .from(workspace)
    .where(eq(workspace.id, session.workspaceId));
  if (!own) throw new DomainError("not-found", "Your workspace does not exist any more. Sign in again.");
  const allowed = (Object.keys(verbs) as Verb[]).filter((verb) => isAllowed(session.role, verb));
  const { signIn, ...person } = session;
  const hasSecondFactor = signIn?.hasSecondFactor ?? false;
  return { ...person, hasSecondFactor, workspace: own, verbs: allowed, isDemo: env.isDemo, now: clock.now() };
}

export type Me = Awaited<ReturnType<typeof readMe>>;
