import type { Statement } from "../query.ts";

/** One at a time claims, so that what belongs into one mail is not split between two workers. */
export const lockClaim: Statement = { name: "mail-lock", text: "select pg_try_advisory_xact_lock(4207719003) as mine" };

/** Rounded as the column is, up or down: what was written in this very millisecond is due. */
const thisMoment = "now()::timestamptz(3)";

/** Nobody wants to hear a day late: what could not leave by then, as after a long outage, is given up. */
export const giveUpOld: Statement = {
  name: "mail-too-old",
  text: `
    update mail set state = 'failed', path = '', lease_until = null, error = coalesce(error, 'It could not leave for a day.')
    where state in ('waiting', 'sending') and created_at < now() - interval '1 day' and coalesce(lease_until, now()) <= now()
      and due_at <= ${thisMoment}`,
};

/**
 * Takes up to $1 rows that are due, with those of a lost worker. $2 are the letters, which are never folded. A kind that went to an
 * address less than a minute ago waits until the minute is over, so that what gathers meanwhile goes as one. In the database's own
 * time: a moved demo clock makes no mail due.
 */
export const claim: Statement = {
  name: "mail-claim",
  text: `
    with due as materialized (
      select id, workspace_id, address, kind from mail
      where state in ('waiting', 'sending') and due_at <= ${thisMoment} and (state = 'waiting' or lease_until < now())
      order by due_at limit $1 for update
    ), lately as (
      select d.address, d.kind, d.workspace_id, max(s.sent_at) as sent_at
      from (select distinct workspace_id, address, kind from due where kind <> all($2::text[])) d
      join mail s on s.state = 'sent' and s.address = d.address and s.kind = d.kind and s.workspace_id = d.workspace_id
        and s.sent_at > now() - interval '1 minute'
      group by 1, 2, 3
    ), put_off as (
      update mail m set state = 'waiting', lease_until = null, due_at = l.sent_at + interval '1 minute'
      from due d join lately l using (address, kind, workspace_id)
      where m.id = d.id
    ), taken as (
      update mail m set state = 'sending', attempts = m.attempts + 1, lease_until = now() + interval '3 minutes'
      from due d
      where m.id = d.id and not exists (
        select from lately l where l.address = d.address and l.kind = d.kind and l.workspace_id = d.workspace_id)
      returning m.*
    )
    select t.id, t.workspace_id as "workspaceId", w.name as workspace, t.address, t.language, t.kind, t.values, t.path, t.attempts,
           u.name as person
    from taken t
    join workspace w on w.id = t.workspace_id
    left join "user" u on u.id::text = t.actor_id
    order by t.id`,
};

/** A claim that is somebody else's by now (its attempts have moved on) is not settled. */
export const settleSent: Statement = {
  name: "mail-sent",
  text: `
    update mail m set state = 'sent', sent_at = now(), lease_until = null, error = null, path = ''
    from unnest($1::uuid[], $2::smallint[]) as own (id, attempts)
    where m.id = own.id and m.attempts = own.attempts and m.state = 'sending'`,
};

/** $3: why; $4: tried again in so many seconds; null: given up. */
export const settleFailed: Statement = {
  name: "mail-failed",
  text: `
    update mail m set error = $3, lease_until = null,
      state = case when $4::integer is null then 'failed' else 'waiting' end,
      path = case when $4::integer is null then '' else m.path end,
      due_at = now() + make_interval(secs => coalesce($4::integer, 0))
    from unnest($1::uuid[], $2::smallint[]) as own (id, attempts)
    where m.id = own.id and m.attempts = own.attempts and m.state = 'sending'`,
};

/** Without a mail server nothing may gather that would all leave on the day one is set. */
export const turnOff: Statement = {
  name: "mail-off",
  text: "update mail set state = 'off', path = '' where state in ('waiting', 'sending')",
};
