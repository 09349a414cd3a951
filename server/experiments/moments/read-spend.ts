import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { type Cohort, cohortSql } from "./cohort.ts";
import { currencySql, outcomeSql } from "./outcome-sql.ts";

/** What the messages to the people of an arm cost within their window, in millionths; null: nothing is known of any price. */
export async function readSpend(
  db: Queryable,
  cohort: Cohort,
  { arm, windowHours }: { arm: string; windowHours: number },
): Promise<{ amountMicros: number; currency: string } | null> {
  const { rows } = await db.execute<{ micros: string | null; currency: string | null }>(sql`
    with ${cohortSql(cohort)}, outcome as (${outcomeSql("cost", cohort, windowHours)})
    select sum(o.y) as micros, ${currencySql(cohort)} as currency
    from cohort c join outcome o using (contact_id) where c.arm = ${arm}`);
  const [spent] = rows;
  return spent?.micros && spent.currency ? { amountMicros: Number(spent.micros), currency: spent.currency } : null;
}
