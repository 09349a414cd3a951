import type pg from "pg";
import type { RefusalClass } from "#server/channels/channel.ts";
import type { Log } from "#server/log.ts";
import { inTransaction, query, type Statement } from "../query.ts";
import { applyFailures } from "./apply-failures.ts";
import type { StatusEvent } from "./apply-status.ts";
import { applyStatuses } from "./apply-statuses.ts";
import type { HookPlace } from "./call-event.ts";
import { lockChannel } from "./lock-channel.ts";

/**
 * Orphans of the last while whose message we know by now: our own settling came after the status. One probe for each orphan, by the
 * lateral's limit: joined freely, the planner may walk the index of all messages.
 */
const findJoinable: Statement = {
  name: "orphans-joinable",
  text: `
    select distinct o.workspace_id, o.channel_id
    from orphan_status o
    cross join lateral (
      select 1 from message m where m.wamid = o.wamid and m.workspace_id = o.workspace_id and m.direction = 'outbound' limit 1
    ) known
    where o.received_at > now() - make_interval(secs => $1)`,
};

const takeJoinable: Statement = {
  name: "orphans-take",
  text: `
    with known as materialized (
      select o.id from orphan_status o
      cross join lateral (
        select 1 from message m where m.wamid = o.wamid and m.workspace_id = o.workspace_id and m.direction = 'outbound' limit 1
      ) known
      where o.channel_id = $1 and o.workspace_id = $2 and o.received_at > now() - make_interval(secs => $3)
    )
    delete from orphan_status o using known where o.id = known.id
    returning o.wamid, o.ref, o.status, o.error_code, o.error_detail, o.error_class, o.is_unreachable, o.pricing, o.at`,
};

/** An orphan does not keep whom it was about: the message says it. */
const readRecipients: Statement = {
  name: "orphans-recipients",
  text: `
    select id, coalesce(wa_id, substr(phone, 2)) as "waId", bsuid from contact where id = any($1::uuid[])`,
};

/** Providers redeliver for 7 days; a day more and nothing can come that an orphan would have to be compared with. */
const dropOld: Statement = {
  name: "orphans-prune",
  text: "delete from orphan_status where received_at < now() - interval '8 days'",
};

type Joining = { seconds: number; now: Date; log: Log };

/**
 * Applies orphans that came within the last `seconds` and whose message is known by now, and heeds what their failures say of people.
 * Answers the signals made.
 */
export async function joinOrphans(pool: pg.Pool, joining: Joining): Promise<number> {
  type Row = { workspace_id: string; channel_id: string };
  let signals = 0;
  for (const row of await query<Row>(pool, findJoinable, [joining.seconds]))
    signals += await joinChannel(pool, { workspaceId: row.workspace_id, channelId: row.channel_id }, joining);
  return signals;
}

type Row = Pick<StatusEvent, "wamid" | "ref" | "status" | "pricing"> & {
  error_code: number | null;
  error_detail: string | null;
  error_class: RefusalClass | null;
  is_unreachable: boolean;
  at: Date;
};

function joinChannel(pool: pg.Pool, place: HookPlace, { seconds, now, log }: Joining): Promise<number> {
  return inTransaction(pool, async (client) => {
    if (!(await lockChannel(client, place.channelId))) return 0;
    const rows = await query<Row>(client, takeJoinable, [place.channelId, place.workspaceId, seconds]);
    const { signals, outcomes } = await applyStatuses(client, place, rows.map(eventOf));
    type Recipient = StatusEvent["recipient"] & { id: string };
    const contactIds = [...outcomes.values()].map(({ contactId }) => contactId);
    const people = await query<Recipient>(client, readRecipients, [contactIds]);
    const recipients = new Map(people.map(({ id, waId, bsuid }) => [id, { waId, bsuid }]));
    const named = [...outcomes].map(
      ([event, outcome]) =>
        [{ ...event, recipient: recipients.get(outcome.contactId) ?? event.recipient }, outcome] as const,
    );
    const events = named.map(([event]) => event);
    await applyFailures(client, place, { events, outcomes: new Map(named), now, log });
    return signals;
  });
}

const eventOf = ({ wamid, ref, status, pricing, ...row }: Row): StatusEvent => ({
  kind: "status",
  phoneNumberId: "",
  wamid,
  ref,
  status,
  at: row.at.getTime(),
  errorCode: row.error_code,
  errorDetail: row.error_detail,
  errorClass: row.error_class,
  isUnreachable: row.is_unreachable,
  recipient: { waId: null, bsuid: null },
  pricing,
  conversation: null,
});

/** Forgets orphans after 8 days. */
export async function pruneOrphans(pool: pg.Pool): Promise<void> {
  await query(pool, dropOld, []);
}
