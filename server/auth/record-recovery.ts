import { eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { member, twoFactor } from "#db/schema/index.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { Clock } from "#server/clock.ts";
import type { Env } from "#server/env.ts";
import { openRecoveryCodes } from "./check-code.ts";

/** Somebody came in with a recovery code: an audit row in each workspace they are in, with how many codes are left. */
export async function recordRecovery(
  db: Database,
  env: Env,
  { userId, clock }: { userId: string; clock: Clock },
): Promise<void> {
  const [factor] = await db.select().from(twoFactor).where(eq(twoFactor.userId, userId));
  const recoveryCodesLeft = factor ? (await openRecoveryCodes(env, factor)).length : 0;
  const places = await db.select({ workspaceId: member.workspaceId }).from(member).where(eq(member.userId, userId));
  for (const { workspaceId } of places)
    await db.transaction((tx) =>
      recordAudit(
        tx,
        { clock, session: { userId, workspaceId } },
        {
          action: "sign-in-with-recovery-code",
          subject: "user",
          subjectId: userId,
          detail: { recoveryCodesLeft },
        },
      ),
    );
}
