import type { JsonObject } from "./json.ts";
import type { Money } from "./money.ts";
import type { FlowEvent } from "./signal.ts";

/**
 * What a step waits for. The enrollment stays on the node until one of these comes; a node judges a signal itself
 * (`receive`), so nothing but the time has to be indexed. `wakeAt` is milliseconds since 1970; null: no time-out. `since`: when the
 * person came to stand there, from which a changed wait is timed anew; a step does not say it.
 */
export type Wait = { wakeAt: number | null; since?: number };

export type EndReason =
  | "completed" // an open "next" or outcome: nothing follows
  | "goal"
  | "exit" // an exit step
  | "exit-criteria"
  | "handed-off"
  | "no-answer" // a send step with only reply handles, nobody answered
  | "limit" // 1,000 steps, 20 visits of one node, or a wait for a date beyond 365 days
  | "held-out"
  | "broken-step" // a step that cannot run: unknown type, unreadable settings, an edge into nowhere
  | "stopped"; // by a person, or the contact opted out

/** The step of another enrollment of the same person that runs this one. `depth`: so many flows were started one by another before it. */
export type StartedBy = { enrollmentId: string; visit: number; depth: number };

/** One person's way through one flow version: the whole memory of the pure core, stored as JSON. */
export type EnrollmentState = {
  status: "waiting" | "ended";
  /** Where the person stands; null after the end. */
  nodeId: string | null;
  /** Number of the current step visit, counted from 1. */
  visit: number;
  visitsByNode: Record<string, number>;
  wait: Wait | null;
  /** The event that opened this enrollment. */
  event: FlowEvent;
  key: string | null;
  startedBy?: StartedBy;
  enteredAt: number;
  /** Mapped webhook answers and the last reply, read as "enrollment.<name>". */
  values: JsonObject;
  /** The newest sent steps (at most 10): a tap on one of their buttons still counts while the enrollment lives. */
  sent: { visit: number; nodeId: string }[];
  endReason: EndReason | null;
  /** The exit step's own words, if any. */
  endNote: string | null;
  goalAt: number | null;
  /** The name of the event that reached the goal; left out where a step of the flow did. */
  goalEvent?: string;
  /** What reaching the goal was worth, where the flow's goal names an amount and its event told it. */
  goalValue?: Money;
};

/** One line of the path, for "Why?", the test bench and the dashboards. */
export type TraceRow = {
  /** The step visit this belongs to. A visit is entered once and left at most once. */
  visit: number;
  /** The step. For `left` the one whose handle was taken, which is an earlier one when a tap on an older message led away. */
  nodeId: string;
  at: number;
  /** entered: the step began; waiting: it stays; left: by `handle` (null: by a "go to"); ended: the enrollment is over;
   * moved: a new version took the person over, and `nodeId` is where of it they go on. */
  kind: "entered" | "waiting" | "left" | "ended" | "moved";
  handle: string | null;
  /** What decided: the values a rule saw, the arm's bucket, the signal. */
  detail: JsonObject;
};
