import type pg from "pg";
import type { Signal } from "#flow/signal.ts";
import { keepVerdicts, withdrawMessages } from "../dispatch/withdraw-messages.ts";
import { query } from "../query.ts";
import { applyStatus, isSameProgress, type Progress, type StatusEvent } from "./apply-status.ts";
import type { HookPlace } from "./call-event.ts";
import { findMessages, type MessageRow } from "./find-messages.ts";
import { keepOrphans } from "./keep-orphans.ts";
import * as sql from "./status-statements.ts";

type Change = { row: MessageRow; after: Progress };

/** What became of the message that a status was about, by the whole batch. */
export type Outcome = { contactId: string; before: string; status: string };

type Applied = { signals: number; outcomes: ReadonlyMap<StatusEvent, Outcome> };

/**
 * Moves messages forward by the statuses of a batch and tells their enrollments; answers the signals made and what became of the
 * message of each status. A status that comes before our own settling finds its message by our id. One for a message that this
 * workspace does not have is kept as an orphan and attached to nothing. The messages stay locked until the commit, so no status is lost and none counts twice.
 */
export async function applyStatuses(
  client: pg.ClientBase,
  place: HookPlace,
  events: readonly StatusEvent[],
): Promise<Applied> {
  if (events.length === 0) return { signals: 0, outcomes: new Map() };
  const found = await findMessages(client, place.workspaceId, events);
  const orphans = events.filter((event) => !found.has(event));
  if (orphans.length > 0) await keepOrphans(client, place, orphans);
  const moved = movedBy(found);
  const changes = [...moved.values()].filter(({ row, after }) => !isSameProgress(row.progress, after));
  const outcomes = new Map(
    [...found].map(([event, { id, contactId, progress }]): [StatusEvent, Outcome] => [
      event,
      { contactId, before: progress.status, status: moved.get(id)?.after.status ?? progress.status },
    ]),
  );
  return { signals: changes.length === 0 ? 0 : await write(client, place, changes), outcomes };
}

/** What the statuses make of each message, by its id. */
function movedBy(found: ReadonlyMap<StatusEvent, MessageRow>): Map<string, Change> {
  const changes = new Map<string, Change>();
  for (const [event, row] of found) {
    const before = changes.get(row.id)?.after ?? row.progress;
    changes.set(row.id, { row, after: applyStatus(before, event) });
  }
  return changes;
}

const beforeSettling = new Set(["queued", "sending", "unknown"]);

async function write(client: pg.ClientBase, { workspaceId }: HookPlace, changes: readonly Change[]): Promise<number> {
  const rows = changes.map(rowOf);
  const [told] = await query<{ signals: number }>(client, sql.writeProgress, [workspaceId, JSON.stringify(rows)]);
  const unsettled = changes.filter(({ row }) => beforeSettling.has(row.progress.status)).map(({ row }) => row.id);
  if (unsettled.length > 0) await keepVerdicts(client, await withdrawMessages(client, unsettled));
  return told?.signals ?? 0;
}

function rowOf({ row, after }: Change) {
  return {
    id: row.id,
    status: after.status,
    reason: after.reason,
    error_code: after.errorCode,
    error_detail: after.errorDetail,
    wamid: after.wamid,
    sent_at: iso(after.sentAt),
    delivered_at: iso(after.deliveredAt),
    read_at: iso(after.readAt),
    failed_at: iso(after.failedAt),
    pricing_type: after.pricingType?.slice(0, 100) ?? null,
    pricing_category: after.pricingCategory?.slice(0, 100) ?? null,
    shard: row.shard,
    contact_id: row.contactId,
    enrollment_id: row.enrollmentId,
    signal: signalOf({ row, after }),
  };
}

/** What the enrollment that sent the message is told; null when its message is as far as it was. */
function signalOf({ row, after: { status, reason } }: Change): Signal | null {
  if (row.visit === null || row.enrollmentId === null || status === row.progress.status) return null;
  if (status === "failed") return { kind: "status", visit: row.visit, status, reason: "undelivered" };
  const isTold = status === "sent" || status === "delivered" || status === "read";
  return isTold ? { kind: "status", visit: row.visit, status, reason } : null;
}

const iso = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : new Date(milliseconds).toISOString();
