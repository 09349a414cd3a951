/**
 * One group of events in one statement, and so, without identifies, in one round trip and one commit.
 *
 * $1 the events, $2 the people they are about (each once), as JSON arrays of rows by position. What happens, in this order:
 * - `fresh`: the message ids are claimed, sorted, before anything else is locked. A retry, a double within the group, and
 *   the same event in a parallel group all stop here; the parallel one waits for the other's commit, so it never reports
 *   success for what may yet roll back.
 * - `known`: people are known already (the door names them), or found by userId, then by anonymousId (the identified person before the anonymous
 *   one; a person who is being identified takes over only an anonymous one).
 * - `made_...`: the rest are created, sorted by key. All locks are taken in sorted order, keys first and then people, so two
 *   groups cannot wait for each other. `do update` changes nothing; it makes a row visible that another group has created
 *   since this statement began.
 * - events and signals are stored with the contact's own shard; a signal names its event, whose row the engine reads.
 *
 * The answer is one row: the contact of each fresh event, for applyProfiles and KnownPeople.
 * Reading the input by position from jsonb costs 7 us an event; json_to_recordset cost 12 to 17, unnest of 15 arrays 12 to 22.
 */
export const storeArrivalsSql = `
with input as materialized (
  select (e->>0)::int as ordinal, (e->>1)::int as person, (e->>2)::uuid as workspace_id, e->>3 as message_id, (e->>4)::uuid as event_id,
    e->>5 as type, e->>6 as name, e->7 as properties, to_timestamp((e->8)::float8 / 1000) as received_at, (e->9)::bigint as at_ms,
    to_timestamp((e->>10)::float8 / 1000) as original_timestamp, to_timestamp((e->>11)::float8 / 1000) as sent_at, (e->12)::boolean as is_signal
  from jsonb_array_elements($1::jsonb) e
), fresh as (
  insert into event_key (workspace_id, message_id, event_id, received_at)
  select workspace_id, message_id, event_id, received_at from input order by workspace_id, message_id, ordinal
  on conflict do nothing
  returning event_id
), news as materialized (
  select input.* from input join fresh using (event_id)
), people as materialized (
  select (p->>0)::int as person, (p->>1)::uuid as workspace_id, (p->>2)::uuid as contact_id, p->>3 as external_id, p->>4 as anonymous_id,
    (p->>5)::boolean as takes_over, (p->>6)::uuid as new_id, (p->>7)::smallint as new_shard
  from jsonb_array_elements($2::jsonb) p where (p->>0)::int in (select person from news)
), known as materialized (
  select people.person, found.id, found.shard
  from people cross join lateral (
    select people.contact_id as id, people.new_shard as shard, 0 as rank where people.contact_id is not null
    union all
    (select id, shard, 1 from contact where contact.workspace_id = people.workspace_id and contact.external_id = people.external_id)
    union all
    (select id, shard, 2 from contact
      where contact.workspace_id = people.workspace_id and contact.anonymous_id = people.anonymous_id
        and (people.external_id is null or (people.takes_over and contact.external_id is null))
      order by contact.external_id is null, contact.updated_at desc limit 1)
    order by rank limit 1
  ) found
), missing as materialized (
  select * from people where contact_id is null and person not in (select person from known)
), made_external as (
  insert into contact (id, workspace_id, shard, external_id, anonymous_id, created_at, updated_at)
  select new_id, workspace_id, new_shard, external_id, case when takes_over then anonymous_id end, now(), now()
  from missing where external_id is not null order by workspace_id, external_id
  on conflict (workspace_id, external_id) where external_id is not null do update set external_id = excluded.external_id
  returning id, shard, workspace_id, external_id
), made_anonymous as (
  insert into contact (id, workspace_id, shard, anonymous_id, created_at, updated_at)
  select new_id, workspace_id, new_shard, anonymous_id, now(), now()
  from missing where external_id is null order by workspace_id, anonymous_id
  on conflict (workspace_id, anonymous_id) where external_id is null and anonymous_id is not null do update set anonymous_id = excluded.anonymous_id
  returning id, shard, workspace_id, anonymous_id
), resolved as materialized (
  select person, id, shard from known
  union all
  select person, made.id, made.shard from missing join made_external made using (workspace_id, external_id)
  union all
  select person, made.id, made.shard from missing join made_anonymous made using (workspace_id, anonymous_id) where missing.external_id is null
), ready as materialized (
  select news.*, resolved.id as contact_id, resolved.shard from news join resolved using (person)
), stored as (
  insert into event (id, received_at, workspace_id, shard, contact_id, message_id, type, name, properties, occurred_at, original_timestamp, sent_at)
  select event_id, received_at, workspace_id, shard, contact_id, message_id, type, name, properties, to_timestamp(at_ms / 1000.0::float8), original_timestamp, sent_at
  from ready
), queued as (
  insert into signal_queue (workspace_id, shard, contact_id, payload, event_id, created_at)
  select workspace_id, shard, contact_id, '{"kind": "event"}', event_id, received_at from ready where is_signal order by ordinal
)
select
  coalesce(json_agg(json_build_array(ordinal, contact_id)), '[]') as contacts,
  case when count(*) filter (where is_signal) > 0 then pg_notify('chasqui_signal', '')::text end as notified
from ready`;
