import { eq } from "drizzle-orm";
import { workspace } from "#db/schema/index.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";
import { asksConfirmation, type Verb } from "./permissions.ts";

/** So long a second factor counts as just shown. */
export const freshMinutes = 10;

/**
 * Refuses an act that asks for a fresh second factor (permissions.ts) until the person has shown theirs within the last minutes.
 * `detail.secondFactor` tells the screen what to do: "confirm" asks for a code and repeats the call, "enroll" leads to the person's settings.
 * Whoever has no second factor passes, unless they decide on approvals in a workspace that wants one for it. `now` is the world's time.
 */
export async function requireConfirmation(actor: Actor, verb: Verb, now: Date): Promise<void> {
  if (!asksConfirmation(verb)) return;
  const { signIn } = actor.session;
  if (!signIn) throw new DomainError("not-allowed", "Only somebody who is signed in may do this.");
  if (!signIn.hasSecondFactor) {
    if (verb === "decide-approvals") await refuseWithout(actor);
    return;
  }
  const ageMs = signIn.confirmedAt ? now.getTime() - signIn.confirmedAt.getTime() : Number.POSITIVE_INFINITY;
  if (ageMs > freshMinutes * 60_000)
    throw new DomainError("not-allowed", "Confirm that it is you with a code of your second factor.", {
      secondFactor: "confirm",
    });
}

async function refuseWithout({ db, session }: Actor): Promise<void> {
  const [own] = await db
    .select({ isNeeded: workspace.approversNeedSecondFactor })
    .from(workspace)
    .where(eq(workspace.id, session.workspaceId));
  if (own?.isNeeded !== false)
    throw new DomainError(
      "not-allowed",
      "Whoever decides on approvals here needs a second factor. Set yours up in Your settings.",
      { secondFactor: "enroll" },
    );
}
