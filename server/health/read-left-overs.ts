import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Actor } from "#server/trpc.ts";

const Counted = z.object({ items: z.coerce.number(), lastAt: z.coerce.date().nullable() });
const FailedCall = z.object({
  flowId: z.string().nullable(),
  flowName: z.string().nullable(),
  cause: z.string(),
  items: z.coerce.number(),
  lastAt: z.coerce.date(),
});
export type LeftOvers = {
  /** Statuses for messages that are not ours, within a day. */
  orphans: z.infer<typeof Counted>;
  /** Calls of the provider that could not be understood, wholly or in part. */
  unread: z.infer<typeof Counted>;
  /** Webhook steps whose last try failed, within a day, by flow and cause. */
  failedCalls: z.infer<typeof FailedCall>[];
};

/** What came in or went out and led nowhere. Nobody has to act; somebody should know. */
export async function readLeftOvers({ db, session }: Actor): Promise<LeftOvers> {
  const { workspaceId } = session;
  const [orphans, unread, failedCalls] = await Promise.all([
    db.execute(sql`
      select count(*) as items, max(received_at) as "lastAt" from orphan_status
      where workspace_id = ${workspaceId} and received_at > now() - interval '1 day'`),
    db.execute(sql`
      select count(*) as items, max(received_at) as "lastAt" from raw_webhook
      where workspace_id = ${workspaceId} and error is not null`),
    db.execute(sql`
      with latest as (
        select enrollment_id, coalesce(error, '') as cause, created_at from webhook_call
        where workspace_id = ${workspaceId} and status = 'failed' order by id desc limit 2000
      )
      select f.id as "flowId", f.name as "flowName", latest.cause, count(*) as items, max(latest.created_at) as "lastAt"
      from latest left join enrollment e on e.id = latest.enrollment_id left join flow f on f.id = e.flow_id
      where latest.created_at > now() - interval '1 day'
      group by 1, 2, 3 order by max(latest.created_at) desc limit 10`),
  ]);
  return {
    orphans: Counted.parse(orphans.rows[0]),
    unread: Counted.parse(unread.rows[0]),
    failedCalls: z.array(FailedCall).parse(failedCalls.rows),
  };
}
