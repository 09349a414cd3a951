import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Measure, measures } from "#flow/metric.ts";
import { microsPerMinor } from "#flow/minor-units.ts";

type Counts = Record<Measure, number>;

/** How many messages came to what, what those that arrived have cost and what goals were worth, in millionths of one currency each. */
export type Sums = Counts & { costMicros: number; valueMicros: number };

const columnOf = (measure: Measure): string => (measure === "optedOut" ? "opted_out" : measure);

/** The measures of `message_day` added up, as columns named after them. */
export const summed = sql.raw(
  [
    ...measures.map((measure) => `coalesce(sum(${columnOf(measure)}), 0)::float8 as "${measure}"`),
    `coalesce(sum(cost_micros), 0)::float8 as "costMicros"`,
    `coalesce(sum(value_minor), 0)::float8 as "valueMinor"`,
  ].join(", "),
);

const amount = z.number();
const Counts = z.object(
  Object.fromEntries(measures.map((measure) => [measure, amount])) as Record<Measure, typeof amount>,
);

/** What `summed` answers for one currency. */
export const SumsRow = Counts.extend({ costMicros: amount, valueMinor: amount, currency: z.string().nullable() });
type Told = z.output<typeof SumsRow>;

/** A measure's column, for a condition. */
export const measureColumn = (measure: Measure) => sql.raw(columnOf(measure));

const summedNames = [...measures, "costMicros", "valueMicros"] as const;

export const noSums: Sums = {
  ...Counts.parse(Object.fromEntries(measures.map((measure) => [measure, 0]))),
  costMicros: 0,
  valueMicros: 0,
};

export function addSums(all: readonly Sums[]): Sums {
  const total = { ...noSums };
  for (const sums of all) for (const name of summedNames) total[name] += sums[name];
  return total;
}

/** Of which currency the sums of money are; null: there are none. */
export type Currencies = { cost: string | null; value: string | null };

/**
 * In which currencies messages were paid, and what goals were worth was told: the one of most cost, and of most goals, first. Sums are
 * never made across them.
 */
export const orderCurrencies = (rows: readonly Told[]): { cost: string[]; value: string[] } => ({
  cost: orderedBy(rows, ({ costMicros }) => costMicros),
  value: orderedBy(rows, ({ valued }) => valued),
});

function orderedBy(rows: readonly Told[], weightOf: (row: Told) => number): string[] {
  const weights = new Map<string, number>();
  for (const row of rows) {
    const weight = weightOf(row);
    if (row.currency !== null && weight > 0) weights.set(row.currency, (weights.get(row.currency) ?? 0) + weight);
  }
  return [...weights.keys()].toSorted((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0) || a.localeCompare(b));
}

/** The same rows with their money in these currencies alone. */
export const inCurrency = <Row extends Told>(rows: readonly Row[], { cost, value }: Currencies): (Row & Sums)[] =>
  rows.map((row) => ({
    ...row,
    costMicros: row.currency === cost ? row.costMicros : 0,
    valueMicros: value !== null && row.currency === value ? row.valueMinor * microsPerMinor(value) : 0,
  }));
