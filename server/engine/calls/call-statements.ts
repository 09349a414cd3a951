import type { Statement } from "../query.ts";

/**
 * Due calls and those whose worker died; the lease counts by the database's clock. Calls of held flows stay where they are. No more
 * of one host than $7 with those under way ($5 and $6: hosts and how many), and hosts that have as many are passed over, so
 * that an endpoint that hangs holds up its own calls only. What is locked is looked at once more: another worker may have been faster.
 */
export const claimCalls: Statement = {
  name: "calls-claim",
  text: `
    with under_way as (
      select * from unnest($5::text[], $6::integer[]) as u(host, calls)
    ), waiting as (
      select c.id, c.not_before, h.host
      from webhook_call c
      cross join lateral (
        select lower(substring(c.request->>'url' from '^[^:]+://(?:[^/?#@]*@)?([^/?#]+)')) as host
      ) h
      join enrollment e on e.id = c.enrollment_id
      join flow f on f.id = e.flow_id and f.status <> 'held'
      where c.not_before <= $1 and (c.status = 'queued' or (c.status = 'calling' and c.lease_until < now()))
        and not exists (select 1 from under_way u where u.host = h.host and u.calls >= $7)
      order by c.not_before limit 512
    ), turns as (
      select w.id, w.not_before, row_number() over (partition by w.host order by w.not_before) + coalesce(u.calls, 0) as turn
      from waiting w left join under_way u on u.host = w.host
    ), due as (
      select c.id from webhook_call c join turns t on t.id = c.id
      where t.turn <= $7 and (c.status = 'queued' or (c.status = 'calling' and c.lease_until < now()))
      order by t.not_before limit $2
      for update of c skip locked
    )
    update webhook_call c
    set status = 'calling', attempts = c.attempts + 1, claimed_by = $3, lease_until = now() + make_interval(secs => $4)
    from due where c.id = due.id
    returning c.id, c.workspace_id, c.shard, c.contact_id, c.enrollment_id, c.visit, c.request, c.attempts,
              lower(substring(c.request->>'url' from '^[^:]+://(?:[^/?#@]*@)?([^/?#]+)')) as host`,
};

/** Only the worker that has the claim settles a call. */
export const settleCall: Statement = {
  name: "calls-settle",
  text: `
    update webhook_call
    set status = $3, not_before = $4, response_status = $5, error = $6, claimed_by = null, lease_until = null
    where id = $1 and claimed_by = $2 and status = 'calling'
    returning id`,
};
