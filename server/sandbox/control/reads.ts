import { z } from "zod";
import { graphVersion } from "../identity.ts";
import { monthOf } from "../price.ts";
import type { Message } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";

const iso = (ms: number) => new Date(ms).toISOString();

export const showHealth = (sandbox: Sandbox): object => ({
  status: "ok",
  now: iso(sandbox.clock.now()),
  messages: sandbox.world.log.length,
  pending_updates: sandbox.world.pending.size,
  /** Nothing is planned, queued or under way: what was sent has had all its consequences. */
  idle: sandbox.statuses.isIdle && sandbox.webhooks.isIdle,
});

/** What a client needs to use the demo number. */
export function showInfo(sandbox: Sandbox): object {
  const { phoneNumberId, accountId, token, appSecret, displayPhone } = sandbox.identity;
  return {
    phone_number_id: phoneNumberId,
    waba_id: accountId,
    token,
    app_secret: appSecret,
    version: graphVersion,
    display_phone_number: displayPhone,
  };
}

const count = z.coerce.number().int().min(1);
const MessagesQuery = z.object({
  to: z.string().optional(),
  /** Either end of the message: a whole conversation. */
  with: z.string().optional(),
  direction: z.enum(["outbound", "inbound"]).optional(),
  limit: count.max(10_000).default(1000),
  /** The newest so many instead of the oldest; still oldest first. */
  last: count.max(10_000).optional(),
  after: z.string().optional(),
});

/** The ledger, oldest first, with a cursor that stays good while messages arrive. */
export function listMessages(sandbox: Sandbox, input: unknown): object {
  const query = MessagesQuery.parse(input);
  const business = sandbox.identity.displayPhone.slice(1);
  const { log } = sandbox.world;
  const isWanted = messageFilter(query, business);
  const found: number[] = [];
  if (query.last === undefined) {
    const start = query.after === undefined ? 0 : Number(Buffer.from(query.after, "base64url").toString()) + 1;
    for (let index = start; index < log.length && found.length < query.limit; index++)
      if (isWanted(log[index])) found.push(index);
  } else {
    for (let index = log.length - 1; index >= 0 && found.length < query.last; index--)
      if (isWanted(log[index])) found.unshift(index);
  }
  const data = found.flatMap((index) => log[index] ?? []).map((message) => row(message, business));
  const after = found.length === 0 ? query.after : Buffer.from(String(found.at(-1))).toString("base64url");
  return { data, paging: after === undefined ? {} : { cursors: { after } } };
}

function messageFilter(
  query: z.infer<typeof MessagesQuery>,
  business: string,
): (message: Message | undefined) => boolean {
  const to = query.to?.replace(/\D/g, "");
  const person = query.with?.replace(/\D/g, "");
  return (message) =>
    message !== undefined &&
    (query.direction === undefined || message.direction === query.direction) &&
    (person === undefined || message.waId === person) &&
    (to === undefined || (message.direction === "outbound" ? message.waId : business) === to);
}

function row(message: Message, business: string): object {
  const isOutbound = message.direction === "outbound";
  return {
    wamid: message.wamid,
    direction: message.direction,
    to: isOutbound ? message.waId : business,
    from: isOutbound ? business : message.waId,
    type: message.type,
    ...(message.template ? { template: message.template.name, language: message.template.language } : {}),
    ...(message.body === null ? {} : { body: message.body }),
    ...(message.ref === undefined ? {} : { biz_opaque_callback_data: message.ref }),
    status: message.status,
    at: iso(message.at),
    ...(message.rendered ? { rendered: message.rendered } : {}),
    ...(message.price ? { price: message.price } : {}),
    ...(message.contextWamid === undefined ? {} : { context_wamid: message.contextWamid }),
    ...(message.status === "failed" && message.failsWith !== undefined ? { error_code: message.failsWith } : {}),
  };
}

/** What delivered messages have cost, by month, category, type and market; `usd` is null where the card has no figure. */
export function listCosts(sandbox: Sandbox): object {
  const lines = new Map<string, { count: number; usd: number | null }>();
  for (const { price, status, at } of sandbox.world.log) {
    if (!price || (status !== "delivered" && status !== "read" && status !== "played")) continue;
    const key = JSON.stringify([monthOf(at), price.category, price.type, price.market]);
    const line = lines.get(key) ?? { count: 0, usd: 0 };
    const usd = line.usd === null || price.usd === null ? null : line.usd + price.usd;
    lines.set(key, { count: line.count + 1, usd });
  }
  const data = [...lines].map(([key, { count, usd }]) => {
    const [month, category, type, market] = JSON.parse(key) as (string | null)[];
    // Ten-thousandths of a dollar add up to figures like 0.30000000000000004.
    return { month, category, type, market, count, usd: usd === null ? null : Math.round(usd * 1e6) / 1e6 };
  });
  return { data };
}

const LastQuery = z.object({ limit: count.max(1000).default(100) });

/** The last calls to the subscriber, oldest first. */
export const listDeliveries = (sandbox: Sandbox, input: unknown): object => ({
  data: sandbox.webhooks.deliveries.slice(-LastQuery.parse(input).limit),
});

/** The last Graph calls, oldest first, and how many there were. */
export const listRequests = (sandbox: Sandbox, input: unknown): object => ({
  data: sandbox.requests.list().slice(-LastQuery.parse(input).limit),
  count: sandbox.requests.count,
});

export const listUsers = (sandbox: Sandbox): object => ({
  data: [...sandbox.world.users.values()].map((user) => ({
    wa_id: user.waId,
    name: user.name,
    bsuid: user.bsuid,
    behaviour: user.behaviour,
    in_window: sandbox.isInWindow(user),
    has_stopped_marketing: user.hasStoppedMarketing,
    hides_phone: user.hidesPhone ?? false,
    ...(user.username === undefined ? {} : { username: user.username }),
    ...(user.parentBsuid === undefined ? {} : { parent_bsuid: user.parentBsuid }),
    ...(user.freeEntryUntil === undefined ? {} : { free_entry_until: iso(user.freeEntryUntil) }),
    ...((sandbox.world.typingUntil.get(user.waId) ?? 0) > sandbox.clock.now() ? { sees_typing: true } : {}),
  })),
});
