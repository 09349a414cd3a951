import { z } from "zod";
import { defineNode } from "../define-node.ts";
import { Duration, durationMs, shortDuration } from "../duration.ts";
import { factsOf } from "../facts.ts";
import { ClockTime } from "../graph.ts";
import { readPath } from "../json.ts";
import { momentOf, nextLocalTime } from "../local-time.ts";
import { RulePath } from "../rule.ts";

const config = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("duration"), duration: Duration.meta({ field: "duration", label: "duration" }) }),
  /** Until the next time the person's clock shows this. */
  z.strictObject({ mode: z.literal("local-time"), time: ClockTime.meta({ field: "clock-time", label: "localTime" }) }),
  /** Until a date read from contact or event, moved by hours (negative: before it). */
  z.strictObject({
    mode: z.literal("date"),
    path: RulePath.meta({ field: "path", label: "datePath" }),
    offsetHours: z.number().int().min(-8760).max(8760).default(0).meta({ field: "number", label: "offsetHours" }),
  }),
]);

/** Stays until a moment known on entering. A date that is missing or past lets the person go on at once. */
export const wait = defineNode({
  type: "wait",
  family: "logic",
  icon: "clock",
  config,
  initial: () => ({ mode: "duration", duration: { amount: 1, unit: "days" } }),
  handles: () => [{ id: "next", place: "main" }],
  summary: (config) => {
    if (config.mode === "duration") return ["wait.duration", { duration: shortDuration(config.duration) }];
    if (config.mode === "local-time") return ["wait.localTime", { time: config.time }];
    return ["wait.date", { path: config.path, hours: config.offsetHours }];
  },
  waits: (config) => config.mode === "duration",
  enter: (config, context) => {
    const { now } = context;
    const zone = context.contact.timezone ?? context.workspaceTimezone;
    const wakeAt =
      config.mode === "duration"
        ? now + durationMs(config.duration)
        : config.mode === "local-time"
          ? nextLocalTime(config.time, zone, now)
          : (momentOf(readPath(factsOf(context), config.path), zone) ?? now) + config.offsetHours * 3_600_000;
    if (wakeAt <= now) return { detail: { reason: "already-past" }, then: { leaveBy: "next" } };
    return { detail: { until: wakeAt }, then: { wait: { wakeAt } } };
  },
  receive: (_, signal) => (signal.kind === "timer" ? { then: { leaveBy: "next" } } : null),
});
