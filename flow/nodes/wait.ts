import { z } from "zod";
import { defineNode, type StepContext, type StepResult } from "../define-node.ts";
import { Duration, durationMs, durationValues } from "../duration.ts";
import { factsOf } from "../facts.ts";
import { ClockTime, graphLimits } from "../graph.ts";
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

type Config = z.output<typeof config>;

/** Stays until a moment known on entering. A date that is missing or past lets the person go on at once, one beyond 365 days ends it. */
export const wait = defineNode({
  type: "wait",
  family: "logic",
  icon: "clock",
  config,
  initial: () => ({ mode: "duration", duration: { amount: 1, unit: "days" } }),
  handles: () => [{ id: "next", place: "main" }],
  summary: (config) => {
    if (config.mode === "duration") return ["wait.duration", durationValues(config.duration)];
    if (config.mode === "local-time") return ["wait.localTime", { time: config.time }];
    return ["wait.date", { path: config.path, hours: config.offsetHours }];
  },
  // A date may be past already, so only the other two are sure to stop a loop.
  waits: (config) => config.mode !== "date",
  stays: (config) => {
    if (config.mode === "duration") return { least: durationMs(config.duration), most: durationMs(config.duration) };
    // A clock that is set back makes a day of up to 25 hours, and no zone has ever gone further than a whole day.
    return config.mode === "local-time" ? { least: 0, most: 2 * 86_400_000 } : { least: 0, most: longestMs };
  },
  enter: (config, context): StepResult => {
    const wakeAt = wakeTime(config, context);
    if (wakeAt === undefined) return { detail: { reason: "no-date" }, move: { leaveBy: "next" } };
    if (wakeAt <= context.now) return { detail: { reason: "already-past" }, move: { leaveBy: "next" } };
    // Neither going on at once nor sleeping for years is what a mistyped year meant.
    if (wakeAt - context.now > longestMs) return { detail: { limit: "wait", until: wakeAt }, move: { end: "limit" } };
    return { detail: { until: wakeAt }, move: { wait: { wakeAt } } };
  },
  receive: (_, signal) => (signal.kind === "timer" ? { move: { leaveBy: "next" } } : null),
});

const longestMs = graphLimits.waitDays * 86_400_000;

function wakeTime(config: Config, context: StepContext): number | undefined {
  const zone = context.contact.timezone ?? context.workspaceTimezone;
  if (config.mode === "duration") return context.now + durationMs(config.duration);
  if (config.mode === "local-time") return nextLocalTime(config.time, zone, context.now);
  const moment = momentOf(readPath(factsOf(context), config.path), zone);
  return moment === undefined ? undefined : moment + config.offsetHours * 3_600_000;
}
