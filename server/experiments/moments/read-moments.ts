import { type SQL, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import type { Arm, CupedArm } from "../statistics/means.ts";
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
  /** The same measure of the days before the assignment, and times what came after; 0 where it was not asked for. */
  before: number;
  beforeSquares: number;
  beforeProduct: number;
};

export type MomentRow = Record<Summed, string> & { arm: string; day: string };

/** Beyond the 99.9th of a hundred people, over all arms, a number counts as that one's: one giant must not decide. */
const winsorAt = 0.999;

type Asked = { source: MetricSource; kind: MomentKind; windowHours: number; hasBefore?: boolean };

/**
 * One metric of one cohort, by arm and day of assignment, from the rows themselves: one statement, whose work grows with the people of the
 * cohort and what they got. Everybody assigned counts, also who got and did nothing.
 */
export async function readMoments(db: Queryable, cohort: Cohort, asked: Asked) {
  const { source, kind, windowHours } = asked;
  // Of a quotient no measure from before is taken: most people had nothing that it is divided by.
  const hasBefore = asked.hasBefore && kind !== "ratio";
  const earlier = hasBefore ? sql`, earlier as (${outcomeSql(source, cohort, "before")})` : sql``;
  const { rows } = await db.execute<MomentRow>(sql`
    with ${cohortSql(cohort)},
    outcome as (${outcomeSql(source, cohort, windowHours)}) ${earlier},
    person as (
      select c.arm, c.at, coalesce(o.y, 0)::numeric as y, coalesce(o.d, 0)::numeric as d, ${hasBefore ? sql`coalesce(e.y, 0)::numeric` : sql`0`} as x
      from cohort c left join outcome o using (contact_id) ${hasBefore ? sql`left join earlier e using (contact_id)` : sql``}
    ),
    counted as (
      select arm, (at at time zone ${cohort.timezone})::date::text as day, ${measuredBy(kind, sql`y`)} as y, d, ${hasBefore ? measuredBy(kind, sql`x`) : sql`x`} as x
      from person
    )
    select arm, day, count(*) as n, sum(y) as sum, sum(y * y) as "sumSquares", sum(d) as over, sum(d * d) as "overSquares", sum(y * d) as product,
           sum(x) as before, sum(x * x) as "beforeSquares", sum(x * y) as "beforeProduct"
    from counted group by 1, 2 order by 1, 2`);
  return rows.map(momentsOfRow);
}

/** What of a person is summed: all of it, or of a mean what is not beyond the giants of `person`. */
export const measuredBy = (kind: MomentKind, what: SQL): SQL =>
  kind === "mean"
    ? sql`least(${what}, (select percentile_disc(${winsorAt}::float8) within group (order by ${what}) from person))`
    : what;

export const momentsOfRow = ({ arm, day, ...sums }: MomentRow): DayMoments => ({
  arm,
  day,
  n: Number(sums.n),
  sum: Number(sums.sum),
  sumSquares: Number(sums.sumSquares),
  over: Number(sums.over),
  overSquares: Number(sums.overSquares),
  product: Number(sums.product),
  before: Number(sums.before),
  beforeSquares: Number(sums.beforeSquares),
  beforeProduct: Number(sums.beforeProduct),
});

type Summed = Exclude<keyof DayMoments, "arm" | "day">;

const addUp = (rows: readonly DayMoments[], key: Summed): number => rows.reduce((total, row) => total + row[key], 0);

/** The same sums beside those of the days before, as CUPED takes them; null for a quotient. */
export function cupedArmOf(rows: readonly DayMoments[], kind: MomentKind, arm: string): CupedArm | null {
  if (kind === "ratio") return null;
  const mine = rows.filter((row) => row.arm === arm);
  return {
    type: "cuped",
    base: kind === "rate" ? "proportion" : "mean",
    n: addUp(mine, "n"),
    postSum: addUp(mine, "sum"),
    postSumSquares: addUp(mine, "sumSquares"),
    preSum: addUp(mine, "before"),
    preSumSquares: addUp(mine, "beforeSquares"),
    postPreSum: addUp(mine, "beforeProduct"),
  };
}

/** The sums of an arm as the statistics take them; `until`: only who was assigned on this day or before. */
export function armOf(rows: readonly DayMoments[], kind: MomentKind, arm: string, until?: string): Arm {
  const mine = rows.filter((row) => row.arm === arm && (until === undefined || row.day <= until));
  const sumOf = (key: Summed) => addUp(mine, key);
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
