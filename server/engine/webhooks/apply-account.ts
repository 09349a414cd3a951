import type pg from "pg";
import type { ChannelEvent } from "#server/channels/channel-event.ts";
import type { Log } from "#server/log.ts";
import { query, type Statement } from "../query.ts";
import { tellPaused } from "../tell-troubles.ts";
import type { EventOf, HookPlace } from "./call-event.ts";

/** The workspace's numbers of an account; one of them where the provider names it. Digits on both sides: it writes phones as it likes. */
const ofAccount = `
  c.workspace_id = $1 and c.account_id = $2 and ($3::text is null or regexp_replace(c.phone, '[^0-9]', '', 'g') = $3)`;

/** The limit holds for the portfolio; an account whose portfolio is not known counts for itself. */
const writeLimit: Statement = {
  name: "account-limit",
  text: `
    with numbers as (
      update channel c set portfolio_id = coalesce(c.portfolio_id, c.account_id) where ${ofAccount}
      returning c.portfolio_id
    )
    insert into portfolio as p (workspace_id, id, people_per_day) select distinct $1::uuid, portfolio_id, $4::integer from numbers
    on conflict (workspace_id, id) do update set people_per_day = excluded.people_per_day
    where p.people_per_day is distinct from excluded.people_per_day`,
};

/** Only a rate that is one of the provider's own steps: another one was chosen by people, and stays. */
const writeRate: Statement = {
  name: "account-rate",
  text: `update channel c set messages_per_second = $4 where ${ofAccount} and c.messages_per_second in (20, 80, 1000)`,
};

/** Only connected numbers: the first refusal is the one to show. Nothing connects them again but a person. */
const pauseNumbers: Statement = {
  name: "account-pause",
  text: `
    update channel c set status = 'paused', status_reason = $4 where ${ofAccount} and c.status = 'connected'
    returning c.id`,
};

/** Takes in what the provider says about the account, its numbers and the texts of templates: limits, closures, alerts. */
export async function applyAccount(
  client: pg.ClientBase,
  place: HookPlace,
  { events, now, log }: { events: readonly ChannelEvent[]; now: Date; log: Log },
): Promise<void> {
  const { channelId } = place;
  for (const event of events) {
    if (event.kind === "limits") await applyLimits(client, place, event);
    else if (event.kind === "account") await applyState(client, place, { event, now, log });
    else if (event.kind === "account-alert")
      log.error({ channelId, severity: event.severity, type: event.type }, "provider raises an alert on the account");
    else if (event.kind === "template-text")
      log.warn({ channelId, providerId: event.providerId }, "a template's text was changed at the provider");
    else if (event.kind === "new-identity") log.warn({ channelId }, "a person's WhatsApp was set up anew");
    else if (event.kind === "name")
      log.info({ channelId, decision: event.decision }, "provider has decided on a number's name");
  }
}

async function applyLimits(client: pg.ClientBase, { workspaceId }: HookPlace, event: EventOf<"limits">) {
  const { accountId, phoneDigits, peoplePerDay, messagesPerSecond } = event;
  const numbers = [workspaceId, accountId, phoneDigits];
  if (peoplePerDay !== undefined) await query(client, writeLimit, [...numbers, peoplePerDay]);
  if (messagesPerSecond !== null) await query(client, writeRate, [...numbers, messagesPerSecond]);
}

async function applyState(
  client: pg.ClientBase,
  { workspaceId, channelId }: HookPlace,
  { event, now, log }: { event: EventOf<"account">; now: Date; log: Log },
): Promise<void> {
  const reason = `${event.event} ${event.detail}`.trim().slice(0, 300);
  if (!event.isClosed) {
    log.warn({ channelId, reason }, "provider tells of the account");
    return;
  }
  const paused = await query<{ id: string }>(client, pauseNumbers, [workspaceId, event.accountId, null, reason]);
  const news = paused.map(({ id }) => ({ id, reason }));
  await tellPaused(client, news, { kind: "channel-restricted", at: now });
  for (const { id } of paused)
    log.error({ channelId: id, reason }, "provider refuses the account: the number is paused");
}
