import type { JsonObject } from "#flow/json.ts";
import type { Arrival } from "../ingest/arrival.ts";
import { eventLimits } from "../ingest/limits.ts";
import type { Refusal } from "../ingest/refusal.ts";
import { refuse, takeItems } from "../ingest/take-items.ts";
import type { BodyLimits } from "./define-route.ts";
import type { RestActor } from "./rest-actor.ts";

/** One event or contact: larger than by the Segment calls, checked the same. */
export const itemLimits: BodyLimits = {
  bytes: eventLimits.restEventBytes,
  depth: eventLimits.depth,
  keys: eventLimits.keys,
};

/**
 * Takes one item by the same way in as the Segment calls. Without a message id of its own it gets that of its call, so that a
 * retry with the same Idempotency-Key is the same event even when the first answer was lost on the way.
 */
export async function takeOne(
  { door, holder, callId }: RestActor,
  item: JsonObject,
): Promise<{ arrival: Arrival; warnings: Refusal[] }> {
  door.pace.admit(holder);
  const named = callId === null ? item : { messageId: `call-${callId}`, ...item };
  const body = { suspicions: { hasEscapes: true, hasBrokenBytes: false }, sentAt: undefined, bytes: 0 };
  const { arrivals, rejected, warnings } = await takeItems(door, holder, [named], body, eventLimits.restEventBytes);
  const [arrival] = arrivals;
  const [refusal] = rejected;
  if (refusal || !arrival) refuse(refusal ?? { reason: "not-storable", path: "", index: 0, messageId: null });
  return { arrival, warnings };
}
