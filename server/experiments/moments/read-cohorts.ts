import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { type Cohort, cohortSql } from "./cohort.ts";
import { type MetricSource, outcomeSql } from "./outcome-sql.ts";

/** People assigned in one week (its Monday, in the workspace's zone) and arm: how many, and how many did it by each whole day after. */
export type CohortRow = {
  arm: string;
  week: string;
  people: number;
  /** Whole days that everybody of the week has had by now; what is later is still open. */
  maturedDays: number;
  /** Added up: `byDay[3]` did it within their first four days. */
  byDay: number[];
};

type Asked = { source: MetricSource; windowHours: number; now: Date };
type Row = { arm: string; week: string; lag: number | null; people: string; youngest: Date | string };

const dayMs = 86_400_000;

/** All people of the experiment, also those whose window is open: their cells say so. */
export async function readCohorts(
  db: Queryable,
  cohort: Cohort,
  { source, windowHours, now }: Asked,
): Promise<CohortRow[]> {
  const all = { ...cohort, until: now };
  const { rows } = await db.execute<Row>(sql`
    with ${cohortSql(all)}, outcome as (${outcomeSql(source, all, windowHours)}),
    person as (
      select c.arm, date_trunc('week', c.at at time zone ${cohort.timezone})::date::text as week, c.at,
             floor(extract(epoch from o.at - c.at) / 86400)::integer as lag
      from cohort c left join outcome o using (contact_id)
    )
    select arm, week, lag, count(*) as people, max(max(at)) over (partition by arm, week) as youngest
    from person group by 1, 2, 3 order by 2, 1, 3`);
  const days = Math.max(1, Math.ceil(windowHours / 24));
  const groups = Map.groupBy(rows, ({ arm, week }) => `${week} ${arm}`);
  return [...groups.values()].map((group) => cohortOf(group, days, now));
}

function cohortOf(rows: readonly Row[], days: number, now: Date): CohortRow {
  const [first] = rows;
  const people = rows.reduce((sum, row) => sum + Number(row.people), 0);
  const age = now.getTime() - new Date(first?.youngest ?? now).getTime();
  const byDay = Array.from({ length: days }, (_, day) =>
    rows.reduce((sum, { lag, people: n }) => (lag !== null && lag <= day ? sum + Number(n) : sum), 0),
  );
  return {
    arm: first?.arm ?? "",
    week: first?.week ?? "",
    people,
    maturedDays: Math.min(days, Math.max(0, Math.floor(age / dayMs))),
    byDay,
  };
}
