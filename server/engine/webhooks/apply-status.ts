import type { ChannelEvent } from "#server/channels/channel.ts";

export type StatusEvent = Extract<ChannelEvent, { kind: "status" }>;

/** What a message has come to, as statuses move it. Times are milliseconds since 1970. */
export type Progress = {
  status: string;
  reason: string | null;
  errorCode: number | null;
  errorDetail: string | null;
  wamid: string | null;
  sentAt: number | null;
  deliveredAt: number | null;
  readAt: number | null;
  failedAt: number | null;
};

/** How far along. Statuses come in any order and more than once (reliability P7), so they only ever raise this. */
const ranks: Record<string, number> = { queued: 0, sending: 0, unknown: 0, failed: 1, sent: 1, delivered: 2, read: 3 };

/**
 * The progress after one status of the provider. Forward only: sent, delivered, read; "failed" holds only while nothing shows
 * that the message arrived, and a later "delivered" takes it back; "read" says delivered too. A skipped message never left,
 * so nothing moves it. Pure; the same set of statuses gives the same result in every order.
 */
export function applyStatus(before: Progress, event: StatusEvent): Progress {
  const rank = ranks[before.status];
  if (rank === undefined) return before;
  const after = { ...before, wamid: before.wamid ?? event.wamid };
  noteTime(after, event);
  if (event.status === "failed") {
    if (rank >= 2) return after;
    const { errorCode, errorDetail } = event;
    return { ...after, status: "failed", reason: "undelivered", errorCode, errorDetail };
  }
  const next = ranks[event.status] ?? 0;
  if (next <= rank) return after;
  return {
    ...after,
    status: event.status,
    reason: before.reason === "resent" ? before.reason : null,
    errorCode: null,
    errorDetail: null,
  };
}

/** Each status keeps its own earliest time, whatever order they come in. */
function noteTime(after: Progress, { status, at }: StatusEvent): void {
  if (status === "failed") after.failedAt = earliest(after.failedAt, at);
  else after.sentAt = earliest(after.sentAt, at);
  if (status === "delivered" || status === "read") after.deliveredAt = earliest(after.deliveredAt, at);
  if (status === "read") after.readAt = earliest(after.readAt, at);
}

const earliest = (known: number | null, at: number): number => (known === null ? at : Math.min(known, at));
