import type pg from "pg";
import { query } from "../query.ts";
import { type MessageNews, queueStatusSignals } from "../queue-status-signals.ts";
import { applyStatus, type Progress } from "./apply-status.ts";
import { type EventOf, refOf } from "./call-event.ts";
import * as sql from "./webhook-statements.ts";

type Row = {
  id: string;
  workspace_id: string;
  shard: number;
  contact_id: string;
  enrollment_id: string | null;
  visit: number | null;
  status: string;
  reason: string | null;
  error_code: number | null;
  error_detail: string | null;
  wamid: string | null;
  sent_at: Date | null;
  delivered_at: Date | null;
  read_at: Date | null;
  failed_at: Date | null;
};

/**
 * Moves messages forward by the statuses of a batch and tells their enrollments. A status that comes before our own settling
 * finds its message by our id; one for a message we do not have, or of another workspace, is left alone.
 */
export async function applyStatuses(client: pg.ClientBase, events: readonly EventOf<"status">[]): Promise<number> {
  if (events.length === 0) return 0;
  const refs = events.flatMap((each) => refOf(each) ?? []);
  const wamids = events.map((each) => each.event.wamid);
  const workspaceIds = [...new Set(events.map((each) => each.workspaceId))];
  const rows = await query<Row>(client, sql.lockMessages, [refs, wamids, workspaceIds]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const byWamid = new Map(rows.map((row) => [row.wamid, row]));
  const progress = new Map<string, Progress>();
  for (const each of events) {
    const row = byId.get(refOf(each) ?? "") ?? byWamid.get(each.event.wamid);
    if (row?.workspace_id !== each.workspaceId) continue;
    progress.set(row.id, applyStatus(progress.get(row.id) ?? progressOf(row), each.event));
  }
  if (progress.size === 0) return 0;
  await query(client, sql.updateMessages, [
    JSON.stringify([...progress].map(([id, each]) => ({ id, ...rowOf(each) }))),
  ]);
  await query(client, sql.deleteOutbox, [[...progress.keys()]]);
  const news = rows.flatMap((row) => newsOf(row, progress.get(row.id)));
  await queueStatusSignals(client, news);
  return news.length;
}

function newsOf(row: Row, after: Progress | undefined): MessageNews[] {
  const status = after?.status;
  if (
    status === row.status ||
    (status !== "sent" && status !== "delivered" && status !== "read" && status !== "failed")
  )
    return [];
  return [
    {
      workspaceId: row.workspace_id,
      shard: row.shard,
      contactId: row.contact_id,
      enrollmentId: row.enrollment_id,
      visit: row.visit,
      status,
      reason: after?.reason ?? null,
    },
  ];
}

const progressOf = (row: Row): Progress => ({
  status: row.status,
  reason: row.reason,
  errorCode: row.error_code,
  errorDetail: row.error_detail,
  wamid: row.wamid,
  sentAt: row.sent_at?.getTime() ?? null,
  deliveredAt: row.delivered_at?.getTime() ?? null,
  readAt: row.read_at?.getTime() ?? null,
  failedAt: row.failed_at?.getTime() ?? null,
});

const iso = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : new Date(milliseconds).toISOString();

const rowOf = (progress: Progress) => ({
  status: progress.status,
  reason: progress.reason,
  error_code: progress.errorCode,
  error_detail: progress.errorDetail?.slice(0, 500) ?? null,
  wamid: progress.wamid,
  sent_at: iso(progress.sentAt),
  delivered_at: iso(progress.deliveredAt),
  read_at: iso(progress.readAt),
  failed_at: iso(progress.failedAt),
});
