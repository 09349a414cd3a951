import type pg from "pg";
import type { ConsentRules } from "#flow/gate/consent.ts";
import { type AnswerToNo, consentRulesOf, type SendPolicy } from "#flow/gate/policy.ts";
import type { Purpose } from "#flow/graph.ts";
import { query, type Statement } from "../query.ts";

/** A workspace's rules for sending. `spent`: millionths of the budget's currency, by month; empty without a budget. */
export type SendingRules = Pick<
  SendPolicy,
  "capPerDay" | "rollingCap" | "quietHours" | "collections" | "budget" | "on"
> & {
  consent: ConsentRules;
  timezone: string;
  language: string;
  spent: Record<string, number>;
};

const readRules: Statement = {
  name: "dispatch-workspace-rules",
  text: `
    select w.id, w.timezone, w.language, w.cap_per_day, w.cap_per_window, w.cap_window_days, w.quiet_from, w.quiet_to,
           w.collections_from, w.collections_to, w.collections_days, w.budget_micros, w.budget_currency, w.on_cap, w.on_quiet_hours,
           w.on_budget, w.consent_months, w.consent_since::text as consent_since, w.consent_retired, w.consent_exempt, case when w.budget_micros is not null then (
             select json_object_agg(s.month, s.micros) from spending s
             where s.workspace_id = w.id and s.currency = w.budget_currency and s.month >= $2
           ) end as spent
    from workspace w where w.id = any($1::uuid[])`,
};

type Row = {
  id: string;
  timezone: string;
  language: string;
  cap_per_day: number;
  cap_per_window: number | null;
  cap_window_days: number;
  quiet_from: string;
  quiet_to: string;
  collections_from: string;
  collections_to: string;
  collections_days: number[];
  budget_micros: string | null;
  budget_currency: string;
  on_cap: AnswerToNo;
  on_quiet_hours: AnswerToNo;
  on_budget: AnswerToNo;
  consent_months: number | null;
  consent_retired: string[];
  consent_since: string | null;
  consent_exempt: Purpose[];
  spent: Record<string, number> | null;
};

/** The rules of these workspaces as they stand now. `now` is the product's time. */
export async function loadRules(
  client: pg.ClientBase,
  workspaceIds: string[],
  now: Date,
): Promise<Map<string, SendingRules>> {
  // Two days back is no later than this month in every zone.
  const since = new Date(now.getTime() - 2 * 86_400_000).toISOString().slice(0, 7);
  const rows = await query<Row>(client, readRules, [workspaceIds, since]);
  return new Map(rows.map((row) => [row.id, rulesOf(row)]));
}

const rulesOf = (row: Row): SendingRules => ({
  timezone: row.timezone,
  language: row.language,
  capPerDay: row.cap_per_day,
  rollingCap: row.cap_per_window === null ? null : { days: row.cap_window_days, most: row.cap_per_window },
  quietHours: { from: row.quiet_from, to: row.quiet_to },
  collections: { hours: { from: row.collections_from, to: row.collections_to }, days: row.collections_days },
  budget: row.budget_micros === null ? null : { micros: Number(row.budget_micros), currency: row.budget_currency },
  on: { cap: row.on_cap, quietHours: row.on_quiet_hours, budget: row.on_budget },
  consent: consentRulesOf(
    {
      consentMonths: row.consent_months,
      consentSince: row.consent_since,
      consentRetired: row.consent_retired,
      consentExempt: row.consent_exempt,
    },
    row.timezone,
  ),
  spent: row.spent ?? {},
});
