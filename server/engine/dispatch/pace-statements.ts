import type { Statement } from "../query.ts";

/**
 * Of a number's limit, what flows, what may come at once, and what all workers together may still hold in their hands when they
 * stall between taking and calling: their sum is the limit, so that no second sees more than that.
 */
export const flowShare = 0.84;
export const burstShare = 0.08;

/** In a row and not about one message: then the number's breaker is open. */
export const breakerFailures = 5;
/** While it is open, one message feels the way each so many seconds. */
const breakerRestSeconds = 5;

/** The share of its rate that a number has now: it grows back from a complaint of the provider within a minute. */
const shareNow = (pace: string, at: string): string =>
  `least(1, ${pace}.slow_to + coalesce(extract(epoch from ${at} - ${pace}.slowed_at), 0) / 60)::double precision`;

/**
 * Takes tokens of several numbers at once, in a short statement of its own, so that no claim holds these rows. The row is locked
 * before its bucket is filled, and time never runs backwards in it; it is cut to the column's milliseconds before it is used, since
 * one that is rounded afterwards fills the bucket twice. Answers how many were granted and when it is worth asking again.
 */
export const takeTokens: Statement = {
  name: "pace-take",
  text: `
    with wanted as materialized (
      select * from unnest($1::uuid[], $2::double precision[], $3::integer[]) as w(channel_id, per_second, most)
    ), known as materialized (
      select p.*, date_trunc('milliseconds', clock_timestamp()) as at from channel_pace p
      where p.channel_id in (select channel_id from wanted) order by p.channel_id for update
    ), rated as materialized (
      select k.channel_id, w.most, k.tokens, k.failures >= ${breakerFailures} as is_open, greatest(k.at, k.filled_at) as at,
             greatest(k.rest_until, k.told_until) as rests_until,
             greatest(0, extract(epoch from k.at - k.filled_at)) as seconds,
             w.per_second * ${flowShare} * ${shareNow("k", "k.at")} as rate,
             greatest(1, w.per_second * ${burstShare} * ${shareNow("k", "k.at")}) as burst
      from known k join wanted w using (channel_id)
    ), filled as materialized (
      select *, least(burst, tokens + seconds * rate) as filled, coalesce(rests_until > at, false) as is_resting from rated
    ), granted as materialized (
      select *, case when is_resting then 0
                     else greatest(0, least(most, floor(filled), case when is_open then 1 end))::integer end as n
      from filled
    )
    update channel_pace p
    set tokens = g.filled - g.n, filled_at = g.at,
        rest_until = case when g.is_open and g.n > 0 then g.at + make_interval(secs => ${breakerRestSeconds}) else p.rest_until end
    from granted g where p.channel_id = g.channel_id
    returning p.channel_id, g.n as granted, p.failures,
      case when g.is_resting then extract(epoch from g.rests_until - g.at) * 1000
           else greatest(0, greatest(1, g.burst / 2) - (g.filled - g.n)) / g.rate * 1000 end::double precision as again_in_ms`,
};

/** A number that nobody has sent by begins with an empty bucket, and so does every number after a crash of the database. */
export const addPaces: Statement = {
  name: "pace-add",
  text: `
    insert into channel_pace (channel_id, tokens, filled_at)
    select channel_id, 0, clock_timestamp() from unnest($1::uuid[]) as x(channel_id) on conflict do nothing`,
};

/** What was taken and not used. The bucket's size still bounds it at the next taking. An open breaker's one try is given back too. */
export const giveBackTokens: Statement = {
  name: "pace-give-back",
  text: `
    with x as materialized (
      select p.channel_id, u.unused from channel_pace p
      join unnest($1::uuid[], $2::integer[]) as u(channel_id, unused) using (channel_id) order by p.channel_id for update of p
    )
    update channel_pace p
    set tokens = p.tokens + x.unused,
        rest_until = case when p.failures >= ${breakerFailures} then date_trunc('milliseconds', clock_timestamp()) else p.rest_until end
    from x where p.channel_id = x.channel_id`,
};

/**
 * What calls have taught: failures in a row (with how many this batch ends), a time before which the provider wants nothing more,
 * and a complaint about the rate, which halves it at most once a second. A success closes the breaker and nothing else.
 */
export const teachPaces: Statement = {
  name: "pace-teach",
  text: `
    with x as materialized (
      select p.channel_id, u.failed, u.told_ms, u.is_slowed, clock_timestamp() as at, ${shareNow("p", "clock_timestamp()")} as share,
             least(1000, u.failed + case when u.succeeded then 0 else p.failures end) as failures,
             u.is_slowed and coalesce(p.slowed_at < clock_timestamp() - interval '1 second', true) as halves
      from channel_pace p
      join jsonb_to_recordset($1::jsonb) as u(
        channel_id uuid, succeeded boolean, failed integer, told_ms double precision, is_slowed boolean) using (channel_id)
      order by p.channel_id for update of p
    )
    update channel_pace p
    set failures = x.failures,
        rest_until = case when x.failures < ${breakerFailures} then null
                          when x.failed > 0 then greatest(p.rest_until, x.at + make_interval(secs => ${breakerRestSeconds}))
                          else p.rest_until end,
        told_until = case when x.told_ms > 0 then greatest(p.told_until, x.at + x.told_ms * interval '1 millisecond')
                          else p.told_until end,
        slow_to = case when x.halves then greatest(0.1, x.share / 2) else p.slow_to end,
        slowed_at = case when x.halves then x.at else p.slowed_at end
    from x where p.channel_id = x.channel_id`,
};
