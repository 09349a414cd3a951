import type { Door } from "../door.ts";
import type { Arrival } from "./arrival.ts";

type Taken = { arrivals: readonly Arrival[]; startMs: number; traceparent: string | undefined };

/**
 * The beginning of each event's trace: from its reading to the commit that holds it. A caller's own traceparent is linked. An event
 * that was sent before gets a trace of its own that ends here: what follows is in the first one's.
 */
export function traceArrivals({ tracing }: Pick<Door, "tracing">, { arrivals, startMs, traceparent }: Taken): void {
  if (!tracing) return;
  const endMs = Date.now();
  for (const { eventId, workspaceId, type } of arrivals) {
    tracing.record({
      name: "event.accept",
      kind: "server",
      traceOf: eventId,
      key: "",
      startMs,
      endMs,
      linkedTo: traceparent,
      attributes: {
        "chasqui.workspace_id": workspaceId,
        "chasqui.event_id": eventId,
        "chasqui.event_type": type,
        "chasqui.batch": arrivals.length,
      },
    });
  }
}
