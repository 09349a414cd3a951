import type { IncomingMessage } from "node:http";
import type { Door } from "../door.ts";
import type { Arrival } from "./arrival.ts";

/**
 * The beginning of each event's trace: from the request's arrival to the commit that holds the event. A caller's own traceparent is
 * linked. An event that was sent before gets a trace of its own that ends here: what follows is in the first one's.
 */
export function traceArrivals(
  door: Door,
  request: IncomingMessage,
  { arrivals, startMs }: { arrivals: readonly Arrival[]; startMs: number },
): void {
  const { tracing } = door;
  if (!tracing) return;
  const endMs = Date.now();
  const { traceparent } = request.headers;
  for (const { eventId, workspaceId, type } of arrivals) {
    tracing.record({
      name: "event.accept",
      kind: "server",
      traceOf: eventId,
      key: "",
      startMs,
      endMs,
      linkedTo: typeof traceparent === "string" ? traceparent : undefined,
      attributes: {
        "chasqui.workspace_id": workspaceId,
        "chasqui.event_id": eventId,
        "chasqui.event_type": type,
        "chasqui.batch": arrivals.length,
      },
    });
  }
}
