/*
 * The fewest set-based statements that write the rows of the work: what a person would write by hand for this one flow. The
 * prototype gives them many rows at once, a peer with one job per run the rows of one.
 */

export const readFlows = {
  name: "work-flows",
  text: `select f.workspace_id as "workspaceId", f.id as "flowId", f.version_id as "versionId", c.id as "channelId"
         from flow f join channel c on c.workspace_id = f.workspace_id where f.name = 'bench.event' and f.status = 'active'`,
};

export const readPeople = {
  name: "work-people",
  text: "select id, workspace_id, shard, first_name, phone, attributes, consents from contact where id = any($1::uuid[])",
};

export const insertEnrollments = {
  name: "work-enrollments",
  text: `
    insert into enrollment (id, workspace_id, shard, flow_id, version_id, contact_id, key, event_id, status, node_id, state,
                            wake_at, entered_at, ended_at, end_reason, goal_at, trace_count)
    select * from json_to_recordset($1::json) as x(
      id uuid, workspace_id uuid, shard smallint, flow_id uuid, version_id uuid, contact_id uuid, key text, event_id uuid,
      status text, node_id text, state jsonb, wake_at timestamptz, entered_at timestamptz, ended_at timestamptz,
      end_reason text, goal_at timestamptz, trace_count integer)`,
};

export const insertTraces = {
  name: "work-traces",
  text: `
    insert into trace (enrollment_id, at, ordinal, workspace_id, contact_id, flow_id, version_id, visit, node_id, kind, handle, detail)
    select e.enrollment_id, r.at, r.ordinal, e.workspace_id, e.contact_id, e.flow_id, e.version_id,
           r.visit, r.node_id, r.kind, r.handle, r.detail
    from json_to_recordset($1::json) as e(
      enrollment_id uuid, workspace_id uuid, contact_id uuid, flow_id uuid, version_id uuid, rows json)
    cross join lateral json_to_recordset(e.rows) as r(
      at timestamptz, ordinal integer, visit integer, node_id text, kind text, handle text, detail jsonb)`,
};

export const insertSends = {
  name: "work-sends",
  text: `
    with x as (
      select * from json_to_recordset($1::json) as x(
        id uuid, workspace_id uuid, shard smallint, contact_id uuid, flow_id uuid, enrollment_id uuid, visit integer,
        node_id text, purpose text, template text, lane smallint, request jsonb, at timestamptz, expires_at timestamptz)
    ), messages as (
      insert into message (id, workspace_id, shard, contact_id, direction, flow_id, enrollment_id, visit, node_id, purpose,
                           type, template, status, created_at)
      select id, workspace_id, shard, contact_id, 'outbound', flow_id, enrollment_id, visit, node_id, purpose,
             'template', template, 'queued', at
      from x
    )
    insert into outbox (message_id, workspace_id, shard, contact_id, enrollment_id, visit, lane, request, not_before, expires_at, created_at)
    select id, workspace_id, shard, contact_id, enrollment_id, visit, lane, request, at, expires_at, at from x`,
};

/** Locks the first that are due, with the people they are for. */
export const lockSends = {
  name: "work-claim",
  text: `
    select due.message_id, c.id, c.workspace_id, c.shard, c.first_name, c.phone, c.attributes, c.consents
    from (
      select message_id, contact_id from outbox where status = 'queued' and not_before <= now()
      order by workspace_id, lane, not_before limit $1 for update skip locked
    ) due
    join contact c on c.id = due.contact_id`,
};

/** Takes what the number may send now, of a bucket that fills at 20,000 a second. */
export const takeTokens = {
  name: "work-tokens",
  text: `
    insert into channel_pace as p (channel_id, tokens, filled_at) values ($1, 1600, clock_timestamp())
    on conflict (channel_id) do update
    set tokens = least(1600, p.tokens + extract(epoch from clock_timestamp() - p.filled_at) * 20000) - $2::integer,
        filled_at = clock_timestamp()
    returning tokens`,
};

/** Marks people as having a message on its way, at their pair's rate, and counts it for those below their cap; answers who they are. */
export const admitSends = {
  name: "work-admit",
  text: `
    with pairs as (
      insert into pair_pace as p (channel_id, contact_id, next_at, busy_until)
      select channel_id, contact_id, now() + interval '6 seconds', now() + interval '30 seconds'
      from unnest($1::uuid[], $2::uuid[]) as x(channel_id, contact_id)
      on conflict (channel_id, contact_id) do update
      set next_at = greatest(p.next_at, now()) + interval '6 seconds', busy_until = now() + interval '30 seconds'
      where (p.busy_until is null or p.busy_until < now()) and p.next_at <= now() + interval '258 seconds'
      returning channel_id, contact_id
    )
    insert into cap_counter as k (workspace_id, contact_id, day, used)
    select c.workspace_id, pairs.contact_id, $3, 1 from pairs join channel c on c.id = pairs.channel_id
    on conflict (workspace_id, contact_id, day) do update set used = k.used + 1 where k.used < 3
    returning contact_id, used`,
};

/** The verdict is kept before the call is made, in the row that is written anyway. */
export const writeVerdicts = {
  name: "work-verdicts",
  text: `
    update outbox o
    set status = 'sending', attempts = o.attempts + 1, claimed_by = $2, cap_day = $3, lease_until = now() + interval '30 seconds',
        channel_id = x.channel_id, language = 'en', content = x.content, checks = x.checks
    from jsonb_to_recordset($1::jsonb) as x(id uuid, channel_id uuid, content jsonb, checks jsonb) where o.message_id = x.id`,
};

/** The message is written once, with the verdict that waited in the outbox, and its person is free for the next one. */
export const settleSends = {
  name: "work-settle",
  text: `
    with x as materialized (
      select * from json_to_recordset($1::json) as x(id uuid, wamid text, at timestamptz)
    ), done as (
      delete from outbox o using x where o.message_id = x.id
      returning o.message_id, o.contact_id, o.channel_id, o.language, o.content, o.checks, x.wamid, x.at
    ), freed as (
      update pair_pace p set busy_until = null from done
      where p.channel_id = done.channel_id and p.contact_id = done.contact_id
    )
    update message m
    set status = 'sent', wamid = done.wamid, sent_at = done.at, channel_id = done.channel_id, language = done.language,
        content = done.content, checks = done.checks
    from done where m.id = done.message_id`,
};
