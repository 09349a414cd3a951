import { z } from "zod";
import { boundSql } from "#db/bound-sql.ts";
import { type ConsentPurpose, consentFor } from "#flow/gate/consent.ts";
import { Purpose } from "#flow/graph.ts";
import type { Rule } from "#flow/rule.ts";
import { SegmentRule } from "#flow/segment/segment-rule.ts";
import type { Actor } from "../trpc.ts";
import { bounded } from "./bounded.ts";
import { questionOf } from "./count-rule.ts";
import { peopleSql } from "./people-sql.ts";

export const ReadReach = z.strictObject({ rule: SegmentRule, purpose: Purpose.default("marketing") });

export type Reach = {
  /** Those to whom a message of this class could leave today. */
  reachable: number;
  /** Kept from it, each counted once, by what the gate would say first. */
  withoutConsent: number;
  suppressed: number;
  withoutNumber: number;
  atLimit: number;
};

/** How many of a segment's people the gate would let a message out to today, and what keeps the others. Null where counting takes too long. */
export async function readReach(actor: Actor, { rule, purpose }: z.output<typeof ReadReach>): Promise<Reach | null> {
  const question = { ...(await questionOf(actor)), events: "joined" as const };
  const asked: ConsentPurpose = consentFor(purpose);
  const agreed: Rule = { path: `consent.${asked}`, op: "eq", value: "granted" };
  const { joins, conditions, params } = peopleSql([rule, agreed], question);
  const [isIn, hasConsent] = conditions;
  const capped = purpose === "service" || purpose === "marketing";
  // The counter belongs to the number: of several contacts with one number the gate counts the first.
  const atLimit = capped
    ? `coalesce((select k.used >= w.cap_per_day from cap_counter k where k.workspace_id = c.workspace_id and k.contact_id = c.id
         and k.day = to_char('${question.now.toISOString()}'::timestamptz at time zone coalesce(c.timezone, w.timezone), 'YYYY-MM-DD')), w.cap_per_day <= 0)`
    : "false";
  const text = `
    with asked as materialized (
      select case
        when c.phone is null and c.wa_id is null and c.bsuid is null then 'withoutNumber'
        when c.suppressed_at is not null or exists (
          select 1 from suppression l where w.suppressions > 0 and l.workspace_id = c.workspace_id
            and (l.kind, l.value) in (('phone', c.phone), ('phone', '+' || c.wa_id), ('customer', c.external_id))) then 'suppressed'
        when not (${hasConsent}) then 'withoutConsent'
        when ${atLimit} then 'atLimit'
        else 'reachable' end as verdict
      from contact c join workspace w on w.id = c.workspace_id ${joins}
      where c.workspace_id = '${question.workspaceId}'::uuid and ${isIn}
    )
    select verdict, count(*)::int as people from asked group by 1`;
  const none: Reach = { reachable: 0, withoutConsent: 0, suppressed: 0, withoutNumber: 0, atLimit: 0 };
  return bounded(actor, { ms: 4_000 }, async (tx) => {
    const { rows } = await tx.execute<{ verdict: keyof Reach; people: number }>(boundSql({ text, params }));
    return { ...none, ...Object.fromEntries(rows.map(({ verdict, people }) => [verdict, people])) };
  });
}
