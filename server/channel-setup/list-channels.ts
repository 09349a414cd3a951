import { sql } from "drizzle-orm";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { z } from "zod";
import { isAllowed } from "#server/auth/permissions.ts";
import { secretPlace } from "#server/channels/open-connection.ts";
import { sendingOrder } from "#server/channels/sending-number.ts";
import { unseal } from "#server/secret.ts";
import type { Actor } from "#server/trpc.ts";
import { hookUrl } from "./hook-url.ts";

const Row = z.object({
  id: z.uuid(),
  workspaceId: z.uuid(),
  name: z.string(),
  phone: z.string().transform((phone) => parsePhoneNumberFromString(phone)?.formatInternational() ?? phone),
  provider: z.string(),
  status: z.enum(["connected", "paused"]),
  statusReason: z.string().nullable(),
  phoneNumberId: z.string(),
  accountId: z.string(),
  baseUrl: z.string(),
  messagesPerSecond: z.number(),
  peoplePerDay: z.number().nullable(),
  marketingEndpoint: z.enum(["fallback", "strict"]).nullable(),
  hookToken: z.string(),
  verifyTokenSealed: z.string(),
  createdAt: z.coerce.date(),
  /** The number that messages leave by now: the oldest connected one. */
  isSending: z.boolean(),
});

export type ChannelSummary = Awaited<ReturnType<typeof listChannels>>[number];

/**
 * The workspace's numbers. What a provider has to be told, our address and verify token, is there only for those who may set
 * channels up; token and app secret leave this server for nobody.
 */
export async function listChannels({ db, env, session }: Actor) {
  const { rows } = await db.execute(sql`
    select c.id, c.workspace_id as "workspaceId", c.name, c.phone, c.provider, c.status, c.status_reason as "statusReason",
      c.phone_number_id as "phoneNumberId", c.account_id as "accountId", c.base_url as "baseUrl",
      c.messages_per_second as "messagesPerSecond", f.people_per_day as "peoplePerDay", c.marketing_endpoint as "marketingEndpoint", c.hook_token as "hookToken",
      c.verify_token_sealed as "verifyTokenSealed", c.created_at as "createdAt",
      c.status = 'connected' and row_number() over (order by ${sql.raw(sendingOrder("c"))}) = 1 as "isSending"
    from channel c
    left join portfolio f on f.workspace_id = c.workspace_id and f.id = c.portfolio_id
    where c.workspace_id = ${session.workspaceId}
    order by c.created_at, c.id limit 50`);
  const mayManage = isAllowed(session.role, "manage-channels");
  return z
    .array(Row)
    .parse(rows)
    .map(({ hookToken, verifyTokenSealed, workspaceId, baseUrl, ...row }) => ({
      ...row,
      isSandbox: baseUrl !== metaUrl,
      hook: mayManage
        ? {
            url: hookUrl(env, { id: row.id, hookToken }),
            verifyToken: open(env.secret, secretPlace({ id: row.id, workspaceId }, "verify-token"), verifyTokenSealed),
          }
        : null,
    }));
}

/** The only address of Meta's Graph API. */
export const metaUrl = "https://graph.facebook.com";

/** Null when it was sealed with another key: the channel has to be connected anew. */
function open(secret: string, place: string, sealed: string): string | null {
  try {
    return unseal(secret, place, sealed);
  } catch {
    return null;
  }
}
