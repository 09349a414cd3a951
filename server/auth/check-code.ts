import { symmetricDecrypt, symmetricEncrypt } from "better-auth/crypto";
import { eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { twoFactor } from "#db/schema/index.ts";
import type { Env } from "#server/env.ts";
import { DomainError } from "#server/errors.ts";
import { authSecret } from "./auth-secret.ts";
import { stepOfCode } from "./one-time-code.ts";

/** So many wrong tries in a row, and nothing counts for a while: a million codes are not guessed five at a time. */
export const mostFailures = 5;
export const lockMinutes = 15;

/** `left`: recovery codes that are left, when it was one; null for a code of the app. */
export type CodeVerdict =
  | { verdict: "right"; left: number | null }
  | { verdict: "wrong" | "used" | "locked" | "none"; isNewLock?: boolean };

type Factor = typeof twoFactor.$inferSelect;
type Check = { userId: string; code: string; env: Env; now: Date };

/**
 * Tries a code of the person's app, or one of their recovery codes, in the caller's transaction, under the lock of their row: each code
 * counts once, and wrong ones are counted. Commit whatever the verdict is, else guessing would be free. `now` is the time of the
 * world and not the demo's: phones know no other.
 */
export async function checkCode(tx: Transaction, check: Check): Promise<CodeVerdict> {
  const factor = await lockFactor(tx, check.userId);
  if (!factor?.secret) return { verdict: "none" };
  if (isLocked(factor, check.now)) return { verdict: "locked" };
  const code = check.code.replaceAll(/\s/g, "");
  return /^\d{6}$/.test(code)
    ? checkAppCode(tx, factor, { ...check, code })
    : checkRecoveryCode(tx, factor, { ...check, code });
}

async function checkAppCode(tx: Transaction, factor: Factor, { code, env, now }: Check): Promise<CodeVerdict> {
  const secret = await symmetricDecrypt({ key: authSecret(env), data: factor.secret });
  const step = stepOfCode(secret, code, now);
  if (step === null) return countFailure(tx, factor, now);
  // Somebody who looked over a shoulder has the same code; it is no use any more.
  if (step <= factor.lastStep) return { verdict: "used" };
  await change(tx, factor, { lastStep: step, ...noFailures });
  return { verdict: "right", left: null };
}

async function checkRecoveryCode(tx: Transaction, factor: Factor, { code, env, now }: Check): Promise<CodeVerdict> {
  const codes = await openRecoveryCodes(env, factor);
  const left = codes.filter((one) => one !== code);
  if (!factor.verified || left.length === codes.length) return countFailure(tx, factor, now);
  await change(tx, factor, { backupCodes: await sealRecoveryCodes(env, left), ...noFailures });
  return { verdict: "right", left: left.length };
}

/** The person's row, locked until the transaction ends. */
export async function lockFactor(tx: Transaction, userId: string): Promise<Factor | undefined> {
  const [factor] = await tx.select().from(twoFactor).where(eq(twoFactor.userId, userId)).for("update");
  return factor;
}

export const isLocked = ({ lockedUntil }: Factor, now: Date): boolean => lockedUntil !== null && lockedUntil > now;

/** One wrong try more; the last one shuts the door for a while. */
export async function countFailure(tx: Transaction, factor: Factor, now: Date): Promise<CodeVerdict> {
  // A lock that is over has done its work: counting begins anew.
  const failures = (factor.lockedUntil ? 0 : factor.failedVerificationCount) + 1;
  const isNewLock = failures >= mostFailures;
  const lockedUntil = isNewLock ? new Date(now.getTime() + lockMinutes * 60_000) : null;
  await change(tx, factor, { failedVerificationCount: failures, lockedUntil });
  return { verdict: isNewLock ? "locked" : "wrong", isNewLock };
}

export const noFailures = { failedVerificationCount: 0, lockedUntil: null };

const change = (tx: Transaction, factor: Factor, values: Partial<Factor>) =>
  tx.update(twoFactor).set(values).where(eq(twoFactor.id, factor.id));

/** As better-auth's plugin keeps them: its sign-in step reads the same codes. */
export const sealRecoveryCodes = (env: Env, codes: string[]): Promise<string> =>
  symmetricEncrypt({ key: authSecret(env), data: JSON.stringify(codes) });

export async function openRecoveryCodes(env: Env, { backupCodes }: Factor): Promise<string[]> {
  const codes: unknown = JSON.parse(await symmetricDecrypt({ key: authSecret(env), data: backupCodes }));
  return Array.isArray(codes) ? codes.map(String) : [];
}

/** Says why a code did not count. */
export function refuseCode({ verdict }: CodeVerdict): DomainError {
  switch (verdict) {
    case "used":
      return new DomainError("refused", "This code was used already. Wait for the next one.", { code: "used" });
    case "locked":
      return new DomainError("too-many", `Too many wrong codes. Try again in ${lockMinutes} minutes.`, {
        code: "locked",
      });
    case "none":
      return new DomainError("refused", "You have no second factor. Set one up in Your settings.", { code: "none" });
    default:
      return new DomainError("refused", "This code is not right. Look at your app again.", { code: "wrong" });
  }
}
