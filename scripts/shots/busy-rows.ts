/**
 * What no door can do within a minute, written as the engine would have: an hour of samples, a worker that was lost some minutes
 * ago, memories that no step can work with (whoever moves on becomes a dead letter), and a number with a low limit.
 */
export const busyRows = {
  /** An earlier run's hour; samples of our own stand under the workspace's id. */
  forget:
    "delete from lane_sample s using workspace w where w.id = s.workspace_id and w.id = s.worker_id and w.slug = $1",
  /** Each minute's figures of the last hour, in the shape of a working day; $1: the workspace's slug. */
  sent: `
    insert into lane_sample (at, workspace_id, lane, worker_id, sent, failed, waits)
    select at, w.id, lane, w.id, greatest(0, round(10 * (array[0.5, 6, 4, 8])[lane + 1] * (0.85 + 0.3 * random()
        + case when lane = 3 and minutes < 38 then 1 else 0 end)))::int,
      0, array[0, 0, 0, 0, 0, 0, 0, 4, 20, 60, 12, 1]
    from workspace w, generate_series(0, 3) as lane, generate_series(1, 366) as tens
    cross join lateral (select tens / 6.0 as minutes, now() - tens * interval '10 seconds' as at) moment
    where w.slug = $1 on conflict do nothing`,
  waited: `
    insert into backlog_sample (at, workspace_id, lane, waiting, oldest_ms)
    select now() - tens * interval '10 seconds', w.id, lane,
      round((array[2, 9, 16, 90])[lane + 1] * (0.7 + 0.6 * random()
        + case when lane = 2 then 3 * exp(-power((tens - 150) / 30.0, 2)) when lane = 3 and tens < 228 then 2.2 else 0 end))::int, 0
    from workspace w, generate_series(0, 3) as lane, generate_series(1, 360) as tens
    where w.slug = $1 on conflict do nothing`,
  lostWorker: `
    insert into worker (id, name, host, fence, state, started_at, beat_at, lease_until, taken_over_by, taken_over_at, memory_bytes)
    select gen_random_uuid(), 'worker-3', host, nextval('worker_fence'), 'lost', now() - interval '5 hours',
      now() - interval '4 minutes', now() - interval '210 seconds', id, now() - interval '4 minutes' + interval '31 seconds', 0
    from worker where state = 'working' and not exists (select 1 from worker where state = 'lost') order by name limit 1`,
  slowNumber: "update channel set messages_per_second = $2 from workspace w where w.id = workspace_id and w.slug = $1",
  people: `
    update portfolio p set people_per_day = 10000, used = 8913 from workspace w where w.id = p.workspace_id and w.slug = $1`,
  /** Causes that take a damaged version, or a value of another program's; $1: the workspace's slug. */
  deadLetters: `
    insert into dead_letter (id, workspace_id, contact_id, payload, error, attempts, at, flow_id, node_id)
    select gen_random_uuid(), w.id, c.id,
      jsonb_build_object('kind', 'event', 'event', jsonb_build_object('name', cause.event, 'properties', '{}'::jsonb)),
      cause.error, 5, now() - cause.minutes * interval '1 minute', f.id, case when f.id is not null then 'wait-1' end
    from workspace w
    cross join (values
      ('customer.updated', 'unsupported Unicode escape sequence (22P05)', null, 3, 95),
      ('loan.applied', 'The flow''s version cannot be read.', 'Loan pre-approval', 2, 168)) as cause(event, error, flow, items, minutes)
    left join flow f on f.workspace_id = w.id and f.name = cause.flow
    cross join lateral (select id from contact where workspace_id = w.id order by id limit cause.items) c
    where w.slug = $1 and not exists (select 1 from dead_letter d where d.workspace_id = w.id and d.error = cause.error)`,
  queued: `
    select count(*)::int as count from outbox o join workspace w on w.id = o.workspace_id and w.slug = $1 where o.status = 'queued'`,
  /** $2: external ids. */
  breakMemory: `
    update enrollment e set state = jsonb_set(e.state, '{visitsByNode}', 'null') from contact c, workspace w
    where c.id = e.contact_id and c.external_id = any($2) and w.id = c.workspace_id and w.slug = $1 and e.status = 'waiting'`,
  unknowns: `
    select count(*)::int as count from outbox o join workspace w on w.id = o.workspace_id and w.slug = $1 where o.status = 'unknown'`,
  letters: `
    select count(*)::int as count from dead_letter d join workspace w on w.id = d.workspace_id and w.slug = $1`,
  waiting: `
    select count(*)::int as count from enrollment e join contact c on c.id = e.contact_id
    join workspace w on w.id = c.workspace_id and w.slug = $1 where c.external_id = any($2) and e.status = 'waiting'`,
} as const;
