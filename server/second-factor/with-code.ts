import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { checkCode, refuseCode } from "#server/auth/check-code.ts";
import { systemClock } from "#server/clock.ts";
import type { Actor } from "#server/trpc.ts";

/** Six digits of the app, or a recovery code. */
export const Code = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(\d{3}\s?\d{3}|[a-z0-9]{5}-[a-z0-9]{5})$/, "Enter the six digits of your app, or a recovery code");
export const WithCode = z.strictObject({ code: Code });

type Act<Answer> = { code: string; action: string; act: (tx: Transaction, now: Date) => Promise<Answer> };

/**
 * Does something once a code of the person's second factor was right, with its audit row, in one transaction. Else throws what is wrong
 * with the code, after that try was counted. Goes by the time of the world: the phone does.
 */
export async function withCode<Answer>(actor: Actor, { code, action, act }: Act<Answer>): Promise<Answer> {
  const { db, env, session } = actor;
  const { userId } = session;
  const now = systemClock.now();
  const outcome = await db.transaction(async (tx) => {
    const checked = await checkCode(tx, { userId, code, env, now });
    if (checked.verdict !== "right") {
      if (checked.isNewLock) await recordOwn(tx, actor, "lock-second-factor");
      return { refusal: refuseCode(checked) };
    }
    const answer = await act(tx, now);
    await recordOwn(tx, actor, action, checked.left === null ? {} : { recoveryCodesLeft: checked.left });
    return { answer };
  });
  if (outcome.refusal) throw outcome.refusal;
  return outcome.answer;
}

/** An audit row about the person who acts. */
export const recordOwn = (tx: Transaction, actor: Actor, action: string, detail: Record<string, unknown> = {}) =>
  recordAudit(tx, actor, { action, subject: "user", subjectId: actor.session.userId, detail });
