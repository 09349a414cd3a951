import { sql } from "drizzle-orm";
import { z } from "zod";
import { microsPerMinor } from "#flow/minor-units.ts";
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
  const values = valuesOf(
    all.filter(({ day }) => day >= filter.from),
    currencies.value,
  );
  return { currencies, values, before, days: sumsOf(filter), daysBefore: sumsOf(before) };
}

/** What goals were worth in each currency, and how many of them told it. */
function valuesOf(rows: readonly z.output<typeof Row>[], currencies: readonly string[]) {
  return currencies.flatMap((currency) => {
    const told = rows.filter((row) => row.currency === currency);
    const valued = told.reduce((sum, row) => sum + row.valued, 0);
    const minor = told.reduce((sum, row) => sum + row.valueMinor, 0);
    return valued === 0 ? [] : [{ currency, valued, amountMicros: minor * microsPerMinor(currency) }];
  });
}
