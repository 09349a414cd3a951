import type { EnrollmentState } from "../enrollment.ts";

/** How somebody's way through a flow was cut short: what it still had to say is of no use to them any more. */
export const earlyEnds = ["goal-reached", "exit-criteria", "stopped"] as const;
export type LeftEarly = (typeof earlyEnds)[number];

/**
 * Whether somebody left the flow before a message that it had asked for at `askedAt` (milliseconds since 1970) could leave: while it
 * waited for the morning, an event reached the goal or met the exit criteria, or a person took them out. Whoever came to an end that is
 * drawn has not left early: the last message of a flow is asked for just before it.
 */
export function leftEarly(
  { endReason, goalAt, goalEvent }: Pick<EnrollmentState, "endReason" | "goalAt" | "goalEvent">,
  askedAt: number,
): LeftEarly | null {
  if (endReason === "stopped" || endReason === "exit-criteria") return endReason;
  if (goalEvent === undefined || goalAt === null) return null;
  // The way may lead on from the goal: what is asked for after it is for who has reached it. An event may be told late, and then
  // happened before.
  return endReason === "goal" || askedAt < goalAt ? "goal-reached" : null;
}
