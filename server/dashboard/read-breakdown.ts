import { inArray, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { channel, flow } from "#db/schema/index.ts";
import type { Actor } from "#server/trpc.ts";
import { DashboardFilter, dayRows, daysOf, periodBefore } from "./dashboard-filter.ts";
import { type Judged, judgeMetric } from "./judge-metric.ts";
import { addSums, inCurrency, orderCurrencies, type Sums, SumsRow, summed } from "./sums.ts";
import { thinDays } from "./thin-days.ts";

/** What the messages of a period can be told apart by. */
export const breakdowns = ["flow", "template", "language", "country", "channel"] as const;
type Breakdown = (typeof breakdowns)[number];

export const ReadBreakdown = DashboardFilter.safeExtend({ by: z.enum(breakdowns) });

const columns: Record<Breakdown, SQL> = {
  flow: sql`flow_id::text`,
  template: sql`template`,
  language: sql`language`,
  country: sql`country`,
  channel: sql`channel_id::text`,
};

const Row = SumsRow.extend({ id: z.string().nullable(), day: z.string(), currency: z.string().nullable() });

export type BreakdownRow = {
  /** Null: messages without one, such as those of no flow. */
  id: string | null;
  /** Null: it needs none (a language, a country, a template), or is gone. */
  name: string | null;
  sums: Sums;
  conversion: Judged;
  cost: Judged;
  /** Converted messages of each hundred sent, by day of the period; null: too few were sent. */
  course: (number | null)[];
};

/** The same numbers for each flow, template, language, country or number, most messages first. */
export async function readBreakdown(
  actor: Actor,
  { by, ...filter }: z.output<typeof ReadBreakdown>,
): Promise<BreakdownRow[]> {
  const before = periodBefore(filter);
  const whole = { from: before.from, until: filter.until };
  const { rows } = await actor.db.execute(sql`
    select ${columns[by]} as id, day::text as day, currency, ${summed} from message_day
    where ${dayRows(actor, filter, whole)} and made > 0 group by 1, 2, 3`);
  const paid = z.array(Row).parse(rows);
  const all = inCurrency(paid, orderCurrencies(paid)[0] ?? null);
  const groups = Map.groupBy(all, ({ id }) => id);
  const names = await readNames(
    actor,
    by,
    [...groups.keys()].flatMap((id) => id ?? []),
  );
  const days = daysOf(filter);
  return [...groups]
    .map(([id, mine]): BreakdownRow => {
      const now = addSums(mine.filter(({ day }) => day >= filter.from));
      const earlier = addSums(mine.filter(({ day }) => day < filter.from));
      const byDay = Map.groupBy(mine, ({ day }) => day);
      return {
        id,
        name: names.get(id ?? "") ?? null,
        sums: now,
        conversion: judgeMetric("conversion", now, earlier),
        cost: judgeMetric("cost-per-conversion", now, earlier),
        course: courseOf(days.map((day) => addSums(byDay.get(day) ?? []))),
      };
    })
    .filter(({ sums }) => sums.made > 0)
    .toSorted((a, b) => b.sums.sent - a.sums.sent || String(a.id).localeCompare(String(b.id)));
}

function courseOf(days: readonly Sums[]): (number | null)[] {
  const isThin = thinDays(days, ({ sent }) => sent);
  return days.map((day) => (day.sent === 0 || isThin(day) ? null : day.converted / day.sent));
}

async function readNames({ db }: Actor, by: Breakdown, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0 || (by !== "flow" && by !== "channel")) return new Map();
  const table = by === "flow" ? flow : channel;
  const rows = await db.select({ id: table.id, name: table.name }).from(table).where(inArray(table.id, ids));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
