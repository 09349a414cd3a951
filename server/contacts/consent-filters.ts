import { and, eq, isNotNull, or, type SQL, sql } from "drizzle-orm";
import { contact, suppression } from "#db/schema/index.ts";
import { addMonths, type ConsentRules } from "#flow/gate/consent.ts";
import type { Actor } from "../trpc.ts";

/** A consent that has run out is none (flow/gate/consent.ts). Times of ISO 8601 in UTC sort as text. */
const granted = (purpose: "service" | "marketing", now: Date, { months, since, retired }: ConsentRules) => {
  const given = sql`${contact.consents} -> ${sql.raw(`'${purpose}'`)}`;
  // Without an end of its own it must be younger than so many months, and none may be older than the wording.
  const oldest = months === null ? null : addMonths(now, -months).toISOString();
  const young = oldest === null ? sql`true` : sql`${given} ->> 'at' > ${oldest}`;
  const holds = sql`case when ${given} ->> 'expiresAt' is null then ${young} else ${given} ->> 'expiresAt' > ${now.toISOString()} end`;
  const isOfThisWording =
    since === null || since > now.getTime() ? sql`true` : sql`${given} ->> 'at' >= ${new Date(since).toISOString()}`;
  const isRetired = sql`coalesce(${given} ->> 'wording' in (select json_array_elements_text(${JSON.stringify(retired)}::json)), false)`;
  const counts = retired.length === 0 ? sql`true` : sql`not ${isRetired}`;
  return sql`(${given} ->> 'state' = 'granted' and ${holds} and ${isOfThisWording} and ${counts})`;
};

/**
 * Of one contact that is read anyway: it stands on the workspace's suppression list, as the gate looks it up. Written out, since a column
 * of ours would lose its table's name among what is selected, and the workspace would be the list's own.
 */
export const isOnList = sql<boolean>`exists (
  select 1 from suppression l where l.workspace_id = contact.workspace_id
    and (l.kind, l.value) in (('phone', contact.phone), ('phone', '+' || contact.wa_id), ('customer', contact.external_id)))`;

/** Their number or id stands on the workspace's suppression list. From the list to the people, since it is the shorter one. */
const isListed = ({ db, session }: Actor): SQL => {
  const by = (kind: "phone" | "customer", isIt: SQL) =>
    db
      .select({ id: sql`c.id` })
      .from(suppression)
      .innerJoin(sql`contact c`, and(sql`c.workspace_id = ${session.workspaceId}`, isIt))
      .where(and(eq(suppression.workspaceId, session.workspaceId), eq(suppression.kind, kind)));
  return sql`${contact.id} in (${by("phone", sql`c.phone = ${suppression.value}`)} union all ${by("phone", sql`c.wa_id = substr(${suppression.value}, 2)`)} union all ${by("customer", sql`c.external_id = ${suppression.value}`)})`;
};

export type ConsentFilters = Record<"any" | "service" | "marketing" | "none" | "suppressed", SQL | undefined>;

/** What each tab of the list shows, as the gate would say. */
export function consentFilters(actor: Actor, rules: ConsentRules): ConsentFilters {
  const now = actor.clock.now();
  const [service, marketing] = [granted("service", now, rules), granted("marketing", now, rules)];
  return {
    any: undefined,
    service,
    marketing,
    none: sql`not coalesce(${service}, false) and not coalesce(${marketing}, false)`,
    suppressed: or(isNotNull(contact.suppressedAt), isListed(actor)),
  };
}
