import { eq, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { spending, workspace } from "#db/schema/index.ts";
import { budgetMonth, nextMonthAt } from "#flow/gate/budget.ts";
import type { SendPolicy } from "#flow/gate/policy.ts";
import { localMoment } from "#flow/local-time.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { canonicalHash } from "../canonical-json.ts";
import { systemClock } from "../clock.ts";
import { DomainError } from "../errors.ts";
import { firstIdAt } from "../id.ts";
import type { Actor } from "../trpc.ts";
import { budgetCurrencies, columnsOf, findPolicy } from "./read-policy.ts";

/**
 * Changes the workspace's rules for what leaves, with what was and what is in the audit log. The gate reads them anew with each
 * claim, so the next message is judged by them already. Saving what is in force is no change.
 */
export async function savePolicy(actor: Actor, policy: SendPolicy): Promise<{ isChanged: boolean }> {
  const { db, session, clock } = actor;
  if (policy.budget && !budgetCurrencies.includes(policy.budget.currency))
    throw new DomainError(
      "bad-input",
      `A budget is in ${budgetCurrencies.join(" or ")}: what the provider charges in.`,
    );
  return db.transaction(async (tx) => {
    const { workspaceId } = session;
    const { policy: before, timezone } = await findPolicy(tx, workspaceId, { isLocked: true });
    const after = {
      ...policy,
      collections: { ...policy.collections, days: policy.collections.days.toSorted() },
      consentRetired: policy.consentRetired.toSorted(),
    };
    if (canonicalHash(before) === canonicalHash(after)) return { isChanged: false };
    await tx.update(workspace).set(columnsOf(after)).where(eq(workspace.id, workspaceId));
    if (after.budget && after.budget.currency !== before.budget?.currency)
      await countMonth(tx, { workspaceId, timezone, currency: after.budget.currency, now: clock.now() });
    await recordAudit(tx, actor, {
      action: "change-send-policy",
      subject: "workspace",
      subjectId: workspaceId,
      detail: { before, after },
    });
    return { isChanged: true };
  });
}

/** A message leaves so long after it was asked for at most; by ids, a month is found without reading the years before. */
const longestWaitMs = 62 * 86_400_000;
const longestMonthMs = 31 * 86_400_000;

/** A new budget begins with what this month's messages have cost so far: nothing was counted while there was none. */
async function countMonth(
  tx: Transaction,
  { workspaceId, timezone, currency, now }: { workspaceId: string; timezone: string; currency: string; now: Date },
): Promise<void> {
  const month = budgetMonth(now.getTime(), timezone);
  const since = new Date(localMoment(`${month}-01`, "00:00", timezone));
  const until = new Date(nextMonthAt(month, timezone));
  // Ids are made by the machine's clock, which the demo's never runs behind.
  const firstAsked = new Date(Math.min(since.getTime(), systemClock.now().getTime() - longestMonthMs) - longestWaitMs);
  await tx.execute(sql`
    insert into ${spending} (workspace_id, month, currency, micros)
    select ${workspaceId}::uuid, ${month}::text, ${currency}::text, coalesce(sum(m.cost_micros), 0) from message m
    where m.workspace_id = ${workspaceId} and m.direction = 'outbound' and m.id >= ${firstIdAt(firstAsked)}
      and m.sent_at >= ${since.toISOString()} and m.sent_at < ${until.toISOString()} and m.cost_currency = ${currency}
    on conflict (workspace_id, month, currency) do update set micros = excluded.micros`);
}
