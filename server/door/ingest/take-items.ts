import type { Json, JsonObject } from "#flow/json.ts";
import { DomainError, httpStatusOf } from "#server/errors.ts";
import type { KeyHolder } from "../access-keys.ts";
import type { Door } from "../door.ts";
import type { Arrival } from "./arrival.ts";
import { findJsonFault, type Suspicions } from "./find-json-fault.ts";
import { eventLimits } from "./limits.ts";
import { readEvent, type Sender } from "./read-event.ts";
import { explain, type Refusal } from "./refusal.ts";
import { traceArrivals } from "./trace-arrivals.ts";

/** What the body that held the items has shown. */
export type Body = {
  suspicions: Suspicions;
  sentAt: Json | undefined;
  bytes: number;
  traceparent?: string | undefined;
};

/** Items by what became of them. Warnings name parts that were left out of an item that was taken. */
export type TakenItems = { arrivals: Arrival[]; rejected: Refusal[]; warnings: Refusal[] };

/**
 * The one way in for events, whichever call brought them: checks each item, stores the good ones and answers after the commit.
 * Throws unavailable when they were not stored, or when it is not known; the caller may send the same message ids again.
 */
export async function takeItems(
  door: Door,
  holder: KeyHolder,
  items: Json[],
  body: Body,
  maxBytes: number = eventLimits.eventBytes,
): Promise<TakenItems> {
  const startMs = Date.now();
  const sender: Sender = {
    workspaceId: holder.workspaceId,
    country: holder.country,
    receivedAt: door.clock.now().getTime(),
    sentAt: body.sentAt,
  };
  const taken: TakenItems = { arrivals: [], rejected: [], warnings: [] };
  const places: number[] = [];
  items.forEach((item, index) => {
    const fault = findJsonFault(item, body.suspicions) ?? findSizeFault(item, body.bytes, maxBytes);
    const result = fault ? { fault } : readEvent(item, sender);
    if ("fault" in result) {
      taken.rejected.push({ index, messageId: messageIdOf(item), ...result.fault });
      return;
    }
    taken.arrivals.push(result.arrival);
    places.push(index);
    for (const warning of result.warnings)
      taken.warnings.push({ index, messageId: result.arrival.messageId, ...warning });
  });
  door.pace.spend(holder, items.length);
  await store(door, taken, places);
  traceArrivals(door, { arrivals: taken.arrivals, startMs, traceparent: body.traceparent });
  door.metrics.events(items.length - taken.rejected.length, taken.rejected.length);
  return taken;
}

/** A body below the limit holds no event above it: only large batches are measured event by event. */
function findSizeFault(item: Json, bodyBytes: number, maxBytes: number) {
  if (bodyBytes <= maxBytes) return null;
  return Buffer.byteLength(JSON.stringify(item)) > maxBytes ? ({ reason: "too-large", path: "" } as const) : null;
}

/** Waits for the commit. What the database refuses joins the rejected, in the order of the batch. */
async function store(door: Door, { arrivals, rejected }: TakenItems, places: number[]): Promise<void> {
  if (arrivals.length === 0) return;
  const refused = await door.arrivals.submit(arrivals);
  if (refused.size === 0) return;
  for (const [at, arrival] of arrivals.entries()) {
    if (!refused.has(arrival)) continue;
    rejected.push({ index: places[at] ?? 0, messageId: arrival.messageId, reason: "not-storable", path: "" });
  }
  rejected.sort((a, b) => a.index - b.index);
}

/** Ends a call that brought one item with what is wrong with it. */
export function refuse(refusal: Refusal): never {
  const { reason, path, messageId } = refusal;
  const code = reason === "too-large" ? "too-large" : "bad-input";
  throw new DomainError(code, explain(refusal), { reason, path, messageId, status: httpStatusOf[code] });
}

export const isObject = (json: Json): json is JsonObject =>
  typeof json === "object" && json !== null && !Array.isArray(json);

const messageIdOf = (item: Json): string | null =>
  isObject(item) && typeof item.messageId === "string" && item.messageId.length <= eventLimits.messageIdLength
    ? item.messageId.toWellFormed().replaceAll("\0", "")
    : null;
