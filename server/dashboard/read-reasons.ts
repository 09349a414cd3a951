import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Actor } from "#server/trpc.ts";
import { type DashboardFilter, dayRows } from "./dashboard-filter.ts";

const Row = z.object({
  /** Null where the provider says it by a code. */
  reason: z.string().nullable(),
  errorCode: z.number().nullable(),
  /** failed: the provider refused it. skipped: we held it back. unknown: nobody knows what became of it. */
  outcome: z.enum(["failed", "skipped", "unknown"]),
  messages: z.number(),
});
const Told = Row.extend({ isTold: z.boolean() });

/** Why messages of a period did not arrive, the most frequent reason first, and how many there were in all. */
export async function readReasons(actor: Actor, filter: DashboardFilter) {
  const { rows } = await actor.db.execute(sql`
    select case when error_code is null then reason end as reason, error_code as "errorCode", reason is not null as "isTold",
           case when sum(failed) > 0 then 'failed' when sum(skipped) > 0 then 'skipped' else 'unknown' end as outcome,
           sum(made)::float8 as messages
    from message_day where ${dayRows(actor, filter, filter)}
    group by 1, 2, 3 having sum(made) > 0 order by 5 desc, 1, 2`);
  const told = z.array(Told).parse(rows);
  return {
    reasons: told.flatMap(({ isTold, ...row }) => (isTold ? [row] : [])),
    made: told.reduce((sum, { messages }) => sum + messages, 0),
  };
}

export type Reasons = Awaited<ReturnType<typeof readReasons>>;
