import { and, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { spending, workspace } from "#db/schema/index.ts";
import { budgetMonth } from "#flow/gate/budget.ts";
import { collectionsRules } from "#flow/gate/collections-hours.ts";
import type { SendPolicy } from "#flow/gate/policy.ts";
import { rates } from "../channels/prices/price-cards.ts";
import { DomainError } from "../errors.ts";
import type { Actor } from "../trpc.ts";

/** The currencies in which the provider charges: a budget is in one of them, since nobody here changes money. */
export const budgetCurrencies = [...new Set(rates.map(({ currency }) => currency))];

/** The rules for what leaves, and beside them what one needs to set them: this month's spending and what countries ask for. */
export async function readSettings(actor: Actor) {
  const { policy, timezone } = await findPolicy(actor.db, actor.session.workspaceId);
  const month = budgetMonth(actor.clock.now().getTime(), timezone);
  return {
    policy,
    timezone,
    month,
    spentMicros: await readSpent(actor, month, policy),
    currencies: budgetCurrencies,
    collectionsRules,
  };
}

/** Null without a budget: nothing is counted then. */
async function readSpent({ db, session }: Actor, month: string, { budget }: SendPolicy): Promise<number | null> {
  if (!budget) return null;
  const { workspaceId } = session;
  const own = and(eq(spending.workspaceId, workspaceId), eq(spending.month, month));
  const [row] = await db
    .select({ micros: spending.micros })
    .from(spending)
    .where(and(own, eq(spending.currency, budget.currency)));
  return row?.micros ?? 0;
}

type Row = typeof workspace.$inferSelect;

export async function findPolicy(
  db: Queryable,
  workspaceId: string,
  { isLocked = false } = {},
): Promise<{ policy: SendPolicy; timezone: string }> {
  const query = db.select().from(workspace).where(eq(workspace.id, workspaceId));
  const [row] = await (isLocked ? query.for("update") : query);
  if (!row) throw new DomainError("not-found", "This workspace does not exist.");
  return { policy: policyOf(row), timezone: row.timezone };
}

const policyOf = (row: Row): SendPolicy => ({
  capPerDay: row.capPerDay,
  rollingCap: row.capPerWindow === null ? null : { days: row.capWindowDays, most: row.capPerWindow },
  quietHours: { from: row.quietFrom, to: row.quietTo },
  collections: {
    hours: { from: row.collectionsFrom, to: row.collectionsTo },
    days: row.collectionsDays.toSorted((a, b) => a - b),
  },
  budget: row.budgetMicros === null ? null : { micros: row.budgetMicros, currency: row.budgetCurrency },
  consentMonths: row.consentMonths,
  consentSince: row.consentSince,
  consentRetired: row.consentRetired.toSorted(),
  consentExempt: row.consentExempt,
  stopWords: row.stopWords,
  startWords: row.startWords,
  on: { cap: row.onCap, quietHours: row.onQuietHours, budget: row.onBudget },
});

/** The same as columns. What is off keeps its last numbers. */
export const columnsOf = (policy: SendPolicy): Partial<typeof workspace.$inferInsert> => ({
  capPerDay: policy.capPerDay,
  capPerWindow: policy.rollingCap?.most ?? null,
  ...(policy.rollingCap && { capWindowDays: policy.rollingCap.days }),
  quietFrom: policy.quietHours.from,
  quietTo: policy.quietHours.to,
  collectionsFrom: policy.collections.hours.from,
  collectionsTo: policy.collections.hours.to,
  collectionsDays: policy.collections.days,
  budgetMicros: policy.budget?.micros ?? null,
  ...(policy.budget && { budgetCurrency: policy.budget.currency }),
  consentMonths: policy.consentMonths,
  consentSince: policy.consentSince,
  consentRetired: policy.consentRetired,
  consentExempt: policy.consentExempt,
  stopWords: policy.stopWords,
  startWords: policy.startWords,
  onCap: policy.on.cap,
  onQuietHours: policy.on.quietHours,
  onBudget: policy.on.budget,
});
