import type { Statement } from "../query.ts";

const columns = `
  id, shard, contact_id, enrollment_id, visit, status, reason, error_code, error_detail, wamid, sent_at, delivered_at, read_at, failed_at,
  pricing_type, pricing_category, xmin::text as row_version`;

/** By our own id, which the status carries back. No row locks: a third of all statuses change nothing, and a lock is a write. */
export const readByRef: Statement = {
  name: "statuses-by-ref",
  text: `select ${columns} from message where id = any($2::uuid[]) and workspace_id = $1 and direction = 'outbound'`,
};

/** By the provider's id, for statuses without ours. */
export const readByWamid: Statement = {
  name: "statuses-by-wamid",
  text: `select ${columns} from message where wamid = any($2::text[]) and workspace_id = $1 and direction = 'outbound'`,
};

/**
 * Writes what changed since it was read, if nobody wrote in between, and tells the enrollments that still wait. Answers the
 * messages written; the others are read anew. In id order, as all who write messages, so that nobody waits in a circle.
 */
export const writeProgress: Statement = {
  name: "statuses-write",
  text: `
    with x as materialized (
      select * from json_to_recordset($2::json) as x(
        id uuid, row_version text, status text, reason text, error_code integer, error_detail text, wamid text,
        sent_at timestamptz, delivered_at timestamptz, read_at timestamptz, failed_at timestamptz, pricing_type text, pricing_category text,
        shard smallint, contact_id uuid, enrollment_id uuid, signal jsonb)
    ), written as (
      update message m
      set status = x.status, reason = x.reason, error_code = x.error_code, error_detail = x.error_detail, wamid = x.wamid,
          sent_at = x.sent_at, delivered_at = x.delivered_at, read_at = x.read_at, failed_at = x.failed_at,
          pricing_type = x.pricing_type, pricing_category = x.pricing_category
      from x where m.id = x.id and m.xmin::text = x.row_version
      returning m.id
    ), told as (
      insert into signal_queue (workspace_id, shard, contact_id, enrollment_id, payload)
      select $1, x.shard, x.contact_id, x.enrollment_id, x.signal
      from x join written on written.id = x.id
      where x.signal is not null
        and (select e.status from enrollment e where e.id = x.enrollment_id) = 'waiting'
      returning 1
    )
    select id, (select count(*) from told)::integer as signals from written`,
};
