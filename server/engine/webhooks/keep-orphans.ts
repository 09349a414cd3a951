import type pg from "pg";
import { newId } from "#server/id.ts";
import { query, type Statement } from "../query.ts";
import type { StatusEvent } from "./apply-status.ts";
import type { HookPlace } from "./call-event.ts";

/** The same status again is the same orphan. */
const insertOrphans: Statement = {
  name: "orphans-keep",
  text: `
    insert into orphan_status (id, workspace_id, channel_id, wamid, ref, status, error_code, error_detail, error_class, is_unreachable, pricing, at, received_at)
    select x.id, $1, $2, x.wamid, x.ref, x.status, x.error_code, x.error_detail, x.error_class, x.is_unreachable, x.pricing, x.at, now()
    from json_to_recordset($3::json) as x(
      id uuid, wamid text, ref text, status text, error_code integer, error_detail text, error_class text,
      is_unreachable boolean, pricing jsonb, at timestamptz)
    on conflict (channel_id, wamid, status) do nothing`,
};

/** Stores statuses of messages that this workspace does not have: to be looked at, and joined when the message turns up. */
export async function keepOrphans(
  client: pg.ClientBase,
  { workspaceId, channelId }: HookPlace,
  events: readonly StatusEvent[],
): Promise<void> {
  const rows = events.map((event) => ({
    id: newId(),
    wamid: event.wamid,
    ref: event.ref,
    status: event.status,
    error_code: event.errorCode,
    error_detail: event.errorDetail?.slice(0, 500) ?? null,
    error_class: event.errorClass,
    is_unreachable: event.isUnreachable,
    pricing: event.pricing,
    at: new Date(event.at).toISOString(),
  }));
  await query(client, insertOrphans, [workspaceId, channelId, JSON.stringify(rows)]);
}
