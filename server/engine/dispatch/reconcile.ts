import type pg from "pg";
import { inTransaction, query, type Statement } from "../query.ts";
import { reconcileSeconds } from "./settle.ts";
import { freePairs } from "./settle-statements.ts";
import { claimLeaseSeconds } from "./write-decisions.ts";

/**
 * A worker died between claim and settlement: the call may have been made or not. Its claims are known by their lease, and sooner by
 * its name at their front once another worker has taken over from it. A message that a status is just moving is left for the next second.
 * Names are asked for only until the leases of a lost worker's claims have run out: asked for each second, they would have all read that
 * is being sent, and each row that was since the last vacuum.
 */
const expireLeases: Statement = {
  name: "reconcile-leases",
  text: `
    with expired as materialized (
      select o.message_id, o.contact_id, o.channel_id, o.language, o.content, o.checks, o.cap_day
      from outbox o join message m on m.id = o.message_id
      where o.status = 'sending'
        and o.message_id = any(array(
          (select message_id from outbox where status = 'sending' and lease_until < now() order by lease_until limit 500)
          union all
          (select l.message_id from worker w cross join lateral (
             select message_id from outbox where status = 'sending' and split_part(claimed_by, '/', 1) = w.id::text limit 500
           ) l where w.state = 'lost' and w.taken_over_at > now() - make_interval(secs => 2 * $2))))
        -- Asked again of each, since it may have been settled and claimed anew a moment ago.
        and (o.lease_until < now() or split_part(o.claimed_by, '/', 1) in (select id::text from worker where state = 'lost'))
      order by o.lease_until limit 500 for update of o skip locked for no key update of m skip locked
    ), parked as (
      update outbox o set status = 'unknown', claimed_by = null, lease_until = now() + make_interval(secs => $1)
      from expired where o.message_id = expired.message_id
    ), freed as (${freePairs("expired")}
    )
    update message m
    set status = 'unknown', reason = 'unknown-outcome', channel_id = coalesce(expired.channel_id, m.channel_id),
        language = coalesce(expired.language, m.language), content = coalesce(expired.content, m.content),
        checks = coalesce(expired.checks, m.checks), cap_day = coalesce(expired.cap_day, m.cap_day)
    from expired where m.id = expired.message_id and m.status in ('queued', 'sending')
    returning m.id`,
};

/**
 * No status came in time. Lanes 0 and 1 (fraud, transaction) are worth a second message; the others are not. A message that a status
 * is just moving is left for the next second.
 */
const judgeUnknown: Statement = {
  name: "reconcile-unknown",
  text: `
    with overdue as materialized (
      select o.message_id, m.status = 'unknown' as is_unknown, m.status = 'unknown' and o.lane <= 1 and o.attempts < 3 as is_resent
      from outbox o join message m on m.id = o.message_id
      where o.status = 'unknown' and o.lease_until < now()
      order by o.lease_until limit 500 for update of o, m skip locked
    ), resent as (
      update outbox o set status = 'queued', lease_until = null
      from overdue where o.message_id = overdue.message_id and overdue.is_resent
    ), dropped as (
      delete from outbox o using overdue where o.message_id = overdue.message_id and not overdue.is_resent
    )
    update message m set status = 'queued', reason = 'resent'
    from overdue where m.id = overdue.message_id and overdue.is_resent
    returning m.id`,
};

/** Puts messages of released flows back into the queue; one index probe per flow with held messages. */
const releaseHeld: Statement = {
  name: "reconcile-held",
  text: `
    with recursive flows as (
      (select held_flow_id from outbox where held_flow_id is not null order by held_flow_id limit 1)
      union all
      select (select o.held_flow_id from outbox o where o.held_flow_id > f.held_flow_id order by o.held_flow_id limit 1)
      from flows f where f.held_flow_id is not null
    ), released as materialized (
      select f.id from flows join flow f on f.id = flows.held_flow_id where f.status <> 'held'
    ), free as materialized (
      select o.message_id from outbox o join released on o.held_flow_id = released.id for update of o skip locked
    )
    update outbox o set status = 'queued', held_flow_id = null
    from free where o.message_id = free.message_id
    returning o.message_id`,
};

/**
 * Messages whose way is free although nobody has told them: the earlier one was skipped, withdrawn, or died with its worker. The
 * pair's row is looked at and not locked: the next claim decides.
 */
const releaseForgotten: Statement = {
  name: "reconcile-behind",
  text: `
    with free as materialized (
      select o.message_id from outbox o
      where o.status = 'behind'
        and not exists (
          select 1 from pair_pace p where p.channel_id = o.channel_id and p.contact_id = o.contact_id and p.busy_until > now())
        and not exists (
          select 1 from outbox h where h.status in ('queued', 'behind') and h.holds_back and h.contact_id = o.contact_id and h.lane = o.lane and h.message_id < o.message_id)
      for update of o skip locked
    )
    update outbox o set status = 'queued' from free where o.message_id = free.message_id
    returning o.message_id`,
};

export type Reconciled = { unknown: number; resent: number; released: number };

/**
 * Takes over what crashed workers left: an expired lease becomes an unknown outcome, never a blind resend; an unknown one that
 * no status has cleared up within the window is sent again for fraud and transaction (marked "resent") and left alone else.
 */
export async function reconcile(pool: pg.Pool): Promise<Reconciled> {
  const [unknown, resent] = await inTransaction(pool, async (client) => [
    await query(client, expireLeases, [reconcileSeconds, claimLeaseSeconds]),
    await query(client, judgeUnknown, []),
  ]);
  const held = await query(pool, releaseHeld, []);
  const behind = await query(pool, releaseForgotten, []);
  return { unknown: unknown?.length ?? 0, resent: resent?.length ?? 0, released: held.length + behind.length };
}
