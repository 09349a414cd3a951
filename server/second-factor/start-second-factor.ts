import { symmetricEncrypt, verifyPassword } from "better-auth/crypto";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { account, twoFactor } from "#db/schema/index.ts";
import { authSecret } from "#server/auth/auth-secret.ts";
import {
  countFailure,
  isLocked,
  lockFactor,
  noFailures,
  refuseCode,
  sealRecoveryCodes,
} from "#server/auth/check-code.ts";
import { enrollmentUri, typedSecret } from "#server/auth/one-time-code.ts";
import { systemClock } from "#server/clock.ts";
import { DomainError } from "#server/errors.ts";
import { newId } from "#server/id.ts";
import { drawSecret } from "#server/secret.ts";
import type { Actor } from "#server/trpc.ts";
import { drawRecoveryCodes } from "./draw-recovery-codes.ts";
import { recordOwn } from "./with-code.ts";

export const StartSecondFactor = z.strictObject({ password: z.string().min(1, "Enter your password").max(200) });

/** Shown once. `uri` is what the picture says, `secret` the same to type. */
export type NewFactor = { uri: string; secret: string; recoveryCodes: string[] };

/**
 * Draws a secret and recovery codes for somebody who has no second factor yet and knows their password. They count from the first right
 * code on (finish-second-factor.ts); starting again draws new ones. Wrong passwords are counted like wrong codes.
 */
export async function startSecondFactor(
  actor: Actor,
  { password }: z.output<typeof StartSecondFactor>,
): Promise<NewFactor> {
  const { db, env, session } = actor;
  const now = systemClock.now();
  const secret = drawSecret(24);
  const recoveryCodes = drawRecoveryCodes();
  const sealed = {
    secret: await symmetricEncrypt({ key: authSecret(env), data: secret }),
    backupCodes: await sealRecoveryCodes(env, recoveryCodes),
  };
  const refusal = await db.transaction(async (tx) => {
    await tx
      .insert(twoFactor)
      .values({ id: newId(), userId: session.userId, secret: "", backupCodes: "" })
      .onConflictDoNothing();
    const factor = await lockFactor(tx, session.userId);
    if (!factor || factor.verified)
      return new DomainError("conflict", "You have a second factor already. Remove it before you set up another.");
    if (isLocked(factor, now)) return refuseCode({ verdict: "locked" });
    if (!(await isOwnPassword(tx, session.userId, password))) {
      const counted = await countFailure(tx, factor, now);
      if (counted.verdict === "locked") await recordOwn(tx, actor, "lock-second-factor");
      return counted.verdict === "locked"
        ? refuseCode(counted)
        : new DomainError("refused", "This is not your password.", { code: "password" });
    }
    await tx
      .update(twoFactor)
      .set({ ...sealed, lastStep: 0, ...noFailures })
      .where(eq(twoFactor.id, factor.id));
    return null;
  });
  if (refusal) throw refusal;
  return { uri: enrollmentUri(secret, session.email), secret: typedSecret(secret), recoveryCodes };
}

async function isOwnPassword(tx: Transaction, userId: string, password: string): Promise<boolean> {
  const [own] = await tx
    .select({ hash: account.password })
    .from(account)
    .where(and(eq(account.userId, userId), eq(account.providerId, "credential")));
  return own?.hash ? verifyPassword({ hash: own.hash, password }) : false;
}
