import type { Statement } from "../query.ts";

/**
 * Throttles at which somebody waits, each with its flow's running version and the pace of whoever is first: one index probe per
 * throttle, however many people stand there. In a held flow nobody goes on.
 */
export const waitingThrottles: Statement = {
  name: "turns-throttles",
  text: `
    with recursive lines as (
      (select flow_id, node_id, people, period_ms from turn order by flow_id, node_id, id limit 1)
      union all
      select n.* from lines l cross join lateral (
        select t.flow_id, t.node_id, t.people, t.period_ms from turn t
        where (t.flow_id, t.node_id) > (l.flow_id, l.node_id) order by t.flow_id, t.node_id, t.id limit 1
      ) n
    )
    select l.flow_id, l.node_id, l.people, l.period_ms, f.version_id
    from lines l join flow f on f.id = l.flow_id where f.status <> 'held'`,
};

export const knowThrottle: Statement = {
  name: "turns-know",
  text: "insert into throttle (flow_id, node_id) values ($1, $2) on conflict do nothing",
};

/** One worker at a time gives a throttle's turns; the others leave it alone. */
export const lockThrottle: Statement = {
  name: "turns-lock",
  text: "select log from throttle where flow_id = $1 and node_id = $2 for update skip locked",
};

/**
 * Takes the first of a line away: $3 people who still stand there, who are told, and everybody before them who has left meanwhile.
 * At most $4 rows are looked at. Who is due are the first of the line up to an id, and go by it: a join with their ids compared each with
 * every row while the table's statistics were those of an empty one. Answers how many were told and how many rows went.
 */
export const giveTurns: Statement = {
  name: "turns-give",
  text: `
    with first as materialized (
      select id, workspace_id, shard, contact_id, enrollment_id, visit from turn
      where flow_id = $1 and node_id = $2 order by id limit $4
    ), judged as materialized (
      select f.*, e.id is not null as is_here, count(e.id) over (order by f.id) as place
      from first f left join enrollment e
        on e.id = f.enrollment_id and e.status = 'waiting' and e.node_id = $2 and (e.state->>'visit')::integer = f.visit
    ), due as (
      select * from judged where place <= $3
    ), told as (
      insert into signal_queue (workspace_id, shard, contact_id, enrollment_id, payload)
      select workspace_id, shard, contact_id, enrollment_id, jsonb_build_object('kind', 'turn', 'visit', visit)
      from due where is_here order by id
    ), gone as (
      delete from turn where flow_id = $1 and node_id = $2 and id <= (select max(id) from due)
    )
    select count(*) filter (where is_here)::integer as told, count(*)::integer as gone from due`,
};

export const keepLog: Statement = {
  name: "turns-keep",
  text: "update throttle set log = $3::jsonb where flow_id = $1 and node_id = $2",
};
