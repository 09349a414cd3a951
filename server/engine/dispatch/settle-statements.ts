import type { Statement } from "../query.ts";
import { after } from "./lock-order.ts";

/** Messages of which nobody has heard anything yet: an answer may still move them. */
const open = "('queued', 'sending', 'unknown')";

/**
 * Clears pairs in their order (`lock-order.ts`). `from` is a relation with channel_id and contact_id, `condition` what has to be over first.
 * An upsert, since that finds each pair by its key whatever the planner believes: as a join, planned while the table was small, it read
 * all pairs at each settlement. A pair that has been swept meanwhile is written anew, with an empty bucket.
 */
export const freePairs = (from: string, condition = "true"): string => `
      insert into pair_pace (channel_id, contact_id, next_at)
      select distinct x.channel_id, x.contact_id, now() from ${from} x
      where x.channel_id is not null and ${condition} order by 1, 2
      on conflict (channel_id, contact_id) do update set busy_until = null`;

/**
 * An acceptance is a fact, whoever reports it, so it needs no valid lease. It never takes a status back: a webhook may have
 * been faster than the answer. All in one statement, so that the most frequent settlement needs no transaction around it. This is
 * also where the gate's verdict reaches the message: the wide row is written once. The outbox is joined by its key alone: with a word
 * about its status the planner would rather read the whole index of what is being sent, and the dead rows in it. For the same reason
 * the enrollment's status is asked one by one: joined, all that wait would be read.
 */
export const settleAccepted: Statement = {
  name: "settle-accepted",
  text: `
    with x as materialized (
      select * from jsonb_to_recordset($1::jsonb) as x(
        id uuid, claim text, wamid text, at timestamptz, contact_id uuid, channel_id uuid, cost_micros bigint, cost_currency text)
    ), locked as materialized (
      select m.id from x join message m on m.id = x.id order by m.id for no key update of m
    ), accepted as (
      update message m
      set status = case when m.status in ${open} then 'sent' else m.status end,
          reason = case when m.status in ${open} and m.reason is distinct from 'resent' then null else m.reason end,
          error_code = case when m.status in ${open} then null else m.error_code end,
          error_detail = case when m.status in ${open} then null else m.error_detail end,
          wamid = coalesce(m.wamid, x.wamid), cost_micros = x.cost_micros, cost_currency = x.cost_currency,
          sent_at = case when m.sent_at < date_trunc('second', x.at) then m.sent_at else x.at end,
          channel_id = coalesce(o.channel_id, m.channel_id), language = coalesce(o.language, m.language),
          content = coalesce(o.content, m.content), checks = coalesce(o.checks, m.checks),
          cap_day = coalesce(o.cap_day, m.cap_day)
      from x left join outbox o on o.message_id = x.id
      where m.id = x.id and ${after("locked")}
      returning m.workspace_id, m.shard, m.contact_id, m.enrollment_id, m.visit
    ), finished as (
      delete from outbox o using x
      where o.message_id = x.id and (o.claimed_by = x.claim or o.status in ('unknown', 'queued', 'behind')) and ${after("accepted")}
      returning o.message_id
    ), freed as (${freePairs("x", after("finished"))}
    )
    insert into signal_queue (workspace_id, shard, contact_id, enrollment_id, payload)
    select a.workspace_id, a.shard, a.contact_id, a.enrollment_id, $2::jsonb || jsonb_build_object('visit', a.visit) from accepted a
    where a.visit is not null and (select e.status from enrollment e where e.id = a.enrollment_id) = 'waiting'`,
};

/**
 * Everything else holds only for the worker that still has the claim: a zombie must not undo what its successor did. The messages
 * are locked before their outbox rows.
 */
export const lockClaims: Statement = {
  name: "settle-lock",
  text: `
    with x as materialized (
      select * from json_to_recordset($1::json) as x(id uuid, claim text)
    ), messages as materialized (
      select id from message where id = any(array(select id from x)) order by id for no key update
    )
    select o.message_id from outbox o join x on o.message_id = x.id and o.claimed_by = x.claim
    where ${after("messages")} order by o.message_id for update of o`,
};

/**
 * Answers the messages that were still open. A second attempt's refusal does not say what became of the first one: such a message
 * stays unknown, and while it is tried again it keeps saying that it is a second one.
 */
export const updateMessages: Statement = {
  name: "settle-messages",
  text: `
    update message m
    set status = case when m.reason = 'resent' and x.status = 'failed' then 'unknown' else x.status end,
        reason = case when m.reason = 'resent' and x.status = 'failed' then 'unknown-outcome'
                      when m.reason = 'resent' and x.status = 'queued' then m.reason else x.reason end,
        error_code = x.code, error_detail = x.detail,
        failed_at = case when x.status = 'failed' then x.at else m.failed_at end,
        channel_id = coalesce(o.channel_id, m.channel_id), language = coalesce(o.language, m.language),
        content = coalesce(o.content, m.content), checks = coalesce(o.checks, m.checks),
        cap_day = coalesce(o.cap_day, m.cap_day)
    from json_to_recordset($1::json) as x(id uuid, status text, reason text, code integer, detail text, at timestamptz)
    join outbox o on o.message_id = x.id
    where m.id = x.id and m.status in ('queued', 'sending')
    returning m.id`,
};

/** What comes back is first in its person's line. */
export const requeue: Statement = {
  name: "settle-requeue",
  text: `
    update outbox o
    set status = 'queued', not_before = coalesce(x.not_before, o.not_before), claimed_by = null, lease_until = null, holds_back = true,
        attempts = o.attempts - 1 + x.called, cap_day = case when x.refunded then null else o.cap_day end,
        budget_month = case when x.refunded then null else o.budget_month end
    from json_to_recordset($1::json) as x(id uuid, not_before timestamptz, called smallint, refunded boolean) where o.message_id = x.id`,
};

export const setUnknown: Statement = {
  name: "settle-unknown",
  text: `
    update outbox set status = 'unknown', claimed_by = null, lease_until = now() + make_interval(secs => $2)
    where message_id = any($1::uuid[])`,
};

export const deleteOutbox: Statement = {
  name: "settle-delete",
  text: "delete from outbox where message_id = any($1::uuid[])",
};

/** Only a connected number: the first refusal is the one to show and to tell of. */
export const pauseChannels: Statement = {
  name: "settle-pause-channels",
  text: `
    update channel c set status = 'paused', status_reason = x.reason
    from json_to_recordset($1::json) as x(id uuid, reason text) where c.id = x.id and c.status = 'connected'
    returning c.id, c.status_reason as reason`,
};

export const clearPairs: Statement = {
  name: "settle-pairs",
  text: freePairs("(select * from unnest($1::uuid[], $2::uuid[]) as u(channel_id, contact_id))"),
};

/**
 * Lets the next messages of these people go. A statement of its own after the pairs are cleared: whoever was refused while they were
 * busy has committed by then, since a claim holds the pair's row until its end, and is seen here. A row that somebody else has is
 * being released too, or withdrawn.
 */
export const releaseBehind: Statement = {
  name: "settle-release",
  text: `
    update outbox o set status = 'queued'
    from (
      select message_id from outbox where status = 'behind' and contact_id = any($1::uuid[]) for update skip locked
    ) free
    where o.message_id = free.message_id
    returning o.message_id`,
};
