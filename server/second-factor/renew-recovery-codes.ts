import { eq } from "drizzle-orm";
import type { z } from "zod";
import { twoFactor } from "#db/schema/index.ts";
import { sealRecoveryCodes } from "#server/auth/check-code.ts";
import type { Actor } from "#server/trpc.ts";
import { drawRecoveryCodes } from "./draw-recovery-codes.ts";
import { type WithCode, withCode } from "./with-code.ts";

/** New recovery codes, shown once; the old ones stop working. Audited. */
export async function renewRecoveryCodes(
  actor: Actor,
  { code }: z.output<typeof WithCode>,
): Promise<{ recoveryCodes: string[] }> {
  const recoveryCodes = drawRecoveryCodes();
  const backupCodes = await sealRecoveryCodes(actor.env, recoveryCodes);
  await withCode(actor, {
    code,
    action: "renew-recovery-codes",
    act: (tx) => tx.update(twoFactor).set({ backupCodes }).where(eq(twoFactor.userId, actor.session.userId)),
  });
  return { recoveryCodes };
}
