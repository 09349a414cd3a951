import type { Door } from "../door.ts";

/**
 * Counts a tap, and only for the first one says so to the message and to the enrollment that sent it. One statement: of two
 * taps at the same moment the row lock lets exactly one be the first.
 */
const clickSql = `
with tapped as (
  update link set clicks = clicks + 1, clicked_at = coalesce(clicked_at, $2) where code = $1
  returning clicks, workspace_id, contact_id, message_id, enrollment_id, visit, slot
), first as (
  select tapped.*, contact.shard from tapped join contact on contact.id = tapped.contact_id where clicks = 1
), marked as (
  update message set clicked_at = $2 from first where message.id = first.message_id and message.clicked_at is null
), queued as (
  insert into signal_queue (workspace_id, shard, contact_id, enrollment_id, payload, created_at)
  select workspace_id, shard, contact_id, enrollment_id, jsonb_build_object('kind', 'click', 'slot', slot, 'visit', visit), $2
  from first where enrollment_id is not null and visit is not null
  returning 1
)
select case when count(*) > 0 then pg_notify('chasqui_signal', '')::text end from queued`;

const previewSql = "update link set previews = previews + 1 where code = $1";

export async function countClick(door: Door, code: string): Promise<void> {
  await door.pool.query({ name: "door-click", text: clickSql, values: [code, door.clock.now()] });
}

export async function countPreview(door: Door, code: string): Promise<void> {
  await door.pool.query({ name: "door-preview", text: previewSql, values: [code] });
}
