import { and, eq } from "drizzle-orm";
import { twoFactor, workspace } from "#db/schema/index.ts";
import { openRecoveryCodes } from "#server/auth/check-code.ts";
import { isAllowed } from "#server/auth/permissions.ts";
import { freshMinutes } from "#server/auth/require-confirmation.ts";
import type { Actor } from "#server/trpc.ts";

/** The person's own second factor: whether there is one, how many recovery codes are left, and whether their workspace wants one of them. */
export async function readSecondFactor({ db, env, session }: Actor) {
  const [factor] = await db
    .select()
    .from(twoFactor)
    .where(and(eq(twoFactor.userId, session.userId), eq(twoFactor.verified, true)));
  const [own] = await db
    .select({ isNeeded: workspace.approversNeedSecondFactor })
    .from(workspace)
    .where(eq(workspace.id, session.workspaceId));
  return {
    isOn: factor !== undefined,
    recoveryCodesLeft: factor ? (await openRecoveryCodes(env, factor)).length : 0,
    isNeeded: own?.isNeeded === true && isAllowed(session.role, "decide-approvals"),
    freshMinutes,
  };
}
