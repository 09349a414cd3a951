import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Actor } from "#server/trpc.ts";
import { DashboardFilter, dayRows, daysOf, periodBefore } from "./dashboard-filter.ts";
import { type Judged, judgeMetric } from "./judge-metric.ts";
import { nameGroups } from "./name-groups.ts";
import { addSums, inCurrency, orderCurrencies, type Sums, SumsRow, summed } from "./sums.ts";
import { thinDays } from "./thin-days.ts";

/** What the messages of a period can be told apart by. */
export const breakdowns = ["flow", "step", "version", "template", "language", "country", "channel"] as const;
type Breakdown = (typeof breakdowns)[number];

/** Ids of steps and versions are a flow's own: they are told apart within one. */
export const namesItsFlow = ({ by, flowId }: { by: string; flowId?: string | undefined }): boolean =>
  flowId !== undefined || (by !== "step" && by !== "version");

export const ReadBreakdown = DashboardFilter.safeExtend({ by: z.enum(breakdowns) }).refine(namesItsFlow, {
  error: "Steps and versions are told apart within one flow",
  path: ["by"],
});

const columns: Record<Breakdown, SQL> = {
  flow: sql`flow_id`,
  step: sql`node_id`,
  version: sql`version_id`,
  template: sql`template`,
  language: sql`language`,
  country: sql`country`,
  channel: sql`channel_id`,
};

const Row = SumsRow.extend({ id: z.string().nullable(), day: z.string() });

export type BreakdownRow = {
  /** Null: messages without one, such as those of no flow. */
  id: string | null;
  /** Null: it needs none (a language, a country, a template), has none of its own (a step), or is gone. Of a version its number. */
  name: string | null;
  /** Of a step: what type it is, where it is known. */
  nodeType: string | null;
  sums: Sums;
  conversion: Judged;
  cost: Judged;
  /** Converted messages of each hundred sent, by day of the period; null: too few were sent. */
  course: (number | null)[];
};

/** The same numbers for each flow, step, version, template, language, country or number, most messages first. */
export const readBreakdown = async (actor: Actor, asked: z.output<typeof ReadBreakdown>): Promise<BreakdownRow[]> =>
  (await readGroups(actor, asked)).rows;

/** The same, with the currencies that its money is in. */
export async function readGroups(
  actor: Actor,
  { by, ...filter }: z.output<typeof ReadBreakdown>,
): Promise<{ rows: BreakdownRow[]; currency: string | null; valueCurrency: string | null }> {
  const before = periodBefore(filter);
  const whole = { from: before.from, until: filter.until };
  const { rows } = await actor.db.execute(sql`
    select ${columns[by]}::text as id, day::text as day, currency, ${summed} from message_day
    where ${dayRows(actor, filter, whole)} and (made > 0 or valued > 0) group by ${columns[by]}, message_day.day, currency`);
  const told = z.array(Row).parse(rows);
  const currencies = orderCurrencies(told);
  const [currency, valueCurrency] = [currencies.cost[0] ?? null, currencies.value[0] ?? null];
  const all = inCurrency(told, { cost: currency, value: valueCurrency });
  const groups = Map.groupBy(all, ({ id }) => id);
  const ids = [...groups.keys()].flatMap((id) => id ?? []);
  const names = await nameGroups(actor, { by, ids, versions: dayRows(actor, filter, whole) });
  const days = daysOf(filter);
  const sorted = [...groups]
    .map(([id, mine]): BreakdownRow => {
      const now = addSums(mine.filter(({ day }) => day >= filter.from));
      const earlier = addSums(mine.filter(({ day }) => day < filter.from));
      const byDay = Map.groupBy(mine, ({ day }) => day);
      return {
        id,
        name: names.get(id ?? "")?.name ?? null,
        nodeType: names.get(id ?? "")?.nodeType ?? null,
        sums: now,
        conversion: judgeMetric("conversion", now, earlier),
        cost: judgeMetric("cost-per-conversion", now, earlier),
        course: courseOf(days.map((day) => addSums(byDay.get(day) ?? []))),
      };
    })
    .filter(({ sums }) => sums.made > 0)
    .toSorted((a, b) => b.sums.sent - a.sums.sent || String(a.id).localeCompare(String(b.id)));
  return { rows: sorted, currency, valueCurrency };
}

function courseOf(days: readonly Sums[]): (number | null)[] {
  const isThin = thinDays(days, ({ sent }) => sent);
  return days.map((day) => (day.sent === 0 || isThin(day) ? null : day.converted / day.sent));
}
