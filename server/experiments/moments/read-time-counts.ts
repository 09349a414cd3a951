import { type SQL, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import type { TimeCount } from "../statistics/survival.ts";
import { type Cohort, cohortSql } from "./cohort.ts";
import { type MetricSource, outcomeSql } from "./outcome-sql.ts";

/** People of an arm to whom it happened, or who were last seen without it, so many hours after their assignment. */
export type ArmTime = TimeCount & { arm: string };

type Asked = { source: MetricSource; windowHours: number; now: Date };
type Row = { arm: string; time: number; did: boolean; people: string };

/** No window is told in more steps: seven days in minutes. */
const mostSteps = 10_080;

/**
 * How long everybody assigned took to do something, or has had without doing it, counted by whole steps of the window: one statement, one
 * row per step and arm. Also whose window is open counts, up to now. Of a step that has only begun nothing is told of anybody: who did it
 * in there would stand against people who have not had it.
 */
export async function readTimeCounts(
  db: Queryable,
  cohort: Cohort,
  { source, windowHours, now }: Asked,
): Promise<ArmTime[]> {
  const all = { ...cohort, until: now };
  const steps = Math.min(mostSteps, windowHours * 60);
  const stepSeconds = (windowHours * 3600) / steps;
  // A moment at the very end of a step belongs to the next one, also where a fraction of a second was rounded.
  const stepsOf = (what: SQL) => sql`floor(extract(epoch from ${what}) / ${stepSeconds}::float8 + 1e-9)::integer`;
  const { rows } = await db.execute<Row>(sql`
    with ${cohortSql(all)}, outcome as (${outcomeSql(source, all, windowHours)}),
    person as (
      select c.arm, ${stepsOf(sql`o.at - c.at`)} + 1 as took,
             ${stepsOf(sql`least(${now.toISOString()}::timestamptz - c.at, ${`${windowHours} hours`}::interval)`)} as had
      from cohort c left join outcome o using (contact_id)
    )
    select arm, case when took <= had then took else had end as time, coalesce(took <= had, false) as did, count(*) as people
    from person group by 1, 2, 3 order by 1, 2, 3`);
  return rows.map(({ arm, time, did, people }) => ({
    arm,
    time: (time / steps) * windowHours,
    events: did ? Number(people) : 0,
    censored: did ? 0 : Number(people),
  }));
}
