import type { JsonObject } from "./json.ts";
import type { Rule } from "./rule.ts";
import type { Schedule } from "./schedule.ts";

/** What starts a flow: an event of this name for which the rule holds. `by`: we make the event ourselves, so; none: it comes from outside. */
export type Opening = { event: string; rule: Rule; by?: OpenedBy };

export type OpenedBy =
  /** People come into a segment or leave it. */
  | { kind: "segment"; segmentId: string }
  /** A time comes for everybody in a segment, by the workspace's clock or by each person's. `perMinute`: so many people at most; null: no pace. */
  | {
      kind: "schedule";
      segmentId: string;
      schedule: Schedule;
      clock: "workspace" | "person";
      perMinute: number | null;
    }
  /** A step of another flow runs it. */
  | { kind: "flow" }
  /** A person writes. `isRest`: only when nothing else starts by this message. `sample`: a text that starts it. */
  | { kind: "message"; isRest: boolean; sample: string };

/** What the events hold that we make ourselves, as a sample: what the test bench fires. */
export function madeProperties({ by }: Opening): JsonObject {
  if (!by || by.kind === "flow") return {};
  if (by.kind === "message") return { text: by.sample };
  return by.kind === "segment" ? { segmentId: by.segmentId } : { segmentId: by.segmentId, occurrence: "" };
}
