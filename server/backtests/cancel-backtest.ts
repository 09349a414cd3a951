import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { backtest } from "#db/schema/index.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "../errors.ts";
import type { Actor } from "../trpc.ts";

export const CancelBacktest = z.strictObject({ backtestId: z.uuid() });

/** Stops a backtest; its process hears of it within a second. One that is over stays as it is. */
export async function cancelBacktest(actor: Actor, { backtestId }: z.infer<typeof CancelBacktest>): Promise<void> {
  const { db, session, clock } = actor;
  await db.transaction(async (tx) => {
    const own = and(eq(backtest.id, backtestId), eq(backtest.workspaceId, session.workspaceId));
    const [row] = await tx.select({ flowId: backtest.flowId }).from(backtest).where(own);
    if (!row) throw new DomainError("not-found", "This backtest does not exist.");
    const stopped = await tx
      .update(backtest)
      .set({ status: "cancelled", finishedAt: clock.now() })
      .where(and(own, inArray(backtest.status, ["queued", "running"])))
      .returning({ id: backtest.id });
    if (stopped.length === 0) return;
    await recordAudit(tx, actor, {
      action: "cancel-backtest",
      subject: "flow",
      subjectId: row.flowId,
      detail: { backtestId },
    });
  });
}
