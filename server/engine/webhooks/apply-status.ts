import type { EventOf } from "./call-event.ts";

export type StatusEvent = EventOf<"status">;

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
  /** What the provider says it is charged as, in its words. */
  pricingType: string | null;
  pricingCategory: string | null;
};

/** How far along. Statuses come in any order and more than once (reliability P7), so they only ever raise this. */
const ranks: Record<string, number> = { queued: 0, sending: 0, unknown: 0, failed: 1, sent: 1, delivered: 2, read: 3 };

/**
 * The progress after one status of the provider. Forward only: sent, delivered, read; "failed" holds only while nothing shows
 * that the message arrived, and a later "delivered" takes it back; "read" says delivered too. A skipped message never left,
 * so nothing moves it. Pure; the same set of statuses gives the same result in every order, and one more time changes nothing.
 */
export function applyStatus(before: Progress, event: StatusEvent): Progress {
  const rank = ranks[before.status];
  if (rank === undefined) return before;
  const after = { ...before, wamid: before.wamid ?? event.wamid, ...pricingOf(before, event) };
  noteTimes(after, event);
  if (event.status === "failed") return rank >= 2 ? after : { ...after, ...failureOf(before, event) };
  const next = ranks[reached(event)] ?? 0;
  if (next <= rank) return after;
  return { ...after, status: reached(event), reason: keptReason(before, null), errorCode: null, errorDetail: null };
}

/** Who has listened to a voice message has read it. */
const reached = ({ status }: StatusEvent) => (status === "played" ? "read" : status);

/**
 * True when both say the same, so that there is nothing to write. Pricing alone is no reason before the message has arrived: it is
 * told again then, only what arrives is charged, and most "sent" statuses would otherwise cost a write.
 */
export const isSameProgress = (before: Progress, after: Progress): boolean =>
  (Object.keys(before) as (keyof Progress)[]).every(
    (name) => before[name] === after[name] || (pricingNames.has(name) && (ranks[after.status] ?? 0) < 2),
  );

const pricingNames = new Set<keyof Progress>(["pricingType", "pricingCategory"]);

/** Told more than once; should it differ, the choice does not depend on the order. */
function pricingOf({ pricingType, pricingCategory }: Progress, { pricing }: StatusEvent) {
  const known = { pricingType, pricingCategory };
  if (pricing === null) return known;
  const told = { pricingType: pricing.type, pricingCategory: pricing.category };
  if (pricingCategory === null) return told;
  return JSON.stringify(told) < JSON.stringify(known) ? told : known;
}

/** The first failure tells why; of two within a second the lower code, so that their order does not matter. */
function failureOf(before: Progress, { at, errorCode, errorDetail }: StatusEvent): Partial<Progress> {
  const known = before.status === "failed" ? before.failedAt : null;
  const isFirst =
    known === null || second(at) < known || (second(at) === known && (errorCode ?? 0) < (before.errorCode ?? 0));
  const told = { status: "failed", reason: keptReason(before, "undelivered") };
  return isFirst ? { ...told, errorCode, errorDetail: errorDetail?.slice(0, 500) ?? null } : told;
}

/** That a message went out twice has to stay visible, whatever becomes of it. */
const keptReason = (before: Progress, reason: string | null): string | null =>
  before.reason === "resent" ? before.reason : reason;

/** Each status keeps its own earliest time, whatever order they come in. */
function noteTimes(after: Progress, event: StatusEvent): void {
  const { at } = event;
  const status = reached(event);
  if (status === "failed") after.failedAt = earliest(after.failedAt, at);
  else after.sentAt = earliest(after.sentAt, at);
  if (status === "delivered" || status === "read") after.deliveredAt = earliest(after.deliveredAt, at);
  if (status === "read") after.readAt = earliest(after.readAt, at);
}

/** Providers tell seconds. Our own time within that second is more exact and stays: most "sent" statuses so change nothing. */
const earliest = (known: number | null, at: number): number =>
  known === null || second(at) < second(known) ? second(at) : known;

const second = (at: number): number => Math.floor(at / 1000) * 1000;
