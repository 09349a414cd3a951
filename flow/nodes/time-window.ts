import { z } from "zod";
import { defineNode, type StepContext, type StepResult } from "../define-node.ts";
import { nextOpening, type Week } from "../gate/quiet-hours.ts";
import { ClockTime } from "../graph.ts";

const config = z.strictObject({
  /** Monday is 1. */
  days: z.array(z.number().int().min(1).max(7)).min(1).max(7).meta({ field: "weekdays", label: "days" }),
  from: ClockTime.meta({ field: "clock-time", label: "from" }),
  to: ClockTime.meta({ field: "clock-time", label: "to" }),
  outside: z.enum(["wait", "leave"]).default("wait").meta({ field: "select", label: "outside" }),
});
type Config = z.output<typeof config>;

/** Lets people on at certain hours of certain days, by the clock where they are; at other times they wait, or leave by "outside". */
export const timeWindow = defineNode({
  type: "time-window",
  family: "logic",
  icon: "calendar-clock",
  config,
  initial: () => ({ days: [1, 2, 3, 4, 5], from: "09:00", to: "18:00", outside: "wait" }),
  handles: ({ outside }) =>
    outside === "leave"
      ? [
          { id: "next", place: "outcome", label: ["time-window.inside"] },
          { id: "outside", place: "outcome", label: ["time-window.outside"] },
        ]
      : [{ id: "next", place: "main" }],
  summary: ({ days, from, to, outside }) => [
    "time-window.summary",
    { days: daysKey(days), count: days.length, from, to, outside },
  ],
  problems: ({ from, to }) => (from < to ? [] : [{ rule: "window-upside-down", field: "to" }]),
  // A weekday comes again after a week at the latest, and no change of the clocks makes that more than a day longer.
  stays: ({ outside }) => ({ least: 0, most: outside === "leave" ? 0 : 8 * 86_400_000 }),
  enter: (settings, context): StepResult => {
    const opensAt = openingAt(settings, context);
    if (opensAt === context.now) return { detail: { inside: true }, move: { leaveBy: "next" } };
    if (settings.outside === "leave") return { detail: { inside: false }, move: { leaveBy: "outside" } };
    return opensAt === null
      ? { move: { end: "broken-step" } }
      : { detail: { inside: false, until: opensAt }, move: { wait: { wakeAt: opensAt } } };
  },
  receive: (_, signal) => (signal.kind === "timer" ? { move: { leaveBy: "next" } } : null),
});

function openingAt({ days, from, to }: Config, { contact, workspaceTimezone, now }: StepContext): number | null {
  const week: Week = [1, 2, 3, 4, 5, 6, 7].map((day) => (days.includes(day) ? { from, to } : null));
  return nextOpening({ quiet: null, sending: null, week }, contact.timezone ?? workspaceTimezone, now);
}

/** The usual weeks have a name. */
function daysKey(days: readonly number[]): "all" | "working" | "weekend" | "some" {
  const key = days.toSorted().join("");
  const named = { "1234567": "all", "12345": "working", "67": "weekend" } as const;
  return key === "1234567" || key === "12345" || key === "67" ? named[key] : "some";
}
