import { sql } from "drizzle-orm";
import { z } from "zod";
import { type DashboardFilter, dayRows, daysOf, type Period, periodBefore, type Reader } from "./dashboard-filter.ts";
import { addSums, inCurrency, orderCurrencies, type Sums, SumsRow, summed } from "./sums.ts";

const Row = SumsRow.extend({ day: z.string() });
export type DaySums = Sums & { day: string };

/** Every day's sums of a period and of as many days before it, in order. Money is that in the first of each list of currencies. */
export async function readDays(reader: Reader, filter: DashboardFilter) {
  const before = periodBefore(filter);
  const whole = { from: before.from, until: filter.until };
  const { rows } = await reader.db.execute(sql`
    select day::text as day, currency, ${summed} from message_day
    where ${dayRows(reader, filter, whole)} group by day, currency`);
  const all = z.array(Row).parse(rows);
  const currencies = orderCurrencies(all);
  const first = { cost: currencies.cost[0] ?? null, value: currencies.value[0] ?? null };
  const byDay = Map.groupBy(inCurrency(all, first), ({ day }) => day);
  const sumsOf = (period: Period): DaySums[] =>
    daysOf(period).map((day) => ({ ...addSums(byDay.get(day) ?? []), day }));
  return { currencies, before, days: sumsOf(filter), daysBefore: sumsOf(before) };
}
