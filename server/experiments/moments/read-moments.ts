import { type SQL, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import type { Arm } from "../statistics/means.ts";
import { type Cohort, cohortSql } from "./cohort.ts";
import { type MetricSource, outcomeSql } from "./outcome-sql.ts";

/** rate: people who did it. mean: a number per person. ratio: two sums per person, one over the other. */
export type MomentKind = "rate" | "mean" | "ratio";

/** Sums over the people of one arm who were assigned on one day of the workspace. */
export type DayMoments = {
  arm: string;
  /** "2026-11-30" */
  day: string;
  n: number;
  sum: number;
  sumSquares: number;
  over: number;
  overSquares: number;
  product: number;
};

type Row = Record<Exclude<keyof DayMoments, "arm" | "day">, string> & { arm: string; day: string };

/** Beyond the 99.9th of a hundred people, over all arms, a number counts as that one's: one giant must not decide. */
const winsorAt = 0.999;

type Asked = { source: MetricSource; kind: MomentKind; windowHours: number };

/**
 * One metric of one cohort, by arm and day of assignment, from the rows themselves: one statement, whose work grows with the people of the
 * cohort and what they got. Everybody assigned counts, also who got and did nothing.
 */
export async function readMoments(db: Queryable, cohort: Cohort, { source, kind, windowHours }: Asked) {
  const { rows } = await db.execute<Row>(sql`
    with ${cohortSql(cohort)},
    outcome as (${outcomeSql(source, cohort, windowHours)}),
    person as (select c.arm, c.at, coalesce(o.y, 0)::numeric as y, coalesce(o.d, 0)::numeric as d from cohort c left join outcome o using (contact_id)),
    counted as (select arm, (at at time zone ${cohort.timezone})::date::text as day, ${measuredBy(kind)} as y, d from person)
    select arm, day, count(*) as n, sum(y) as sum, sum(y * y) as "sumSquares", sum(d) as over, sum(d * d) as "overSquares", sum(y * d) as product
    from counted group by 1, 2 order by 1, 2`);
  return rows.map(momentsOfRow);
}

const measuredBy = (kind: MomentKind): SQL =>
  kind === "mean"
    ? sql`least(y, (select percentile_disc(${winsorAt}::float8) within group (order by y) from person))`
    : sql`y`;

const momentsOfRow = ({ arm, day, ...sums }: Row): DayMoments => ({
  arm,
  day,
  n: Number(sums.n),
  sum: Number(sums.sum),
  sumSquares: Number(sums.sumSquares),
  over: Number(sums.over),
  overSquares: Number(sums.overSquares),
  product: Number(sums.product),
});

/** The sums of an arm as the statistics take them; `until`: only who was assigned on this day or before. */
export function armOf(rows: readonly DayMoments[], kind: MomentKind, arm: string, until?: string): Arm {
  const mine = rows.filter((row) => row.arm === arm && (until === undefined || row.day <= until));
  const sumOf = (key: Exclude<keyof DayMoments, "arm" | "day">) => mine.reduce((sum, row) => sum + row[key], 0);
  const n = sumOf("n");
  switch (kind) {
    case "rate":
      return { type: "proportion", n, sum: sumOf("sum") };
    case "mean":
      return { type: "mean", n, sum: sumOf("sum"), sumSquares: sumOf("sumSquares") };
    case "ratio":
      return {
        type: "ratio",
        n,
        mSum: sumOf("sum"),
        mSumSquares: sumOf("sumSquares"),
        dSum: sumOf("over"),
        dSumSquares: sumOf("overSquares"),
        mdSum: sumOf("product"),
      };
  }
}
