import type pg from "pg";
import { after } from "../dispatch/lock-order.ts";
import { query, type Statement } from "../query.ts";

const rowsAtOnce = 1_000;
/** By then the call of whatever has reached the person is settled: its outcome is written within moments of the provider's answer. */
const settledSeconds = 5;

/**
 * Whose doing it was that somebody reached a goal, said STOP, gave a score or ended up with an agent. A goal belongs to the last message of
 * its enrollment that had left by then, a STOP to the last one to the person, both within 7 days: so each counts once, and sums of
 * messages are sums of people's acts, and what the goal was worth goes with it. A score belongs to the message that asked, a hand-off to the conversation it came out of.
 * Taken by an array of ids: a join with them compared each with every row while the table's statistics were those of an empty one.
 */
const credit: Statement = {
  name: "credit-messages",
  text: `
    with taken as (
      delete from message_credit
      where id = any(array(
        select id from message_credit where queued_at <= now() - make_interval(secs => $2) order by id limit $1 for update skip locked
      ))
      returning kind, contact_id, enrollment_id, visit, score, value_minor, value_currency, at
    ), found as materialized (
      select t.kind, t.at, t.score, t.value_minor, t.value_currency, m.id from taken t cross join lateral (
        select id from message
        where enrollment_id = t.enrollment_id and direction = 'outbound' and sent_at <= t.at and sent_at > t.at - interval '7 days'
        order by sent_at desc, id desc limit 1) m
      where t.kind = 'conversion'
      union all
      select t.kind, t.at, t.score, t.value_minor, t.value_currency, m.id from taken t cross join lateral (
        select id from message
        where contact_id = t.contact_id and direction = 'outbound' and sent_at <= t.at and sent_at > t.at - interval '7 days'
        order by sent_at desc, id desc limit 1) m
      where t.kind = 'opt-out'
      union all
      select t.kind, t.at, t.score, t.value_minor, t.value_currency, m.id from taken t join message m
        on m.enrollment_id = t.enrollment_id and m.visit = t.visit and m.direction = 'outbound'
      where t.kind = 'score'
      union all
      select t.kind, t.at, t.score, t.value_minor, t.value_currency, m.id from taken t cross join lateral (
        select id from message
        where contact_id = t.contact_id and direction = 'inbound' and opens_conversation
          and created_at <= t.at and created_at > t.at - interval '7 days'
        order by created_at desc, id desc limit 1) m
      where t.kind = 'hand-off'
    ), locked as materialized (
      select id from message where id in (select id from found) order by id for no key update
    ), credited as (
      update message m
      set converted_at = coalesce(m.converted_at, f.converted_at), opted_out_at = coalesce(m.opted_out_at, f.opted_out_at),
          value_minor = case when m.converted_at is null then f.value_minor else m.value_minor end,
          value_currency = case when m.converted_at is null then f.value_currency else m.value_currency end,
          score = coalesce(m.score, f.score), handed_off_at = coalesce(m.handed_off_at, f.handed_off_at)
      from (
        select id, min(at) filter (where kind = 'conversion') as converted_at, min(at) filter (where kind = 'opt-out') as opted_out_at,
               (array_agg(value_minor order by at) filter (where kind = 'conversion'))[1] as value_minor,
               (array_agg(value_currency order by at) filter (where kind = 'conversion'))[1] as value_currency,
               min(at) filter (where kind = 'hand-off') as handed_off_at, (array_agg(score order by at) filter (where kind = 'score'))[1] as score
        from found group by id
      ) f
      where m.id = f.id and ${after("locked")}
    )
    select count(*)::integer as credits from taken`,
};

/** Notes on messages what people did because of them. Answers how many acts it took; they wait until calls under way are settled. */
export async function creditMessages(pool: pg.Pool, waitSeconds = settledSeconds): Promise<number> {
  const [taken] = await query<{ credits: number }>(pool, credit, [rowsAtOnce, waitSeconds]);
  return taken?.credits ?? 0;
}
