/**
 * What 24 days of an experiment leave behind, written as the engine would have: people assigned, what they got and did. The loan offer's
 * second words bring a fifth more goals. For pictures and stories, in a throw-away Chasqui: no clock can be moved that far in a minute.
 */
export const experimentRows = {
  /** The same people each time. */
  seed: "select setseed(0.42)",
  /** It began 24 days ago; $1: the workspace's slug, $2: the plan to have had. */
  begin: `
    update experiment x set started_at = now() - interval '24 days', plan = x.plan || $2::jsonb, read_at = null, verdict = null
    from workspace w where w.id = x.workspace_id and w.slug = $1 and x.key = 'loan-call-to-action'`,
  /** $1: slug, $2: people, $3: percent of them in the first arm. */
  people: `
    insert into assignment (experiment_id, contact_id, workspace_id, arm, at, enrollment_id, version_id)
    select x.id, gen_random_uuid(), x.workspace_id, case when random() * 100 < $3::int then 'apply' else 'get' end,
      date_trunc('milliseconds', now() - interval '24 days' * (1 - n / ($2::int + 1.0))), gen_random_uuid(), f.version_id
    from experiment x join flow f on f.id = x.flow_id join workspace w on w.id = x.workspace_id, generate_series(1, $2::int) as n
    where w.slug = $1 and x.key = 'loan-call-to-action'`,
  /** Who they are: of three countries and languages, known for some weeks. $1: slug. */
  contacts: `
    insert into contact (id, workspace_id, shard, phone, locale, created_at, updated_at)
    select a.contact_id, a.workspace_id, 0, c.begins || lpad(floor(random() * 1000000)::text, 7, '0'), c.locale, x.started_at, x.started_at
    from assignment a join experiment x on x.id = a.experiment_id join workspace w on w.id = a.workspace_id
    cross join lateral (select floor(random() * 20)::int as n where a.at is not null) drawn
    join (values ('+22177', 'fr', 0, 9), ('+57300', 'es', 9, 15), ('+2250707', 'fr', 15, 18), ('+551199', 'pt_BR', 18, 20))
      c(begins, locale, least, most) on drawn.n >= c.least and drawn.n < c.most
    where w.slug = $1 and x.key = 'loan-call-to-action' and not exists (select 1 from contact k where k.id = a.contact_id)`,
  messages: `
    insert into message (id, workspace_id, shard, contact_id, direction, flow_id, enrollment_id, visit, node_id, purpose, type, template, status,
      reason, error_code, cost_micros, cost_currency, created_at, sent_at, delivered_at, read_at, replied_at, failed_at)
    select gen_random_uuid(), a.workspace_id, 0, a.contact_id, 'outbound', x.flow_id, a.enrollment_id, 1, 'offer', 'marketing', 'template',
      'loan_offer', case when u.sent > 0.985 then 'skipped' when u.got > 0.965 then 'failed' else 'read' end,
      case when u.sent > 0.985 then 'frequency-cap' when u.got > 0.965 then 'undeliverable' end,
      case when u.sent <= 0.985 and u.got > 0.965 then 131026 end, 12500, 'USD', a.at,
      case when u.sent <= 0.985 then a.at + interval '4 seconds' end,
      case when u.sent <= 0.985 and u.got <= 0.965 then a.at + interval '9 seconds' end,
      case when u.sent <= 0.985 and u.got <= 0.965 and u.read < 0.78 then a.at + interval '40 minutes' end,
      case when u.sent <= 0.985 and u.got <= 0.965 and u.read < case a.arm when 'get' then 0.2 else 0.175 end then a.at + interval '2 hours' end,
      case when u.sent <= 0.985 and u.got > 0.965 then a.at + interval '9 seconds' end
    from assignment a join experiment x on x.id = a.experiment_id join workspace w on w.id = a.workspace_id
    cross join lateral (select random() as sent, random() as got, random() as read where a.at is not null) u
    where w.slug = $1 and x.key = 'loan-call-to-action' and not exists (select 1 from enrollment e where e.id = a.enrollment_id)
      and not exists (select 1 from message m where m.enrollment_id = a.enrollment_id)`,
  goals: `
    insert into enrollment (id, workspace_id, shard, flow_id, version_id, contact_id, key, event_id, status, state, entered_at, ended_at, end_reason, goal_at)
    select a.enrollment_id, a.workspace_id, 0, x.flow_id, a.version_id, a.contact_id, '', gen_random_uuid(), 'ended', '{}', a.at, u.goal_at, 'goal', u.goal_at
    from assignment a join experiment x on x.id = a.experiment_id join workspace w on w.id = a.workspace_id
    cross join lateral (select a.at + interval '1 day' * (-ln(random()) * 1.6) as goal_at, random() as luck where a.at is not null) u
    where w.slug = $1 and x.key = 'loan-call-to-action' and u.luck < case a.arm when 'get' then 0.098 else 0.079 end and u.goal_at < now()
      and not exists (select 1 from enrollment e where e.id = a.enrollment_id)`,
  /** As the hourly reading keeps it; $1: slug, $2: people. */
  verdict: `
    update experiment x set read_at = now(), verdict = jsonb_build_object('state', 'ship', 'arm', 'get', 'rates', '[0.0764, 0.1044]'::jsonb,
      'people', $2::int, 'daysLeft', null)
    from workspace w where w.id = x.workspace_id and w.slug = $1 and x.key = 'loan-call-to-action'`,
  log: `
    insert into experiment_log (id, workspace_id, experiment_id, at, kind, detail)
    select gen_random_uuid(), x.workspace_id, x.id, now() - line.days * interval '1 day', line.kind, line.detail::jsonb
    from experiment x join workspace w on w.id = x.workspace_id
    cross join (values (15, 'verdict', '{"state": "running", "arm": null}'), (3, 'verdict', '{"state": "ship", "arm": "get"}')) line(days, kind, detail)
    where w.slug = $1 and x.key = 'loan-call-to-action'`,
} as const;
