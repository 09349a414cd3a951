import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { type Cohort, cohortSql, within } from "./cohort.ts";
import { type MetricSource, messagesOf, moments, outcomeSql } from "./outcome-sql.ts";

export type FunnelStep = "assigned" | "sent" | "delivered" | "read" | "clicked" | "replied" | "tapped" | "reached";
export type FunnelRow = { arm: string } & Record<FunnelStep, number>;

type Asked = { source: MetricSource; windowHours: number };

/** How far the people of each arm came, each counted once; `reached` is the primary metric. All over the people assigned. */
export async function readFunnel(db: Queryable, cohort: Cohort, { source, windowHours }: Asked): Promise<FunnelRow[]> {
  const did = (moment: ReturnType<typeof sql>) => sql`bool_or(${within(moment, windowHours)})`;
  const { rows } = await db.execute<{ arm: string } & Record<FunnelStep, string>>(sql`
    with ${cohortSql(cohort)},
    told as (
      select c.contact_id, ${did(moments.sent)} as sent, ${did(moments.delivered)} as delivered, ${did(moments.read)} as read,
             ${did(moments.click)} as clicked, ${did(moments.reply)} as replied, ${did(moments.button)} as tapped
      ${messagesOf(cohort)} group by 1
    ),
    outcome as (${outcomeSql(source, cohort, windowHours)})
    select c.arm, count(*) as assigned, count(*) filter (where t.sent) as sent, count(*) filter (where t.delivered) as delivered,
           count(*) filter (where t.read) as read, count(*) filter (where t.clicked) as clicked,
           count(*) filter (where t.replied) as replied,
           count(*) filter (where t.tapped) as tapped, count(o.contact_id) as reached
    from cohort c left join told t using (contact_id) left join outcome o using (contact_id)
    group by 1`);
  return rows.map(({ arm, ...counts }) => ({
    arm,
    assigned: Number(counts.assigned),
    sent: Number(counts.sent),
    delivered: Number(counts.delivered),
    read: Number(counts.read),
    clicked: Number(counts.clicked),
    replied: Number(counts.replied),
    tapped: Number(counts.tapped),
    reached: Number(counts.reached),
  }));
}

export type TroubleRow = { arm: string; status: "failed" | "skipped" | "unknown"; reason: string; people: number };

/** Why messages did not arrive: people of each arm by status and reason, most first. */
export async function readTroubles(db: Queryable, cohort: Cohort, windowHours: number): Promise<TroubleRow[]> {
  const { rows } = await db.execute<Omit<TroubleRow, "people"> & { people: string }>(sql`
    with ${cohortSql(cohort)}
    select c.arm, m.status, coalesce(m.reason, '') as reason, count(distinct c.contact_id) as people
    ${messagesOf(cohort)} and m.status in ('failed', 'skipped', 'unknown') and ${within(sql`m.created_at`, windowHours)}
    group by 1, 2, 3 order by 4 desc, 2, 3`);
  return rows.map((row) => ({ ...row, people: Number(row.people) }));
}
