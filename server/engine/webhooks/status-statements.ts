import type { Statement } from "../query.ts";

const columns = `
  id, shard, contact_id, enrollment_id, visit, status, reason, error_code, error_detail, wamid, sent_at, delivered_at, read_at, failed_at,
  pricing_type, pricing_category`;

const own = "workspace_id = $1 and direction = 'outbound'";

/**
 * By our own id, which the status carries back, or by the provider's for statuses without ours. Locked all at once and in id order
 * (`lock-order.ts`) before anything else is: what is read holds until it is written.
 */
export const lockMessages: Statement = {
  name: "statuses-lock",
  text: `
    select ${columns} from message
    where id = any($2::uuid[] || array(select id from message where wamid = any($3::text[]) and ${own})) and ${own}
    order by id for no key update`,
};

/** By the provider's id, where ours is not known here. Others are locked by now, so these are not waited for. */
export const lockByWamid: Statement = {
  name: "statuses-by-wamid",
  text: `select ${columns} from message where wamid = any($2::text[]) and ${own} for no key update skip locked`,
};

/** Writes what changed in messages that are locked, and tells the enrollments that still wait. Answers how many. */
export const writeProgress: Statement = {
  name: "statuses-write",
  text: `
    with x as materialized (
      select * from json_to_recordset($2::json) as x(
        id uuid, status text, reason text, error_code integer, error_detail text, wamid text,
        sent_at timestamptz, delivered_at timestamptz, read_at timestamptz, failed_at timestamptz, pricing_type text, pricing_category text,
        shard smallint, contact_id uuid, enrollment_id uuid, signal jsonb)
    ), written as (
      update message m
      set status = x.status, reason = x.reason, error_code = x.error_code, error_detail = x.error_detail, wamid = x.wamid,
          sent_at = x.sent_at, delivered_at = x.delivered_at, read_at = x.read_at, failed_at = x.failed_at,
          pricing_type = x.pricing_type, pricing_category = x.pricing_category
      from x where m.id = x.id
    ), told as (
      insert into signal_queue (workspace_id, shard, contact_id, enrollment_id, payload)
      select $1, x.shard, x.contact_id, x.enrollment_id, x.signal
      from x
      where x.signal is not null
        and (select e.status from enrollment e where e.id = x.enrollment_id) = 'waiting'
      returning 1
    )
    select count(*)::integer as signals from told`,
};
