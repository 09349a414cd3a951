import type pg from "pg";
import { firstDayOf, type RollingCap } from "#flow/gate/frequency-cap.ts";
import { query, type Statement } from "../query.ts";
import { after } from "./lock-order.ts";

/** One message that wants to use its person's cap of a local day. `contactId` is the first contact with the person's phone. */
export type CapRequest = {
  messageId: string;
  workspaceId: string;
  contactId: string;
  day: string;
  /** The workspace's, or its flow's own where that is lower. */
  capPerDay: number;
  /** Its flow's own, where it has one. */
  flowPerDay?: number | null;
  rolling: RollingCap | null;
};

/**
 * Raises the counters that are below their cap and answers which: check and count are one step, under the row's lock.
 * Counting first and inserting then let 7 of 20 people over the cap with 16 connections; this, none. The earlier days of a rolling
 * cap are over, so nothing is added to them while today's row is locked. The workspace's cap is read anew, it may just have changed; the
 * lower one of a flow comes with its message.
 */
const raise: Statement = {
  name: "dispatch-cap",
  text: `
    insert into cap_counter as k (workspace_id, contact_id, day, used)
    select workspace_id, contact_id, day, 1
    from json_to_recordset($1::json) as x(workspace_id uuid, contact_id uuid, day text, cap smallint, since text, most integer)
    where cap > 0 and (most is null or most > (
      select coalesce(sum(e.used), 0) from cap_counter e
      where e.workspace_id = x.workspace_id and e.contact_id = x.contact_id and e.day >= x.since and e.day < x.day
    ))
    order by workspace_id, contact_id, day
    on conflict (workspace_id, contact_id, day) do update set used = k.used + 1
    where (
      select k.used < least(w.cap_per_day, ($2::jsonb ->> (k.contact_id || ' ' || k.day))::smallint) and (w.cap_per_window is null or k.used + (
        select coalesce(sum(e.used), 0) from cap_counter e
        where e.workspace_id = k.workspace_id and e.contact_id = k.contact_id and e.day < k.day
          and e.day > to_char(k.day::date - w.cap_window_days, 'YYYY-MM-DD')
      ) < w.cap_per_window)
      from workspace w where w.id = k.workspace_id
    )
    returning contact_id, day`,
};

/** Opens and locks the counters of these people and days. */
const lock: Statement = {
  name: "dispatch-cap-lock",
  text: `
    insert into cap_counter as k (workspace_id, contact_id, day, used)
    select distinct workspace_id, contact_id, day, 0
    from json_to_recordset($1::json) as x(workspace_id uuid, contact_id uuid, day text)
    order by 1, 2, 3
    on conflict (workspace_id, contact_id, day) do update set used = k.used`,
};

/** Locks counters until the end of the transaction, in their order. */
export async function lockCaps(
  client: pg.ClientBase,
  counters: readonly Pick<CapRequest, "workspaceId" | "contactId" | "day">[],
): Promise<void> {
  if (counters.length === 0) return;
  const rows = counters.map(({ workspaceId, contactId, day }) => ({
    workspace_id: workspaceId,
    contact_id: contactId,
    day,
  }));
  await query(client, lock, [JSON.stringify(rows)]);
}

/** Uses up one of the cap for each request that still fits; answers the ids of those messages. */
export async function consumeCap(client: pg.ClientBase, requests: readonly CapRequest[]): Promise<Set<string>> {
  const granted = new Set<string>();
  // One statement may raise a counter once, so a second message of the same person waits for the next round.
  for (let rest = [...requests]; rest.length > 0; ) {
    const round = new Map<string, CapRequest>();
    for (const request of rest) if (!round.has(keyOf(request))) round.set(keyOf(request), request);
    const rows = [...round.values()].map((request) => ({
      workspace_id: request.workspaceId,
      contact_id: request.contactId,
      day: request.day,
      cap: request.capPerDay,
      since: request.rolling && firstDayOf(request.rolling, request.day),
      most: request.rolling?.most ?? null,
    }));
    const raised = await query<{ contact_id: string; day: string }>(client, raise, [
      JSON.stringify(rows),
      JSON.stringify(ownCaps([...round.values()])),
    ]);
    for (const row of raised) {
      const request = round.get(`${row.contact_id} ${row.day}`);
      if (request) granted.add(request.messageId);
    }
    const tried = new Set([...round.values()].map((request) => request.messageId));
    rest = rest.filter((request) => !tried.has(request.messageId));
  }
  return granted;
}

/** The caps of flows that have one of their own, by the key of their counter: mostly none, so that the others pay nothing for it. */
const ownCaps = (requests: readonly CapRequest[]): Record<string, number> =>
  Object.fromEntries(requests.flatMap((request) => (request.flowPerDay ? [[keyOf(request), request.flowPerDay]] : [])));

const keyOf = (request: CapRequest): string => `${request.contactId} ${request.day}`;

const lower: Statement = {
  name: "dispatch-refund",
  text: `
    with costs as materialized (
      -- In the currency in which it was paid: the workspace may have another budget by now.
      select o.workspace_id, o.budget_month, coalesce(o.budget_currency, w.budget_currency) as currency, sum(o.budget_micros) as micros
      from outbox o join workspace w on w.id = o.workspace_id
      where o.message_id = any($1::uuid[]) and o.budget_month is not null group by 1, 2, 3
    ), budgets as materialized (
      select s.workspace_id, s.month, s.currency, c.micros
      from costs c join spending s on s.workspace_id = c.workspace_id and s.month = c.budget_month and s.currency = c.currency
      order by 1, 2, 3 for update of s
    ), repaid as (
      update spending s set micros = greatest(0, s.micros - x.micros) from budgets x
      where s.workspace_id = x.workspace_id and s.month = x.month and s.currency = x.currency
      returning 1
    ), spent as materialized (
      select o.workspace_id, coalesce(first.id, o.contact_id) as contact_id, o.cap_day, count(*)::smallint as count
      from outbox o
      left join contact c on c.id = o.contact_id
      left join lateral (
        select s.id from contact s where s.workspace_id = c.workspace_id and s.phone = c.phone order by s.id limit 1
      ) first on true
      where o.message_id = any($1::uuid[]) and o.cap_day is not null and ${after("repaid")} group by 1, 2, 3
    ), held as materialized (
      select k.workspace_id, k.contact_id, k.day, s.count
      from cap_counter k join spent s on k.workspace_id = s.workspace_id and k.contact_id = s.contact_id and k.day = s.cap_day
      order by 1, 2, 3 for update of k
    )
    update cap_counter k set used = k.used - x.count from held x
    where k.workspace_id = x.workspace_id and k.contact_id = x.contact_id and k.day = x.day and k.used >= x.count`,
};

/** Gives back what messages used of cap and budget that certainly never left: a person is not capped by what never reached them. */
export async function refund(client: pg.ClientBase, messageIds: string[]): Promise<void> {
  if (messageIds.length > 0) await query(client, lower, [messageIds]);
}
