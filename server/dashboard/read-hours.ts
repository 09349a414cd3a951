import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Actor } from "#server/trpc.ts";
import { type DashboardFilter, hourRows, isHourly } from "./dashboard-filter.ts";

/** Fewer messages than this say nothing about an hour. */
export const leastInCell = 100;

const Row = z.object({ weekday: z.number(), hours: z.number(), sent: z.number(), acted: z.number() });

/** One weekday (1: Monday) and two hours (0: midnight to two) by the time at which messages left. */
export type HourCell = z.output<typeof Row>;

/**
 * When people act: clicks and answers of the messages of each weekday and two hours. Null where hours are not counted for what the
 * filter asks (a language, a number, a purpose). By day and hour first: asking each of half a million rows for its weekday took longer
 * than all the rest.
 */
export async function readHours(actor: Actor, filter: DashboardFilter): Promise<HourCell[] | null> {
  if (!isHourly(filter)) return null;
  const { rows } = await actor.db.execute(sql`
    select extract(isodow from day)::integer as weekday, hour / 2 as hours, sum(sent)::float8 as sent, sum(acted)::float8 as acted
    from (
      select day, hour, sum(sent) as sent, sum(acted) as acted from message_hour
      where ${hourRows(actor, filter, filter)} group by day, hour
    ) each
    group by 1, 2 having sum(sent) > 0 order by 1, 2`);
  return z.array(Row).parse(rows);
}
