import type pg from "pg";
import { newId, shardOf } from "#server/id.ts";
import { query, type Statement } from "../query.ts";
import { type KnownContact, phoneOf, type Sender, SenderBook } from "./sender-book.ts";

/** First key of the advisory locks "nobody else makes or changes this sender's contact now". */
const senderLockClass = 4_207_711;

/** Each id of each sender, in one order: a person who comes by two channels at once gets one contact. */
const lockIds: Statement = {
  name: "inbound-lock-senders",
  text: `
    select pg_advisory_xact_lock($1, lock) from (
      select distinct hashtext(sender) as lock from unnest($2::text[]) as sender order by 1
    ) locks`,
};

/** The oldest contact of each id; the ids of a batch make three index probes each at most. */
const readContacts: Statement = {
  name: "inbound-contacts",
  text: `
    select c.id, c.wa_id, c.bsuid, c.phone, extract(epoch from c.created_at)::double precision * 1000 as made_at
    from (
      select (select id from contact where workspace_id = $1 and bsuid = x order by created_at, id limit 1) as id from unnest($2::text[]) x
      union
      select (select id from contact where workspace_id = $1 and wa_id = x order by created_at, id limit 1) from unnest($3::text[]) x
      union
      select (select id from contact where workspace_id = $1 and phone = x order by created_at, id limit 1) from unnest($4::text[]) x
    ) found
    join contact c on c.id = found.id`,
};

const insertContacts: Statement = {
  name: "inbound-create-contacts",
  text: `
    insert into contact (id, workspace_id, shard, phone, wa_id, bsuid, first_name, created_at, updated_at)
    select x.id, $1, x.shard, x.phone, x.wa_id, x.bsuid, x.first_name, $2, $2
    from json_to_recordset($3::json) as x(id uuid, shard smallint, phone text, wa_id text, bsuid text, first_name text)`,
};

/** Until the transaction ends, nobody else makes or changes the contacts of these people. Before any contact is locked. */
export async function lockSenders(
  client: pg.ClientBase,
  workspaceId: string,
  senders: readonly Pick<Sender, "waId" | "bsuid">[],
): Promise<void> {
  const ids = [...new Set(senders.flatMap(({ waId, bsuid }) => [bsuid ?? [], waId ?? []].flat()))];
  await query(client, lockIds, [senderLockClass, ids.map((id) => `${workspaceId} ${id}`)]);
}

/**
 * The contact of each sender, in their order; made when nobody in the workspace is known by these ids, null for a sender without
 * any. The senders stay locked until the transaction ends. `touches` says who will learn a sender's ids (`openWindows`).
 */
export async function findSenders(
  client: pg.ClientBase,
  workspaceId: string,
  { senders, touches, now }: { senders: readonly Sender[]; touches: (index: number) => boolean; now: Date },
): Promise<(string | null)[]> {
  const bsuids = [...new Set(senders.flatMap(({ bsuid }) => bsuid ?? []))];
  const waIds = [...new Set(senders.flatMap(({ waId }) => waId ?? []))];
  if (bsuids.length + waIds.length === 0) return senders.map(() => null);
  await lockSenders(client, workspaceId, senders);
  const phones = waIds.flatMap((waId) => phoneOf(waId) ?? []);
  type Row = { id: string; wa_id: string | null; bsuid: string | null; phone: string | null; made_at: number };
  const rows = await query<Row>(client, readContacts, [workspaceId, bsuids, waIds, phones]);
  const known = rows.map(
    ({ id, wa_id, bsuid, phone, made_at }): KnownContact => ({ id, waId: wa_id, bsuid, phone, madeAt: made_at }),
  );
  const book = new SenderBook(known, newId);
  const ids = senders.map((sender, index) => {
    const id = book.find(sender, now.getTime());
    if (id !== null && touches(index)) book.learn(id, sender);
    return id;
  });
  const made = book.made.map(({ id, first }) => ({
    id,
    shard: shardOf(workspaceId, id),
    phone: phoneOf(first.waId),
    wa_id: first.waId,
    bsuid: first.bsuid,
    first_name: first.name,
  }));
  if (made.length > 0) await query(client, insertContacts, [workspaceId, now, JSON.stringify(made)]);
  return ids;
}
