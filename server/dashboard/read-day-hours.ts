import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { workspace } from "#db/schema/index.ts";
import { localClock } from "#flow/local-time.ts";
import { microsPerMinor } from "#flow/minor-units.ts";
import type { Actor } from "#server/trpc.ts";
import { type DashboardFilter, hourRows, type Period, periodBefore } from "./dashboard-filter.ts";
import { noSums, type Sums, SumsRow, summed } from "./sums.ts";

const hoursOfDay = 24;
const Row = SumsRow.omit({ currency: true }).extend({ hour: z.number() });

/** A day, or one of its hours; and the sums of the same one of the period before. Null: it is yet to come. */
export type Stretch = { day: string; hour: number | null; sums: Sums | null; before: Sums | null };

/**
 * The hours of a single day by the workspace's clock, each beside the same hour of the day before. Hours do not know their currency:
 * whoever looks at money has seen that there is one only, of costs and of what goals were worth.
 */
export async function readDayHours(
  actor: Actor,
  filter: DashboardFilter,
  valueCurrency: string | null,
): Promise<Stretch[]> {
  const [now, before] = await Promise.all([
    readHourSums(actor, filter, { period: filter, valueCurrency }),
    readHourSums(actor, filter, { period: periodBefore(filter), valueCurrency }),
  ]);
  const passed = await hoursPassed(actor, filter.until);
  return Array.from({ length: hoursOfDay }, (_, hour) => ({
    day: filter.from,
    hour,
    sums: hour < passed ? (now.get(hour) ?? noSums) : null,
    before: before.get(hour) ?? noSums,
  }));
}

async function readHourSums(
  actor: Actor,
  filter: DashboardFilter,
  { period, valueCurrency }: { period: Period; valueCurrency: string | null },
): Promise<ReadonlyMap<number, Sums>> {
  const { rows } = await actor.db.execute(sql`
    select hour, ${summed} from message_hour where ${hourRows(actor, filter, period)} group by hour`);
  const each = valueCurrency === null ? 0 : microsPerMinor(valueCurrency);
  return new Map(
    z
      .array(Row)
      .parse(rows)
      .map(({ hour, valueMinor, ...counts }) => [hour, { ...counts, valueMicros: valueMinor * each }]),
  );
}

/** How many hours of a day have begun. */
async function hoursPassed({ db, session, clock }: Actor, day: string): Promise<number> {
  const [row] = await db
    .select({ zone: workspace.timezone })
    .from(workspace)
    .where(eq(workspace.id, session.workspaceId));
  const now = localClock(clock.now().getTime(), row?.zone ?? "UTC");
  return now.day > day ? hoursOfDay : now.day < day ? 0 : Number(now.time.slice(0, 2)) + 1;
}
