import type { Statement } from "../query.ts";

/*
 * One statement per table. What each enrollment writes goes as one array per column (array-text.ts); what is rare goes as one JSON
 * array, which is easier to read. Multi-row inserts reach 57-84 thousand rows a second here; row by row it is 5 thousand.
 */

/** Writes as many rows as were new; a repeated event of the same flow, person and key gives none. */
export const insertEnrollments: Statement = {
  name: "write-enrollments-new",
  text: `
    insert into enrollment (id, status, node_id, state, wake_at, ended_at, end_reason, goal_at, trace_count,
                            version_id, move_id, workspace_id, shard, flow_id, contact_id, key, event_id, entered_at, language)
    select * from unnest(
      $1::uuid[], $2::text[], $3::text[], $4::jsonb[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::timestamptz[],
      $9::integer[], $10::uuid[], $11::uuid[], $12::uuid[], $13::smallint[], $14::uuid[], $15::uuid[], $16::text[], $17::uuid[],
      $18::timestamptz[], $19::text[])
    on conflict (contact_id, flow_id, key, event_id) do nothing`,
};

export const updateEnrollments: Statement = {
  name: "write-enrollments",
  text: `
    update enrollment e
    set status = x.status, node_id = x.node_id, state = x.state, wake_at = x.wake_at,
        ended_at = case when x.ended_at is null then null else coalesce(e.ended_at, x.ended_at) end,
        end_reason = x.end_reason, goal_at = x.goal_at, trace_count = x.trace_count,
        version_id = x.version_id, move_id = x.move_id
    from unnest(
      $1::uuid[], $2::text[], $3::text[], $4::jsonb[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::timestamptz[],
      $9::integer[], $10::uuid[], $11::uuid[]
    ) as x(id, status, node_id, state, wake_at, ended_at, end_reason, goal_at, trace_count, version_id, move_id)
    where e.id = x.id`,
};

/** The five ids of an enrollment stand in its place of the first arrays, for all rows of its path. A look-up by place is no join. */
export const insertTraces: Statement = {
  name: "write-traces",
  text: `
    insert into trace (enrollment_id, at, ordinal, workspace_id, contact_id, flow_id, version_id, visit, node_id, kind, handle, detail)
    select ($1::uuid[])[r.place], r.at, r.ordinal, ($2::uuid[])[r.place], ($3::uuid[])[r.place], ($4::uuid[])[r.place],
           ($5::uuid[])[r.place], r.visit, r.node_id, r.kind, r.handle, r.detail
    from unnest(
      $6::integer[], $7::timestamptz[], $8::integer[], $9::integer[], $10::text[], $11::text[], $12::text[], $13::jsonb[]
    ) as r(place, at, ordinal, visit, node_id, kind, handle, detail)`,
};

/** Message and outbox row from the same columns: the message is what people see, the outbox row what still has to leave. */
export const insertSends: Statement = {
  name: "write-sends",
  text: `
    with x as (
      select * from unnest(
        $1::uuid[], $2::uuid[], $3::smallint[], $4::uuid[], $5::uuid[], $6::uuid[], $7::integer[], $8::text[], $9::text[],
        $10::text[], $11::smallint[], $12::jsonb[], $13::timestamptz[], $15::text[], $16::uuid[], $17::text[]
      ) as x(id, workspace_id, shard, contact_id, flow_id, enrollment_id, visit, node_id, purpose, template, lane, request, expires_at,
             type, version_id, country)
    ), messages as (
      insert into message (id, workspace_id, shard, contact_id, direction, flow_id, enrollment_id, version_id, visit,
                           node_id, purpose, country, type, template, status, created_at)
      select id, workspace_id, shard, contact_id, 'outbound', flow_id, enrollment_id, version_id, visit,
             node_id, purpose, country, type, template, 'queued', $14
      from x
    )
    insert into outbox (message_id, workspace_id, shard, contact_id, enrollment_id, visit, lane, request, not_before, expires_at, created_at)
    select id, workspace_id, shard, contact_id, enrollment_id, visit, lane, request, $14, expires_at, $14 from x`,
};

export const insertHandOffs: Statement = {
  name: "write-hand-offs",
  text: `
    insert into hand_off (id, workspace_id, contact_id, flow_id, enrollment_id, visit, queue, priority, note, created_at)
    select * from json_to_recordset($1::json) as x(
      id uuid, workspace_id uuid, contact_id uuid, flow_id uuid, enrollment_id uuid, visit integer, queue text, priority text,
      note text, created_at timestamptz)`,
};

export const insertCredits: Statement = {
  name: "write-credits",
  text: `
    insert into message_credit (kind, workspace_id, contact_id, enrollment_id, visit, score, value_minor, value_currency, at)
    select * from json_to_recordset($1::json) as x(
      kind text, workspace_id uuid, contact_id uuid, enrollment_id uuid, visit integer, score smallint, value_minor bigint,
      value_currency text, at timestamptz)`,
};

/** By the person's few hand-offs: there is no index on enrollments. */
export const closeHandOffs: Statement = {
  name: "write-hand-offs-closed",
  text: `
    update hand_off h set status = 'closed', outcome = x.outcome, resolved_at = x.at
    from json_to_recordset($1::json) as x(contact_id uuid, enrollment_id uuid, visit integer, outcome text, at timestamptz)
    where h.contact_id = x.contact_id and h.enrollment_id = x.enrollment_id and h.visit = x.visit and h.status in ('open', 'claimed')`,
};

export const insertEvents: Statement = {
  name: "write-events",
  text: `
    with x as materialized (
      select * from json_to_recordset($1::json) as x(
        id uuid, workspace_id uuid, shard smallint, contact_id uuid, message_id text, name text, properties jsonb, at timestamptz,
        is_heard boolean)
    ), stored as (
      insert into event (id, received_at, workspace_id, shard, contact_id, message_id, type, name, properties, occurred_at)
      select id, at, workspace_id, shard, contact_id, message_id, 'system', name, properties, at from x
    )
    insert into signal_queue (workspace_id, shard, contact_id, payload, event_id, created_at)
    select workspace_id, shard, contact_id, '{"kind": "event"}', id, at from x where is_heard`,
};

export const insertTurns: Statement = {
  name: "write-turns",
  text: `
    insert into turn (workspace_id, shard, flow_id, node_id, contact_id, enrollment_id, visit, people, period_ms)
    select workspace_id, shard, flow_id, node_id, contact_id, enrollment_id, visit, people, period_ms
    from json_to_recordset($1::json) as x(
      workspace_id uuid, shard smallint, flow_id uuid, node_id text, contact_id uuid, enrollment_id uuid, visit integer,
      people integer, period_ms integer)`,
};

export const insertWebhookCalls: Statement = {
  name: "write-webhook-calls",
  text: `
    insert into webhook_call (id, workspace_id, shard, contact_id, enrollment_id, visit, request, not_before, created_at)
    select id, workspace_id, shard, contact_id, enrollment_id, visit, request, at, at
    from json_to_recordset($1::json) as x(
      id uuid, workspace_id uuid, shard smallint, contact_id uuid, enrollment_id uuid, visit integer, request jsonb, at timestamptz)`,
};

/** Only rows that are still as they were read; answers their ids. */
export const updateContacts: Statement = {
  name: "write-contacts",
  text: `
    update contact c set attributes = x.attributes, tags = x.tags, updated_at = x.at
    from json_to_recordset($1::json) as x(id uuid, row_version text, attributes jsonb, tags text[], at timestamptz)
    where c.id = x.id and c.xmin::text = x.row_version
    returning c.id`,
};

export const insertHeld: Statement = {
  name: "write-held",
  text: `
    insert into held_signal (workspace_id, shard, flow_id, contact_id, enrollment_id, payload)
    select workspace_id, shard, flow_id, contact_id, enrollment_id, payload
    from json_to_recordset($1::json) as x(
      workspace_id uuid, shard smallint, flow_id uuid, contact_id uuid, enrollment_id uuid, payload jsonb)`,
};

export const insertDeadLetters: Statement = {
  name: "write-dead-letters",
  text: `
    insert into dead_letter (id, workspace_id, contact_id, sequence, enrollment_id, flow_id, node_id, payload, error, attempts, at)
    select * from json_to_recordset($1::json) as x(
      id uuid, workspace_id uuid, contact_id uuid, sequence bigint, enrollment_id uuid, flow_id uuid, node_id text, payload jsonb,
      error text, attempts smallint, at timestamptz)`,
};

export const deleteQueued: Statement = {
  name: "cross-off-queue",
  text: "delete from signal_queue where sequence = any($1::bigint[])",
};

export const deleteHeld: Statement = {
  name: "cross-off-held",
  text: "delete from held_signal where id = any($1::bigint[])",
};
