import type pg from "pg";
import type { Signal } from "#flow/signal.ts";
import { query, type Statement } from "./query.ts";

export type StatusSignal = Extract<Signal, { kind: "status" }>;

/** What became of a message, told to the enrollment that sent it. */
export type MessageNews = {
  workspaceId: string;
  shard: number;
  contactId: string;
  enrollmentId: string | null;
  visit: number | null;
  status: StatusSignal["status"];
  reason: string | null;
};

/** Only enrollments that still wait can use the news, and most have ended when a message is delivered: asking saves the round. */
const insertSignals: Statement = {
  name: "queue-status-signals",
  text: `
    insert into signal_queue (workspace_id, shard, contact_id, enrollment_id, payload)
    select x.workspace_id, x.shard, x.contact_id, x.enrollment_id, x.signal
    from json_to_recordset($1::json) as x(workspace_id uuid, shard smallint, contact_id uuid, enrollment_id uuid, signal jsonb)
    where (select e.status from enrollment e where e.id = x.enrollment_id) = 'waiting'`,
};

/** Queues signals about messages, in the caller's transaction. */
export async function queueStatusSignals(client: pg.ClientBase, news: readonly MessageNews[]): Promise<void> {
  const rows = news.filter(({ enrollmentId }) => enrollmentId !== null).map(statusSignalRow);
  if (rows.length > 0) await query(client, insertSignals, [JSON.stringify(rows)]);
}

/** The row of the signal queue that tells such news. */
function statusSignalRow({ workspaceId, shard, contactId, enrollmentId, visit, status, reason }: MessageNews) {
  const signal: StatusSignal | null = visit === null ? null : { kind: "status", visit, status, reason };
  return { workspace_id: workspaceId, shard, contact_id: contactId, enrollment_id: signal && enrollmentId, signal };
}
