import { and, eq } from "drizzle-orm";
import { spending, workspace } from "#db/schema/index.ts";
import { budgetMonth } from "#flow/gate/budget.ts";
import type { Actor } from "#server/trpc.ts";

/** The month's budget and what of it is spent, in millionths; null: the workspace has none. */
export async function readSpending({ db, session, clock }: Actor) {
  const [row] = await db
    .select({ micros: workspace.budgetMicros, currency: workspace.budgetCurrency, timezone: workspace.timezone })
    .from(workspace)
    .where(eq(workspace.id, session.workspaceId));
  if (!row || row.micros === null) return null;
  const month = budgetMonth(clock.now().getTime(), row.timezone);
  const [spent] = await db
    .select({ micros: spending.micros })
    .from(spending)
    .where(
      and(
        eq(spending.workspaceId, session.workspaceId),
        eq(spending.month, month),
        eq(spending.currency, row.currency),
      ),
    );
  return { month, currency: row.currency, budgetMicros: row.micros, spentMicros: spent?.micros ?? 0 };
}
