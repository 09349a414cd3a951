import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Measure, measures } from "#flow/metric.ts";

/** How many messages came to what, and what those that arrived have cost, in millionths. */
export type Sums = Record<Measure, number> & { costMicros: number };

const columnOf = (measure: Measure): string => (measure === "optedOut" ? "opted_out" : measure);

/** The measures of `message_day` added up, as columns named after them. */
export const summed = sql.raw(
  [
    ...measures.map((measure) => `coalesce(sum(${columnOf(measure)}), 0)::float8 as "${measure}"`),
    `coalesce(sum(cost_micros), 0)::float8 as "costMicros"`,
  ].join(", "),
);

const amount = z.number();
export const SumsRow = z.object({
  ...(Object.fromEntries(measures.map((measure) => [measure, amount])) as Record<Measure, typeof amount>),
  costMicros: amount,
});

/** A measure's column, for a condition. */
export const measureColumn = (measure: Measure) => sql.raw(columnOf(measure));

export const noSums: Sums = SumsRow.parse({
  ...Object.fromEntries(measures.map((measure) => [measure, 0])),
  costMicros: 0,
});

export function addSums(all: readonly Sums[]): Sums {
  const total = { ...noSums };
  for (const sums of all) for (const name of [...measures, "costMicros"] as const) total[name] += sums[name];
  return total;
}

type Paid = Sums & { currency: string | null };

/** In which currencies messages were paid, the one that most was paid in first: sums are never made across them. */
export function orderCurrencies(rows: readonly Paid[]): string[] {
  const paid = Map.groupBy(
    rows.filter(({ costMicros }) => costMicros > 0),
    ({ currency }) => currency ?? "",
  );
  const total = (currency: string) => (paid.get(currency) ?? []).reduce((sum, { costMicros }) => sum + costMicros, 0);
  return [...paid.keys()].toSorted((a, b) => total(b) - total(a) || a.localeCompare(b));
}

/** The same rows without the costs in other currencies. */
export const inCurrency = <Row extends Paid>(rows: readonly Row[], currency: string | null): Row[] =>
  rows.map((row) => (row.currency === currency ? row : { ...row, costMicros: 0 }));
