/**
 * The same as storeArrivalsSql for the usual group: every person's contact is known, and no message id was seen before. Nobody has
 * to be found or made and nothing has to be told apart, which halves the cost. The events come as one array per column (array-text.ts),
 * $1 contact, $2 userId, $3 message id, $4 event id, $5 type, $6 name, $7 occurred, $8 received, $9 first told, $10 sent, $11 whether
 * flows hear of it, and $12 their properties as one JSON array.
 *
 * All or nothing: where one of the two is not so the database refuses, the statement fails, and the group is stored by storeArrivalsSql.
 * - A message id that is there already, or twice in the group, violates the key of `event_key`. (`on conflict` would look before
 *   it inserts, and confirm after it: a third more for every event, for the sake of the few that are repeated.)
 * - A contact that is gone, or is not this userId any more, gives no shard, and an event without one violates `not null`. The
 *   userId is compared outside the join, so that only the primary key can be used to find the contact, whatever the
 *   planner knew of the table when it made its plan. The workspace is the contact's.
 *
 * The queue's row names the event instead of repeating it. What that and the arrays save is in docs/performance.md.
 */
export const storeKnownSql = `
with input as materialized (
  select contact_id, user_id, message_id, event_id, type, name, properties, to_timestamp(occurred / 1000) as occurred_at,
    to_timestamp(received / 1000) as received_at, to_timestamp(original / 1000) as original_timestamp, to_timestamp(sent / 1000) as sent_at,
    is_signal
  from rows from (
    unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::float8[], $8::float8[], $9::float8[], $10::float8[],
      $11::boolean[]),
    jsonb_array_elements($12::jsonb)
  ) as x(contact_id, user_id, message_id, event_id, type, name, occurred, received, original, sent, is_signal, properties)
), ready as materialized (
  select input.*, contact.workspace_id, case when contact.external_id = input.user_id then contact.shard end as shard
  from input left join contact on contact.id = input.contact_id
), claimed as (
  insert into event_key (workspace_id, message_id, event_id, received_at)
  select workspace_id, message_id, event_id, received_at from ready order by workspace_id, message_id
), stored as (
  insert into event (id, received_at, workspace_id, shard, contact_id, message_id, type, name, properties, occurred_at, original_timestamp, sent_at)
  select event_id, received_at, workspace_id, shard, contact_id, message_id, type, name, properties, occurred_at, original_timestamp, sent_at
  from ready
), queued as (
  insert into signal_queue (workspace_id, shard, contact_id, payload, event_id, created_at)
  select workspace_id, shard, contact_id, '{"kind": "event"}', event_id, received_at from ready where is_signal
)
select pg_notify('chasqui_signal', '')::text as notified`;
