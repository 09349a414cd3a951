import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { session as sessionTable } from "#db/schema/index.ts";
import type { Actor } from "#server/trpc.ts";
import { type WithCode, withCode } from "./with-code.ts";

/** Shows the second factor anew in this browser: for some minutes it may do what asks for one (auth/require-confirmation.ts). Audited. */
export async function confirmPerson(actor: Actor, { code }: z.output<typeof WithCode>): Promise<{ ok: true }> {
  await withCode(actor, {
    code,
    action: "confirm-second-factor",
    act: (tx, now) => markConfirmed(tx, actor, now),
  });
  return { ok: true };
}

export async function markConfirmed(tx: Transaction, { session }: Actor, now: Date): Promise<void> {
  if (!session.signIn) return;
  await tx.update(sessionTable).set({ secondFactorAt: now }).where(eq(sessionTable.id, session.signIn.sessionId));
}
