import type { Statement } from "../query.ts";

/**
 * Opens the customer service windows and keeps what the provider tells about people: who writes can be reached. In id order, as all who
 * write contacts.
 */
export const openWindows: Statement = {
  name: "inbound-open-windows",
  text: `
    update contact c
    set wa_id = coalesce(c.wa_id, x.wa_id), bsuid = coalesce(c.bsuid, x.bsuid),
        last_inbound_at = greatest(c.last_inbound_at, x.at), updated_at = $2,
        suppressed_at = case when c.suppressed_reason = 'undeliverable' then null else c.suppressed_at end,
        suppressed_reason = case when c.suppressed_reason = 'undeliverable' then null else c.suppressed_reason end
    from json_to_recordset($1::json) as x(id uuid, wa_id text, bsuid text, at timestamptz)
    where c.id = x.id`,
};

/** The message a person answers: the one they quote or tap on, else the newest that reached them within a week. */
export const findAnswered: Statement = {
  name: "inbound-answered",
  text: `
    select x.n::integer, found.id, found.enrollment_id, found.visit, found.is_replied, found.is_tapped
    from unnest($2::uuid[], $3::text[], $4::timestamptz[]) with ordinality as x(contact_id, wamid, at, n)
    cross join lateral (
      (select id, enrollment_id, visit, replied_at is not null as is_replied, tapped_at is not null as is_tapped from message
       where wamid = x.wamid and workspace_id = $1 and contact_id = x.contact_id and direction = 'outbound' limit 1)
      union all
      (select id, null, null, replied_at is not null, tapped_at is not null from message
       where contact_id = x.contact_id and x.wamid is null and direction = 'outbound' and status in ('sent', 'delivered', 'read')
         and created_at > x.at - interval '7 days'
       order by created_at desc, id desc limit 1)
    ) found`,
};

/** Answers the messages it has noted. Those that somebody else has are not waited for (`lock-order.ts`) and missing. */
export const markReplied: Statement = {
  name: "inbound-replied",
  text: `
    with free as materialized (
      select id from message where id = any($1::uuid[]) for no key update skip locked
    )
    update message m set replied_at = coalesce(m.replied_at, x.at), tapped_at = coalesce(m.tapped_at, x.tapped_at)
    from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) as x(id, at, tapped_at)
    join free using (id)
    where m.id = x.id
    returning m.id`,
};

/** A message opens a conversation when nothing came from its person within the day before. */
export const insertMessages: Statement = {
  name: "inbound-messages",
  text: `
    insert into message (id, workspace_id, shard, contact_id, channel_id, direction, type, content, status, wamid, country, created_at,
                         opens_conversation)
    select x.id, $1, x.shard, x.contact_id, $2, 'inbound', x.type, x.content, 'received', x.wamid, x.country, x.at,
           x.is_first and not exists (
             select 1 from message p
             where p.contact_id = x.contact_id and p.direction = 'inbound' and p.created_at between x.at - interval '1 day' and x.at)
    from json_to_recordset($3::json) as x(id uuid, shard smallint, contact_id uuid, type text, content jsonb, wamid text, country text, at timestamptz,
                                         is_first boolean)`,
};

/** Numbered in the order of the list: the river keeps what a person wrote in the order they wrote it. */
export const insertSignals: Statement = {
  name: "inbound-signals",
  text: `
    insert into signal_queue (workspace_id, shard, contact_id, enrollment_id, payload)
    select $1, (x.item->>'shard')::smallint, (x.item->>'contact_id')::uuid, (x.item->>'enrollment_id')::uuid, x.item->'signal'
    from jsonb_array_elements($2::jsonb) with ordinality as x(item, n)
    order by x.n`,
};

/** Answers the ids of messages that are new; a redelivered one is known for 8 days. Sorted, as all who write keys. */
export const insertKeys: Statement = {
  name: "inbound-keys",
  text: `
    insert into webhook_key (channel_id, key, at)
    select $1, key, now() from unnest($2::text[]) as key order by key
    on conflict (channel_id, key) do nothing
    returning key`,
};
