import { eq } from "drizzle-orm";
import type { z } from "zod";
import { twoFactor, user } from "#db/schema/index.ts";
import type { Actor } from "#server/trpc.ts";
import { type WithCode, withCode } from "./with-code.ts";

/** Takes the person's own second factor away, with a last code of it: the password alone signs in again. Audited. */
export async function removeSecondFactor(actor: Actor, { code }: z.output<typeof WithCode>): Promise<{ ok: true }> {
  const { userId } = actor.session;
  await withCode(actor, {
    code,
    action: "remove-second-factor",
    act: async (tx, now) => {
      await tx.delete(twoFactor).where(eq(twoFactor.userId, userId));
      await tx.update(user).set({ twoFactorEnabled: false, updatedAt: now }).where(eq(user.id, userId));
    },
  });
  return { ok: true };
}
