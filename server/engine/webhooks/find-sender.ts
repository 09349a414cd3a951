import type pg from "pg";
import { newId, shardOf } from "#server/id.ts";
import { query, type Statement } from "../query.ts";
import type { EventOf } from "./call-event.ts";

/** First key of the advisory locks "nobody else makes or changes this sender's contact now". */
const senderLockClass = 4_207_711;

const lockSenders: Statement = {
  name: "inbound-lock-senders",
  text: `
    select pg_advisory_xact_lock($1, lock) from (
      select distinct hashtext(sender) as lock from unnest($2::text[]) as sender order by 1
    ) locks`,
};

/** The business-scoped id is the surest, then what the provider calls the person, then the phone. */
const findContact: Statement = {
  name: "inbound-find-contact",
  text: `
    select id from (
      (select id, 1 as rank, created_at from contact where workspace_id = $1 and bsuid = $2 order by created_at limit 1)
      union all
      (select id, 2, created_at from contact where workspace_id = $1 and wa_id = $3 order by created_at limit 1)
      union all
      (select id, 3, created_at from contact where workspace_id = $1 and phone = $4 order by created_at limit 1)
    ) found
    order by rank limit 1`,
};

const createContact: Statement = {
  name: "inbound-create-contact",
  text: `
    insert into contact (id, workspace_id, shard, phone, wa_id, bsuid, first_name, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
};

/** Opens the customer service window and keeps what the provider tells about the person. */
const touchContact: Statement = {
  name: "inbound-touch-contact",
  text: `
    update contact set wa_id = coalesce(wa_id, $2), bsuid = coalesce(bsuid, $3),
           last_inbound_at = greatest(last_inbound_at, $4), updated_at = $5
    where id = $1`,
};

const senderOf = ({ workspaceId, event }: EventOf<"inbound">): string =>
  `${workspaceId} ${event.from.bsuid ?? event.from.waId ?? ""}`;

/** Locks the senders of a batch, in one order, so that a person who writes twice at once gets one contact. */
export async function lockInboundSenders(client: pg.ClientBase, events: readonly EventOf<"inbound">[]): Promise<void> {
  if (events.length > 0) await query(client, lockSenders, [senderLockClass, events.map(senderOf)]);
}

export type Sender = { waId: string | null; bsuid: string | null; name: string | null };

/** The sender's contact, made when nobody in the workspace is known by these ids. Null when there is no id at all. */
export async function findSender(
  client: pg.ClientBase,
  workspaceId: string,
  { waId, bsuid, name }: Sender,
  now: Date,
): Promise<string | null> {
  if (waId === null && bsuid === null) return null;
  const phone = waId === null ? null : `+${waId}`;
  const [found] = await query<{ id: string }>(client, findContact, [workspaceId, bsuid, waId, phone]);
  if (found) return found.id;
  const id = newId();
  await query(client, createContact, [id, workspaceId, shardOf(workspaceId, id), phone, waId, bsuid, name, now]);
  return id;
}

/** Notes that the person wrote at this time. */
export async function openWindow(
  client: pg.ClientBase,
  contactId: string,
  { waId, bsuid }: Sender,
  times: { at: Date; now: Date },
): Promise<void> {
  await query(client, touchContact, [contactId, waId, bsuid, times.at, times.now]);
}
