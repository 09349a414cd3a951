import { expect, test } from "vitest";
import type { EnrollmentState } from "../enrollment.ts";
import { leftEarly } from "./left-early.ts";

const evening = Date.UTC(2026, 10, 22, 21);
const hour = 3_600_000;
type Way = Pick<EnrollmentState, "endReason" | "goalAt" | "goalEvent">;

const inside: Way = { endReason: null, goalAt: null };
const byEvent = (at: number, endReason: Way["endReason"] = "goal"): Way => ({
  endReason,
  goalAt: at,
  goalEvent: "kyc.completed",
});

test.each<[string, Way, ReturnType<typeof leftEarly>]>([
  ["who is inside has not left", inside, null],
  ["who came to the end has heard all there is", { endReason: "completed", goalAt: null }, null],
  ["an exit that is drawn is an end like any", { endReason: "exit", goalAt: null }, null],
  ["a step that says “goal” comes after its message", { endReason: "goal", goalAt: evening + hour }, null],
  ["an event that reached the goal while it waited", byEvent(evening + hour), "goal-reached"],
  ["an event that was told late", byEvent(evening - hour), "goal-reached"],
  ["the goal of who was through already", byEvent(evening + hour, "completed"), "goal-reached"],
  ["a way that leads on from the goal: what it asks for then", byEvent(evening - hour, null), null],
  ["a way that leads on from the goal: what was asked for before", byEvent(evening + hour, null), "goal-reached"],
  ["exit criteria", { endReason: "exit-criteria", goalAt: null }, "exit-criteria"],
  ["somebody took them out", { endReason: "stopped", goalAt: null }, "stopped"],
])("%s", (_, way, expected) => {
  expect(leftEarly(way, evening)).toBe(expected);
});
