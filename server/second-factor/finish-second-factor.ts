import { and, eq, ne } from "drizzle-orm";
import type { z } from "zod";
import { session as sessionTable, twoFactor, user } from "#db/schema/index.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";
import { markConfirmed } from "./confirm-person.ts";
import { type WithCode, withCode } from "./with-code.ts";

/**
 * The first right code of the app: from now on signing in takes one. The person's other sessions, which came in with a password alone,
 * end. Audited.
 */
export async function finishSecondFactor(actor: Actor, { code }: z.output<typeof WithCode>): Promise<{ ok: true }> {
  const { userId, signIn } = actor.session;
  if (signIn?.hasSecondFactor) throw new DomainError("conflict", "You have a second factor already.");
  await withCode(actor, {
    code,
    action: "enroll-second-factor",
    act: async (tx, now) => {
      await tx.update(twoFactor).set({ verified: true }).where(eq(twoFactor.userId, userId));
      await tx.update(user).set({ twoFactorEnabled: true, updatedAt: now }).where(eq(user.id, userId));
      await markConfirmed(tx, actor, now);
      const others = and(eq(sessionTable.userId, userId), signIn ? ne(sessionTable.id, signIn.sessionId) : undefined);
      await tx.delete(sessionTable).where(others);
    },
  });
  return { ok: true };
}
