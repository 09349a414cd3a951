import type pg from "pg";
import { query } from "../query.ts";
import type { Progress, StatusEvent } from "./apply-status.ts";
import { refOf } from "./call-event.ts";
import * as sql from "./status-statements.ts";

/** One of our messages as it stands. `rowVersion` is its xmin: another one later says that somebody wrote in between. */
export type MessageRow = {
  id: string;
  rowVersion: string;
  shard: number;
  contactId: string;
  enrollmentId: string | null;
  visit: number | null;
  progress: Progress;
};

/** The message of each status, within the workspace: by our id where it came back, else by the provider's. */
export async function findMessages(
  client: pg.ClientBase,
  workspaceId: string,
  events: readonly StatusEvent[],
): Promise<Map<StatusEvent, MessageRow>> {
  const found = new Map<StatusEvent, MessageRow>();
  const refs = [...new Set(events.flatMap((event) => refOf(event) ?? []))];
  const byRef = refs.length === 0 ? [] : await query<Row>(client, sql.readByRef, [workspaceId, refs]);
  const rows = new Map(byRef.map((row) => [row.id, messageOf(row)]));
  const rest: StatusEvent[] = [];
  for (const event of events) {
    const row = rows.get(refOf(event) ?? "");
    if (row) found.set(event, row);
    else rest.push(event);
  }
  if (rest.length === 0) return found;
  const byWamid = await query<Row>(client, sql.readByWamid, [
    workspaceId,
    [...new Set(rest.map(({ wamid }) => wamid))],
  ]);
  for (const row of byWamid) {
    // The same object for a message that was found both ways: its changes add up.
    const message = rows.get(row.id) ?? messageOf(row);
    for (const event of rest) if (event.wamid === row.wamid) found.set(event, message);
  }
  return found;
}

type Row = {
  id: string;
  row_version: string;
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
  pricing_type: string | null;
  pricing_category: string | null;
};

const messageOf = (row: Row): MessageRow => ({
  id: row.id,
  rowVersion: row.row_version,
  shard: row.shard,
  contactId: row.contact_id,
  enrollmentId: row.enrollment_id,
  visit: row.visit,
  progress: {
    status: row.status,
    reason: row.reason,
    errorCode: row.error_code,
    errorDetail: row.error_detail,
    wamid: row.wamid,
    sentAt: row.sent_at?.getTime() ?? null,
    deliveredAt: row.delivered_at?.getTime() ?? null,
    readAt: row.read_at?.getTime() ?? null,
    failedAt: row.failed_at?.getTime() ?? null,
    pricingType: row.pricing_type,
    pricingCategory: row.pricing_category,
  },
});
