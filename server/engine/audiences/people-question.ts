import { consentRulesOf } from "#flow/gate/policy.ts";
import type { PeopleQuestion } from "#server/audiences/people-sql.ts";

/** What a segment's rule needs of its workspace; select `workspaceColumns` from `workspace w`. */
export type WorkspaceRow = {
  workspace_id: string;
  timezone: string;
  consent_months: number | null;
  consent_since: string | null;
  consent_retired: string[];
};

export const workspaceColumns =
  "w.id as workspace_id, w.timezone, w.consent_months, w.consent_since::text as consent_since, w.consent_retired";

/** A slice of people is asked about at a time, so events are counted person by person. */
export function questionOf(row: WorkspaceRow, now: Date): PeopleQuestion {
  const rules = consentRulesOf(
    {
      consentMonths: row.consent_months,
      consentSince: row.consent_since,
      consentRetired: row.consent_retired,
      consentExempt: [],
    },
    row.timezone,
  );
  return { workspaceId: row.workspace_id, now, consentRules: rules, events: "each" };
}
