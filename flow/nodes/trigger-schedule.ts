import { z } from "zod";
import { defineNode, type Label } from "../define-node.ts";
import { always } from "../rule.ts";
import { Schedule } from "../schedule.ts";

const config = z.strictObject({
  segment: z.uuid().meta({ field: "segment", label: "segment" }),
  schedule: Schedule.meta({ field: "schedule", label: "schedule" }),
  /** Whose clock counts. */
  clock: z.enum(["workspace", "person"]).default("workspace").meta({ field: "select", label: "clock" }),
  /** How many people start in a minute; null: as fast as it goes. */
  perMinute: z.int().min(1).max(100_000).nullable().default(null).meta({ field: "number", label: "perMinute" }),
});

/** Starts the flow for everybody in a segment: at once, at a time, or again and again. */
export const triggerSchedule = defineNode({
  type: "trigger-schedule",
  family: "trigger",
  icon: "calendar-clock",
  config,
  initial: () => ({
    segment: "",
    schedule: { mode: "once", day: "", time: "09:00" },
    clock: "workspace",
    perMinute: null,
  }),
  handles: () => [{ id: "next", place: "main" }],
  summary: ({ segment, schedule }, { segments }): Label => {
    const name = segments?.find(({ id }) => id === segment)?.name ?? "?";
    return [`trigger-schedule.summary.${schedule.mode}`, { segment: name, ...wordsOf(schedule) }];
  },
  problems: ({ segment }, { segments }) =>
    segments && !segments.some(({ id }) => id === segment) ? [{ rule: "unknown-segment", field: "segment" }] : [],
  opensOn: ({ segment, schedule, clock, perMinute }) => ({
    event: "schedule.due",
    rule: always,
    by: { kind: "schedule", segmentId: segment, schedule, clock, perMinute },
  }),
  enter: (_, { enrollment }) => ({ detail: { event: enrollment.event.name }, move: { leaveBy: "next" } }),
});

function wordsOf(schedule: Schedule): Record<string, string | number> {
  switch (schedule.mode) {
    case "now":
      return {};
    case "once":
      return { day: schedule.day, time: schedule.time };
    case "daily":
      return { time: schedule.time };
    case "weekly":
      return { count: schedule.days.length, time: schedule.time };
    case "monthly":
      return { day: schedule.dayOfMonth, time: schedule.time };
  }
}
