import type { Statement } from "../query.ts";

/** The channels with calls that nobody has applied yet: one index probe each, however many calls wait. */
export const openChannels: Statement = {
  name: "webhooks-channels",
  text: `
    with recursive open as (
      (select channel_id from raw_webhook where processed_at is null order by channel_id limit 1)
      union all
      select (select r.channel_id from raw_webhook r
              where r.processed_at is null and r.channel_id > o.channel_id order by r.channel_id limit 1)
      from open o where o.channel_id is not null
    )
    select o.channel_id, c.workspace_id, c.provider
    from open o left join channel c on c.id = o.channel_id
    where o.channel_id is not null`,
};

/**
 * A channel's oldest calls, as many as $2 or about 4 MB, but one at least: a call may have 3 MB. The channel's lock keeps other
 * workers off, so the rows need none. Reads the partial index on open calls.
 */
export const readCalls: Statement = {
  name: "webhooks-read",
  text: `
    select id, received_at::text as received_text, body from (
      select id, received_at, body, sum(octet_length(body)) over (order by received_at, id) - octet_length(body) as before
      from (
        select id, received_at, body from raw_webhook
        where processed_at is null and channel_id = $1 order by received_at, id limit $2
      ) oldest
    ) sized
    where before < 4000000
    order by received_at, id`,
};

/** By the primary key alone: with "where processed_at is null" the planner may walk all calls that wait instead. */
export const finishCalls: Statement = {
  name: "webhooks-finish",
  text: `
    update raw_webhook r set processed_at = now(), error = x.error
    from unnest($1::uuid[], $2::timestamptz[], $3::text[]) as x(id, received_at, error)
    where r.id = x.id and r.received_at = x.received_at`,
};

/** Unless another worker has applied it in the meantime. */
export const putAside: Statement = {
  name: "webhooks-put-aside",
  text: `
    update raw_webhook set processed_at = now(), error = $3
    where id = $1 and received_at = $2::timestamptz and processed_at is null`,
};
