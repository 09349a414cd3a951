export type Day = "today" | "yesterday" | Date;

type Place = { now: Date; timeZone: string };

/** Rows, newest first, under the day on which they happened in this zone. */
export function groupByDay<Row extends { at: Date }>(
  rows: readonly Row[],
  { now, timeZone }: Place,
): { day: Day; rows: Row[] }[] {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
  const today = daysSinceEpoch(format, now);
  const groups = Map.groupBy(rows, ({ at }) => Math.min(today, daysSinceEpoch(format, at)));
  return [...groups].map(([date, own]) => {
    const [first] = own;
    return { day: date === today ? "today" : date === today - 1 ? "yesterday" : (first?.at ?? now), rows: own };
  });
}

const daysSinceEpoch = (format: Intl.DateTimeFormat, date: Date): number =>
  Math.round(Date.parse(`${format.format(date)}T00:00:00Z`) / 86_400_000);
