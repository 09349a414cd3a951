import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Actor } from "#server/trpc.ts";

const Overview = z.object({
  activeFlows: z.coerce.number(),
  draftFlows: z.coerce.number(),
  sentToday: z.coerce.number(),
  receivedToday: z.coerce.number(),
  heldBackToday: z.coerce.number(),
  waitingPeople: z.coerce.number(),
  nextWakeAt: z.coerce.date().nullable(),
  openHandOffs: z.coerce.number(),
  urgentHandOffs: z.coerce.number(),
});
export type Overview = z.infer<typeof Overview>;

/** What is happening now. "Today" began at midnight in the workspace's zone, by the product's clock. */
export async function readOverview({ db, clock, session }: Actor): Promise<Overview> {
  const now = clock.now().toISOString();
  const { rows } = await db.execute(sql`
    with mine as (
      select id, (date_trunc('day', ${now}::timestamptz at time zone timezone) at time zone timezone) as midnight
        from workspace where id = ${session.workspaceId}
    ), today as (
      select
        count(*) filter (where direction = 'outbound' and status in ('sent', 'delivered', 'read')) as sent,
        count(*) filter (where direction = 'inbound') as received,
        count(*) filter (where status in ('skipped', 'failed', 'unknown')) as held_back
      from message, mine where message.workspace_id = mine.id and message.created_at >= mine.midnight
    ), flows as (
      select count(*) filter (where status = 'active') as active, count(*) filter (where status in ('draft', 'in-review')) as draft
      from flow, mine where flow.workspace_id = mine.id
    ), waiting as (
      select count(distinct contact_id) as people, min(wake_at) as next_wake_at
      from enrollment, mine where enrollment.workspace_id = mine.id and status = 'waiting'
    ), hand_offs as (
      select count(*) as open, count(*) filter (where priority = 'urgent') as urgent
      from hand_off, mine where hand_off.workspace_id = mine.id and status = 'open'
    )
    select flows.active as "activeFlows", flows.draft as "draftFlows", today.sent as "sentToday", today.received as "receivedToday",
      today.held_back as "heldBackToday", waiting.people as "waitingPeople", waiting.next_wake_at as "nextWakeAt",
      hand_offs.open as "openHandOffs", hand_offs.urgent as "urgentHandOffs"
    from flows, today, waiting, hand_offs`);
  return Overview.parse(rows[0]);
}
