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

/** Claims the first that are due and says for whom they are. */
export const claimSends = {
  name: "work-claim",
  text: `
    with due as (
      select message_id from outbox where status = 'queued' and not_before <= now()
      order by workspace_id, lane, not_before limit $1 for update skip locked
    )
    update outbox o set status = 'sending', attempts = o.attempts + 1, claimed_by = $2, cap_day = $3,
                        lease_until = now() + interval '30 seconds'
    from due where o.message_id = due.message_id
    returning o.message_id, o.contact_id, o.workspace_id`,
};

/** Counts the messages of people who are below their cap, and answers who they are. */
export const raiseCaps = {
  name: "work-cap",
  text: `
    insert into cap_counter as k (workspace_id, contact_id, day, used)
    select * from json_to_recordset($1::json) as x(workspace_id uuid, contact_id uuid, day text, used smallint)
    on conflict (workspace_id, contact_id, day) do update set used = k.used + 1 where k.used < 3
    returning contact_id, used`,
};

export const writeVerdicts = {
  name: "work-verdicts",
  text: `
    update message m set status = 'sending', channel_id = x.channel_id, language = 'en', content = x.content, checks = x.checks
    from jsonb_to_recordset($1::jsonb) as x(id uuid, channel_id uuid, content jsonb, checks jsonb) where m.id = x.id`,
};

export const settleSends = {
  name: "work-settle",
  text: `
    with x as materialized (
      select * from json_to_recordset($1::json) as x(id uuid, wamid text, at timestamptz)
    ), sent as (
      update message m set status = 'sent', wamid = x.wamid, sent_at = x.at from x where m.id = x.id
    )
    delete from outbox o using x where o.message_id = x.id`,
};
