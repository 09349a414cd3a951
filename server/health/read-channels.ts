import { sql } from "drizzle-orm";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { z } from "zod";
import { sendingOrder } from "#server/channels/sending-number.ts";
import type { Actor } from "#server/trpc.ts";

const Channel = z.object({
  id: z.string(),
  name: z.string(),
  /** In groups, as people write it. */
  phone: z.string().transform((phone) => parsePhoneNumberFromString(phone)?.formatInternational() ?? phone),
  provider: z.string(),
  status: z.enum(["connected", "paused"]),
  statusReason: z.string().nullable(),
  messagesPerSecond: z.number(),
  /** Nothing leaves before: the provider asked for it, or calls failed in a row. */
  restUntil: z.coerce.date().nullable(),
  failures: z.number(),
  peopleUsed: z.number().nullable(),
  peoplePerDay: z.number().nullable(),
  /** The number that messages leave by now: the oldest connected one. */
  isSending: z.boolean(),
});
export type ChannelRow = z.infer<typeof Channel>;

/** The workspace's numbers with their limits and how near they are to them. */
export async function readChannels({ db, session }: Actor): Promise<ChannelRow[]> {
  const { rows } = await db.execute(sql`
    select c.id, c.name, c.phone, c.provider, c.status, c.status_reason as "statusReason",
      c.messages_per_second as "messagesPerSecond",
      case when greatest(p.rest_until, p.told_until) > now() then greatest(p.rest_until, p.told_until) end as "restUntil", coalesce(p.failures, 0) as failures,
      f.used as "peopleUsed", f.people_per_day as "peoplePerDay",
      c.status = 'connected' and row_number() over (order by ${sql.raw(sendingOrder("c"))}) = 1 as "isSending"
    from channel c
    left join channel_pace p on p.channel_id = c.id
    left join portfolio f on f.workspace_id = c.workspace_id and f.id = c.portfolio_id
    where c.workspace_id = ${session.workspaceId}
    order by c.created_at, c.id limit 50`);
  return z.array(Channel).parse(rows);
}
