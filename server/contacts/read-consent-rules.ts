import { eq } from "drizzle-orm";
import { workspace } from "#db/schema/index.ts";
import { type ConsentRules, noConsentRules } from "#flow/gate/consent.ts";
import { consentRulesOf } from "#flow/gate/policy.ts";
import type { Actor } from "../trpc.ts";

/** What the workspace asks of consents, as the gate does. */
export async function readConsentRules({ db, session }: Pick<Actor, "db" | "session">): Promise<ConsentRules> {
  const [row] = await db
    .select({
      timezone: workspace.timezone,
      consentMonths: workspace.consentMonths,
      consentSince: workspace.consentSince,
      consentRetired: workspace.consentRetired,
      consentExempt: workspace.consentExempt,
    })
    .from(workspace)
    .where(eq(workspace.id, session.workspaceId));
  return row ? consentRulesOf(row, row.timezone) : noConsentRules;
}
