import type pg from "pg";
import { query, type Statement } from "../query.ts";

/** What one message adds to its workspace's month. `isExempt`: it leaves whatever is spent already. */
export type Charge = {
  messageId: string;
  workspaceId: string;
  month: string;
  currency: string;
  micros: number;
  /** The month's budget. */
  most: number;
  isExempt: boolean;
};

/** The counter of one workspace, month and currency. */
export type BudgetCounter = Pick<Charge, "workspaceId" | "month" | "currency">;

/** Opens and locks the counters until the claim's commit: whoever claims beside waits here and then sees what is left. */
const lockCounters: Statement = {
  name: "dispatch-budget-lock",
  text: `
    insert into spending as s (workspace_id, month, currency, micros)
    select workspace_id, month, currency, 0
    from json_to_recordset($1::json) as x(workspace_id uuid, month text, currency text)
    order by 1, 2, 3
    on conflict (workspace_id, month, currency) do update set micros = s.micros
    returning workspace_id, month, currency, micros`,
};

const raiseCounters: Statement = {
  name: "dispatch-budget",
  text: `
    update spending s set micros = s.micros + x.micros
    from json_to_recordset($1::json) as x(workspace_id uuid, month text, currency text, micros bigint)
    where s.workspace_id = x.workspace_id and s.month = x.month and s.currency = x.currency`,
};

/**
 * Locks the counters of these charges and answers the messages that no longer fit, in the order given. Nothing is counted yet
 * (`spend`): the cap may still say no. Without a budget nothing is asked of the database.
 */
export async function findUnaffordable(client: pg.ClientBase, charges: readonly Charge[]): Promise<Set<string>> {
  const refused = new Set<string>();
  if (charges.length === 0) return refused;
  const counters = await lockBudgets(client, charges);
  const spent = new Map(
    counters.map((row) => [`${row.workspace_id} ${row.month} ${row.currency}`, Number(row.micros)]),
  );
  for (const charge of charges) {
    const after = (spent.get(keyOf(charge)) ?? 0) + charge.micros;
    if (!charge.isExempt && after > charge.most) refused.add(charge.messageId);
    else spent.set(keyOf(charge), after);
  }
  return refused;
}

type Counted = { workspace_id: string; month: string; currency: string; micros: string };

/** Locks counters until the end of the transaction, in their order, and answers what they say. */
export async function lockBudgets(client: pg.ClientBase, counters: readonly BudgetCounter[]): Promise<Counted[]> {
  if (counters.length === 0) return [];
  const wanted = new Map(counters.map((counter) => [keyOf(counter), counterOf(counter)]));
  return query<Counted>(client, lockCounters, [JSON.stringify([...wanted.values()])]);
}

/** Counts what certainly leaves. The counters are locked already. */
export async function spend(client: pg.ClientBase, charges: readonly Charge[]): Promise<void> {
  if (charges.length === 0) return;
  const sums = new Map<string, ReturnType<typeof counterOf> & { micros: number }>();
  for (const charge of charges) {
    const micros = (sums.get(keyOf(charge))?.micros ?? 0) + charge.micros;
    sums.set(keyOf(charge), { ...counterOf(charge), micros });
  }
  await query(client, raiseCounters, [JSON.stringify([...sums.values()])]);
}

const counterOf = ({ workspaceId, month, currency }: BudgetCounter) => ({ workspace_id: workspaceId, month, currency });

const keyOf = ({ workspaceId, month, currency }: BudgetCounter): string => `${workspaceId} ${month} ${currency}`;
