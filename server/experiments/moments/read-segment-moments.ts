import { setImmediate } from "node:timers/promises";
import { type SQL, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { countryByCode, countryOfPhone, tellingLength } from "#server/country-of-phone.ts";
import { type Cohort, cohortSql } from "./cohort.ts";
import { firstNumberSql } from "./first-number-sql.ts";
import { type MetricSource, outcomeSql } from "./outcome-sql.ts";
import { type DayMoments, type MomentKind, type MomentRow, measuredBy, momentsOfRow } from "./read-moments.ts";

/**
 * By what the people of an experiment are parted. language and country are the person's own, as they are now; number is the one that the
 * first message to them left by.
 */
export const partings = ["language", "country", "number"] as const;
export type Parting = (typeof partings)[number];

/** Sums over the people of one arm and segment who were drawn by the same weights; their days are not told apart. */
export type SegmentMoments = DayMoments & {
  by: Parting;
  /** "es", "CO", the number's id; null: nothing is known. */
  segment: string | null;
  version_id: string;
  weights_id: string | null;
};

type Asked = { source: MetricSource; kind: MomentKind; windowHours: number };
type Row = MomentRow & Pick<SegmentMoments, "by" | "segment" | "version_id" | "weights_id">;

/**
 * One metric of one cohort by arm and segment, for every parting at once: the people are gone through a single time, and summed by each
 * (grouping sets), so that another parting costs no other pass. Giants count as in the whole.
 */
export async function readSegmentMoments(
  db: Queryable,
  cohort: Cohort,
  { source, kind, windowHours }: Asked,
): Promise<SegmentMoments[]> {
  const shared = await readSharedCodes(db, cohort);
  const weighed = sql`arm, version_id, weights_id`;
  const { rows } = await db.execute<Row>(sql`
    with ${cohortSql(cohort)},
    outcome as (${outcomeSql(source, cohort, windowHours)}),
    ${firstNumberSql(cohort)},
    told as (
      select * from unnest(${sql.param([...shared.keys()])}::text[], ${sql.param([...shared.values()])}::text[]) as t(beginning, country)
    ),
    person as (
      select c.arm, a.version_id, a.weights_id, coalesce(o.y, 0)::numeric as y, coalesce(o.d, 0)::numeric as d,
             ${languageOf} as language, coalesce(${countryOfCode}, t.country) as country, f.channel_id::text as number
      from cohort c
      join assignment a on a.experiment_id = ${cohort.experimentId} and a.contact_id = c.contact_id
      left join contact p on p.id = c.contact_id
      left join told t on t.beginning = ${beginningOf}
      left join outcome o on o.contact_id = c.contact_id
      left join first_sent f on f.contact_id = c.contact_id
    ),
    counted as (select ${weighed}, language, country, number, ${measuredBy(kind, sql`y`)} as y, d from person)
    select arm, version_id, weights_id, '' as day,
           case when grouping(language) = 0 then 'language' when grouping(country) = 0 then 'country' else 'number' end as by,
           case when grouping(language) = 0 then language when grouping(country) = 0 then country else number end as segment,
           count(*) as n, sum(y) as sum, sum(y * y) as "sumSquares", sum(d) as over, sum(d * d) as "overSquares", sum(y * d) as product,
           0 as before, 0 as "beforeSquares", 0 as "beforeProduct"
    from counted group by grouping sets ((${weighed}, language), (${weighed}, country), (${weighed}, number))
    order by 5, 6, 1`);
  return rows.map(({ by, segment, version_id, weights_id, ...sums }) => ({
    ...momentsOfRow(sums),
    ...{ by, segment, version_id, weights_id },
  }));
}

/** "pt_BR" and "pt" are one language to whoever reads a message. */
const languageOf: SQL = sql`nullif(lower(split_part(replace(p.locale, '-', '_'), '_', 1)), '')`;

const codes: SQL = sql`${JSON.stringify(countryByCode)}::jsonb`;
/** By the calling code, where one country has it alone. No calling code begins with another. */
const countryOfCode: SQL = sql`coalesce(${codes} ->> substr(p.phone, 2, 2), ${codes} ->> substr(p.phone, 2, 3), ${codes} ->> substr(p.phone, 2, 1))`;
/** As much of a number as tells countries apart that share a calling code. */
const beginningOf: SQL = sql`left(p.phone, ${sql.raw(`${tellingLength}`)}) || ' ' || length(p.phone)`;

/** Reading a number takes long enough that thousands in one go would be felt by everybody else. */
const readAtOnce = 200;

/** The country of every beginning among people whose calling code several countries share (+1, +7, +44 ...). */
async function readSharedCodes(db: Queryable, cohort: Cohort): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.execute<{ beginning: string; phone: string }>(sql`
    with ${cohortSql(cohort)}
    select ${beginningOf} as beginning, min(p.phone) as phone
    from cohort c join contact p on p.id = c.contact_id
    where p.phone is not null and ${countryOfCode} is null
    group by 1`);
  const told = new Map<string, string>();
  for (const [at, { beginning, phone }] of rows.entries()) {
    if (at % readAtOnce === 0) await setImmediate();
    const country = countryOfPhone(phone);
    if (country) told.set(beginning, country);
  }
  return told;
}
