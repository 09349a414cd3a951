import type pg from "pg";
import { query, type Statement } from "../query.ts";
import type { Progress, StatusEvent } from "./apply-status.ts";
import { refOf } from "./call-event.ts";
import * as sql from "./status-statements.ts";

/** One of our messages as it stands. */
export type MessageRow = {
  id: string;
  shard: number;
  contactId: string;
  enrollmentId: string | null;
  visit: number | null;
  progress: Progress;
};

/**
 * The message of each status, within the workspace and locked: by our id where it came back, else by the provider's. One that is only
 * found by the provider's id although ours came back, and that somebody else has just now, is missing.
 */
export async function findMessages(
  client: pg.ClientBase,
  workspaceId: string,
  events: readonly StatusEvent[],
): Promise<Map<StatusEvent, MessageRow>> {
  const refs = [...new Set(events.flatMap((event) => refOf(event) ?? []))];
  const wamids = wamidsOf(events.filter((event) => refOf(event) === null));
  const rows =
    refs.length + wamids.length === 0 ? [] : await lock(client, sql.lockMessages, [workspaceId, refs, wamids]);
  const found = match(events, rows);
  const strangers = events.filter((event) => !found.has(event) && refOf(event) !== null);
  if (strangers.length === 0) return found;
  const known = await lock(client, sql.lockByWamid, [workspaceId, wamidsOf(strangers)]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  // The same object for a message that was found both ways: its changes add up.
  const more = known.map((row) => byId.get(row.id) ?? row);
  return new Map([...found, ...match(strangers, more)]);
}

/** Each status with its message among these. */
function match(events: readonly StatusEvent[], rows: readonly MessageRow[]): Map<StatusEvent, MessageRow> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const byWamid = new Map(rows.map((row) => [row.progress.wamid, row]));
  return new Map(
    events.flatMap((event) => {
      const row = byId.get(refOf(event) ?? "") ?? byWamid.get(event.wamid);
      return row ? [[event, row] as const] : [];
    }),
  );
}

const wamidsOf = (events: readonly StatusEvent[]): string[] => [...new Set(events.map(({ wamid }) => wamid))];

const lock = async (client: pg.ClientBase, statement: Statement, values: unknown[]): Promise<MessageRow[]> =>
  (await query<Row>(client, statement, values)).map(messageOf);

type Row = {
  id: string;
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
