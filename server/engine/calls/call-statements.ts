import type { Statement } from "../query.ts";

/** Due calls and those whose worker died; the lease counts by the database's clock. Calls of held flows stay where they are. */
export const claimCalls: Statement = {
  name: "calls-claim",
  text: `
    with due as (
      select c.id from webhook_call c
      join enrollment e on e.id = c.enrollment_id
      join flow f on f.id = e.flow_id and f.status <> 'held'
      where c.not_before <= $1 and (c.status = 'queued' or (c.status = 'calling' and c.lease_until < now()))
      order by c.not_before limit $2
      for update of c skip locked
    )
    update webhook_call c
    set status = 'calling', attempts = c.attempts + 1, claimed_by = $3, lease_until = now() + make_interval(secs => $4)
    from due where c.id = due.id
    returning c.id, c.workspace_id, c.shard, c.contact_id, c.enrollment_id, c.visit, c.request, c.attempts`,
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
