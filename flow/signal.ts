import type { JsonObject } from "./json.ts";
import type { HeardMessage } from "./message-event.ts";

/** A fact about a person: what starts flows and wakes waiting enrollments. `at` is milliseconds since 1970. */
export type FlowEvent = { id: string; name: string; properties: JsonObject; at: number };

/** Everything a waiting enrollment can receive. `visit` names the step visit that caused it, where one is known. */
export type Signal =
  | { kind: "start"; event: FlowEvent }
  | { kind: "event"; event: FlowEvent }
  | { kind: "timer" }
  /** `message`: the one it came by, where flows may start by it. */
  | { kind: "reply"; text: string; visit: number | null; message?: HeardMessage }
  | { kind: "button"; buttonId: string; text: string; visit: number | null; message?: HeardMessage }
  /** A WhatsApp form that was filled in and sent. */
  | { kind: "form"; answers: JsonObject; visit: number | null }
  | { kind: "click"; slot: string; visit: number }
  | {
      kind: "status";
      visit: number;
      status: "sent" | "delivered" | "read" | "failed" | "blocked";
      reason: string | null;
    }
  | { kind: "webhook"; visit: number; ok: boolean; values: JsonObject }
  /** What became of the flow that the visit runs. `reason`: why it did not start, or how it ended. */
  | { kind: "flow"; visit: number; outcome: "started" | "done" | "exited" | "not-started"; reason: string | null }
  | { kind: "turn"; visit: number }
  | { kind: "hand-off"; visit: number; outcome: "resolved" };
