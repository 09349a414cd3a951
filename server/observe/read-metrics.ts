import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import type { MetricFamily, Sample } from "./exposition.ts";
import { type Family, families } from "./metric-queries.ts";

/**
 * What the database knows of the engine, as Prometheus families. All figures that must not go back (messages, waits) are sums kept in
 * the database, so they survive every process. Labels carry ids, lanes and names of workers, tables and states: nothing of a customer.
 */
export async function readMetrics(db: Database, now: Date): Promise<MetricFamily[]> {
  const read = families(now.toISOString()).map(async (family) => {
    const { rows } = await db.execute(family.query);
    return familiesOf(family, rows);
  });
  return (await Promise.all(read)).flat();
}

const Row = z.record(z.string(), z.unknown());

/** Each row gives one sample to each of its query's families; label columns are those that no family names. */
function familiesOf({ gives, histogram }: Family, rows: readonly unknown[]): MetricFamily[] {
  const parsed = rows.map((row) => Row.parse(row));
  const own = new Set([...gives.map((give) => give.column), ...(histogram ? ["buckets", "total", "count"] : [])]);
  const labelsOf = (row: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(row).flatMap(([key, text]) => (own.has(key) ? [] : [[key, String(text)]])));
  const simple = gives.map(({ column, ...family }) => ({
    ...family,
    samples: parsed.flatMap((row): Sample[] =>
      row[column] === null ? [] : [{ labels: labelsOf(row), value: Number(row[column]) }],
    ),
  }));
  if (!histogram) return simple;
  const samples = parsed.flatMap((row) => histogramSamples(row, labelsOf(row)));
  return [...simple, { ...histogram, type: "histogram", samples }];
}

const Buckets = z.array(z.coerce.number());

/** `buckets[n]` counts up to 2^n milliseconds; Prometheus wants seconds and running sums. */
function histogramSamples(row: Record<string, unknown>, labels: Record<string, string>): Sample[] {
  let sum = 0;
  const counts = Buckets.parse(row.buckets);
  const bounded = counts.slice(0, -1).map((count, index): Sample => {
    sum += count;
    return { suffix: "_bucket", labels: { ...labels, le: String(2 ** index / 1000) }, value: sum };
  });
  const count = Number(row.count);
  return [
    ...bounded,
    { suffix: "_bucket", labels: { ...labels, le: "+Inf" }, value: count },
    { suffix: "_sum", labels, value: Number(row.total) / 1000 },
    { suffix: "_count", labels, value: count },
  ];
}

/** How long the database took to tell all this: a scrape that becomes slow is itself a sign. */
export async function timed<Result>(work: () => Promise<Result>): Promise<{ result: Result; seconds: number }> {
  const start = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - start) / 1000 };
}

/** One when the database answers. */
export const isThere = (db: Database): Promise<boolean> =>
  db.execute(sql`select 1`).then(
    () => true,
    () => false,
  );
