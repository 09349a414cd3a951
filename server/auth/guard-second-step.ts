import { APIError, createAuthMiddleware, getSessionFromCtx } from "better-auth/api";
import { symmetricDecrypt } from "better-auth/crypto";
import { and, eq, lt } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { twoFactor } from "#db/schema/index.ts";
import { systemClock } from "#server/clock.ts";
import type { Env } from "#server/env.ts";
import { authSecret } from "./auth-secret.ts";
import { isLocked } from "./check-code.ts";
import { stepOfCode } from "./one-time-code.ts";

const recoveryPath = "/two-factor/verify-backup-code";
const paths = new Set(["/two-factor/verify-totp", recoveryPath]);

/** The step that takes a recovery code in the place of one of the app. */
export const isRecovery = (path: string | undefined): boolean => path === recoveryPath;

/** The step of signing in that takes a code. */
export const isSecondStep = (path: string | undefined): boolean => path !== undefined && paths.has(path);

const Step = z.looseObject({ code: z.string().max(40), trustDevice: z.unknown().optional() });

/**
 * What better-auth's second step of signing in does not see to: a code counts once, no browser is trusted for weeks, and somebody
 * who is signed in does not try codes here, where nobody counts them.
 */
export const guardSecondStep = (db: Database, env: Env) =>
  createAuthMiddleware(async (context) => {
    if (!isSecondStep(context.path)) return;
    const step = Step.safeParse(context.body);
    if (!step.success) throw new APIError("BAD_REQUEST", { message: "Send a code." });
    if (step.data.trustDevice) throw new APIError("BAD_REQUEST", { message: "No browser is trusted without a code." });
    if (await getSessionFromCtx(context)) throw new APIError("FORBIDDEN", { message: "You are signed in already." });
    if (context.path !== "/two-factor/verify-totp") return;
    const cookie = context.context.createAuthCookie("two_factor");
    const challenge = await context.getSignedCookie(cookie.name, context.context.secret);
    const started = challenge ? await context.context.internalAdapter.findVerificationValue(challenge) : null;
    if (started && !(await takeStep(db, env, { userId: started.value, code: step.data.code })))
      throw new APIError("UNAUTHORIZED", { code: "CODE_USED", message: "This code was used already." });
  });

/** False when this code, or a newer one, was used. A code that is wrong anyway is left to better-auth, which counts it. */
async function takeStep(db: Database, env: Env, { userId, code }: { userId: string; code: string }): Promise<boolean> {
  const own = eq(twoFactor.userId, userId);
  const [factor] = await db.select().from(twoFactor).where(own);
  const now = systemClock.now();
  // Behind a shut door no code is used up: better-auth refuses it, and it counts once the door is open again.
  if (!factor?.verified || isLocked(factor, now)) return true;
  const secret = await symmetricDecrypt({ key: authSecret(env), data: factor.secret });
  const step = stepOfCode(secret, code, now);
  if (step === null) return true;
  // Of two that send the same code at once, one gets the row.
  const { rowCount } = await db
    .update(twoFactor)
    .set({ lastStep: step })
    .where(and(own, lt(twoFactor.lastStep, step)));
  return rowCount === 1;
}
