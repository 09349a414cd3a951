import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { session as sessionTable, twoFactor, user } from "#db/schema/index.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Actor } from "../trpc.ts";
import { lockMember, type OnePerson } from "./find-member.ts";

/** For somebody who lost phone and recovery codes: the password alone signs in again. Their sessions end. Audited. */
export async function resetSecondFactor(actor: Actor, { userId }: z.output<typeof OnePerson>): Promise<{ ok: true }> {
  await actor.db.transaction(async (tx) => {
    await lockMember(tx, actor.session.workspaceId, userId);
    await dropSecondFactor(tx, userId, actor.clock.now());
    await tx.delete(sessionTable).where(eq(sessionTable.userId, userId));
    await recordAudit(tx, actor, { action: "reset-second-factor", subject: "user", subjectId: userId, detail: {} });
  });
  return { ok: true };
}

export async function dropSecondFactor(tx: Transaction, userId: string, now: Date): Promise<void> {
  await tx.delete(twoFactor).where(eq(twoFactor.userId, userId));
  await tx.update(user).set({ twoFactorEnabled: false, updatedAt: now }).where(eq(user.id, userId));
}
