import pg from "pg";
import { demoWorkspaceSlug as slug } from "#server/demo/demo-customers.ts";
import { untilDemo } from "./until-demo.ts";

/** Eight weeks, so that four have four before them. */
const messages = 90_000;
const days = 56;

/** How long workers may take to count them all. */
const countingMs = 300_000;

/**
 * Messages of a bank with more customers than the demo has, for the pictures of the dashboard: the same steps, templates and people as in
 * the demo's own history, by hours and weekdays at which banks write, with the outcomes that such messages have. The same ones each time,
 * but for the day they end on. `r(i, what)` is chance: 0 to 1 by a hash.
 */
const fill = `
  with bank as (select id, timezone from workspace where slug = $1),
  steps as (
    select flow_id, version_id, node_id, template, purpose, channel_id, row_number() over (order by flow_id, node_id, template) as n
    from (
      select distinct flow_id, version_id, node_id, template, purpose, channel_id from message
      where workspace_id = (select id from bank) and direction = 'outbound' and template is not null and version_id is not null
    ) each
  ), people as (
    select id, shard, left(coalesce(locale, 'en'), 2) as language, row_number() over (order by id) as n,
           (array['SN', 'SN', 'CI', 'CI', 'CO', 'FR', 'IN'])[1 + (abs(hashtext(id::text)) % 7)] as country
    from contact where workspace_id = (select id from bank)
  ), picked as materialized (
    select i, 1 + floor(r(i, 'step') ^ 1.4 * (select count(*) from steps))::bigint as step,
           1 + floor(r(i, 'who') * (select count(*) from people))::bigint as person
    from generate_series(1, $2::integer) i
  ), drawn as materialized (
    select i, s.*, p.id as contact_id, p.shard, p.language, p.country, b.id as workspace_id,
           date_trunc('day', now()) - make_interval(days => floor(r(i, 'day') * $3)::integer)
             + make_interval(mins => (60 * (7.5 + 14 * (r(i, 'hour') + r(i, 'hours')) / 2))::integer) as at,
           least(1, 0.35 + 0.09 * s.n) as pull
    from picked join steps s on s.n = step join people p on p.n = person cross join bank b
  ), fated as materialized (
    select d.*, r(i, 'arrive') as arrive, r(i, 'read') as seen, r(i, 'act') as act, r(i, 'goal') as goal,
           -- Evenings and the middle of the week are better, and lately it goes better than before.
           pull * (0.8 + 0.25 * (extract(hour from at) between 17 and 20)::integer + 0.1 * (extract(isodow from at) in (2, 3))::integer)
             * (1 + 0.16 * extract(epoch from at - now() + interval '56 days') / extract(epoch from interval '56 days')) as appeal
    from drawn d where at < now()
  )
  insert into message (id, workspace_id, shard, contact_id, channel_id, direction, flow_id, version_id, node_id, purpose, country, type,
                       template, language, status, reason, error_code, cost_micros, cost_currency, created_at, sent_at, delivered_at,
                       read_at, clicked_at, replied_at, converted_at, value_minor, value_currency, opted_out_at, score)
  select gen_random_uuid(), workspace_id, shard, contact_id, channel_id, 'outbound', flow_id, version_id, node_id, purpose, country,
         'template', template, language,
         case when arrive < 0.025 then 'skipped' when arrive < 0.065 then 'failed' when seen < 0.76 then 'read' else 'delivered' end,
         case when arrive < 0.014 then 'frequency-cap' when arrive < 0.025 then 'no-consent' when arrive < 0.065 then 'undelivered' end,
         case when arrive between 0.025 and 0.047 then 131026 when arrive between 0.047 and 0.065 then 131049 end,
         -- Of one country no price is known.
         case when country = 'FR' then null when purpose = 'marketing' then 21800 else 4600 end, case when country <> 'FR' then 'USD' end, at - interval '1 second',
         case when arrive >= 0.025 then at end, case when arrive >= 0.065 then at + interval '4 seconds' end,
         case when arrive >= 0.065 and seen < 0.76 then at + interval '9 minutes' end,
         case when arrive >= 0.065 and act < 0.3 * appeal then at + interval '25 minutes' end,
         case when arrive >= 0.065 and act > 1 - 0.12 * appeal then at + interval '40 minutes' end,
         case when arrive >= 0.065 and goal < 0.36 * appeal and at < now() - interval '3 hours' then at + interval '2 hours' end,
         case when arrive >= 0.065 and goal < 0.36 * appeal and at < now() - interval '3 hours' and r(i, 'told') < 0.3
              then 250000 + floor(r(i, 'worth') * 5000000)::bigint end, case when r(i, 'told') < 0.02 then 'XOF' when r(i, 'told') < 0.3 then 'EUR' end,
         case when arrive >= 0.065 and r(i, 'stop') < 0.0029 then at + interval '1 hour' end,
         case when arrive >= 0.065 and r(i, 'asked') < 0.012 then (array[5, 5, 5, 4, 4, 4, 4, 5, 3, 2])[1 + floor(r(i, 'score') * 10)::integer] end
  from fated`;

const chance = `
  create or replace function pg_temp.r(i integer, what text) returns float8 language sql immutable as
  $$ select (hashtextextended(i::text || what, 7) & 1048575) / 1048576.0 $$`;

/** The bank's conversations: three of four need no agent. */
const conversations = `
  insert into message (id, workspace_id, shard, contact_id, direction, type, status, country, created_at, opens_conversation, handed_off_at)
  select gen_random_uuid(), c.workspace_id, c.shard, c.id, 'inbound', 'text', 'received', 'SN', at, true,
         case when pg_temp.r(i, 'agent') < 0.25 then at + interval '6 minutes' end
  from (select id, shard, workspace_id, row_number() over (order by id) as n, count(*) over () as people
        from contact where workspace_id = (select id from workspace where slug = $1)) c
  cross join lateral (
    select i, now() - make_interval(hours => (pg_temp.r(i, 'at') * 24 * 50)::integer) as at
    from generate_series(c.n::integer, 4000, c.people::integer) i) each`;

/** Fills the dashboard of a throw-away demo, and waits until a worker has counted it all. */
export async function fillDashboard(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(chance);
    // Nothing is known of the rows that are made up on the way: joined one by one they would take minutes.
    await client.query("set enable_nestloop = off");
    await client.query(fill.replaceAll("r(i,", "pg_temp.r(i,"), [slug, messages, days]);
    await client.query(conversations, [slug]);
    const isCounted = async () => (await client.query("select from message_change limit 1")).rowCount === 0;
    await untilDemo(isCounted, { limitMs: countingMs, whatFails: "The demo's messages are not counted" });
  } finally {
    await client.end();
  }
}
