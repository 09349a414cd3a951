import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Actor } from "#server/trpc.ts";
import { lanes } from "./lanes.ts";

const Unknown = z.object({
  id: z.string(),
  flowId: z.string().nullable(),
  flowName: z.string().nullable(),
  lane: z.number().transform((lane) => lanes[lane]?.name ?? "marketing"),
  /** timed-out, cut, server-error, worker-lost or other. */
  cause: z.enum(["timed-out", "cut", "server-error", "worker-lost", "other"]),
  ageMs: z.coerce.number(),
  /** After the wait for a status it is sent once more and flagged; else it stays unknown. */
  isResent: z.boolean(),
  leftMs: z.coerce.number(),
});
export type UnknownOutcome = z.infer<typeof Unknown>;

const Total = z.object({ total: z.coerce.number() });

/** As many as a person would read. */
const mostRows = 50;

/** Messages whose call ended without a valid answer and that wait for a status of the provider, the most urgent first. */
export async function readUnknowns({ db, clock, session }: Actor): Promise<{ total: number; rows: UnknownOutcome[] }> {
  const { workspaceId } = session;
  const now = clock.now().toISOString();
  const [rows, totals] = await Promise.all([
    db.execute(sql`
      select o.message_id as id, f.id as "flowId", f.name as "flowName", o.lane,
        case
          when m.error_detail is null then 'worker-lost'
          when m.error_detail ~* 'time.?out|timed out|aborted' then 'timed-out'
          when m.error_detail ~* 'reset|closed|socket|hang up|terminated|refused|EPIPE' then 'cut'
          when m.error_detail ~* '(http|status|answered) ?5|\\y5\\d\\d\\y' then 'server-error'
          else 'other' end as cause,
        extract(epoch from ${now}::timestamptz - m.created_at) * 1000 as "ageMs",
        o.lane <= 1 and o.attempts < 3 as "isResent",
        greatest(0, extract(epoch from o.lease_until - now()) * 1000) as "leftMs"
      from outbox o join message m on m.id = o.message_id left join flow f on f.id = m.flow_id
      where o.status = 'unknown' and o.workspace_id = ${workspaceId}
      order by o.lane, o.lease_until limit ${mostRows}`),
    db.execute(sql`select count(*) as total from outbox where status = 'unknown' and workspace_id = ${workspaceId}`),
  ]);
  return { total: Total.parse(totals.rows[0]).total, rows: z.array(Unknown).parse(rows.rows) };
}
