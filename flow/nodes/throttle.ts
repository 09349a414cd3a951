import { z } from "zod";
import { defineNode } from "../define-node.ts";
import { Duration, durationMs } from "../duration.ts";

const config = z.strictObject({
  people: z.int().min(1).max(1_000_000).meta({ field: "number", label: "people" }),
  per: z.enum(["minute", "hour", "day"]).default("hour").meta({ field: "select", label: "per" }),
  timeout: Duration.default({ amount: 7, unit: "days" }).meta({ field: "duration", label: "atMost" }),
});

const periodMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** Lets so many people on in a time; the others wait for their turn, in the order in which they came. */
export const throttle = defineNode({
  type: "throttle",
  family: "logic",
  icon: "gauge",
  config,
  initial: () => ({ people: 100, per: "hour", timeout: { amount: 7, unit: "days" } }),
  handles: () => [
    { id: "next", place: "main" },
    { id: "timeout", place: "quiet", label: ["throttle.timeout"] },
  ],
  summary: ({ people, per }) => ["throttle.summary", { people, per }],
  stays: ({ timeout }, handle) => ({
    least: handle === "timeout" ? durationMs(timeout) : 0,
    most: durationMs(timeout),
  }),
  paces: ({ people, per }) => ({ people, periodMs: periodMs[per] }),
  enter: ({ people, per, timeout }, { nodeId, visit, now }) => ({
    effects: [{ kind: "await-turn", nodeId, visit, people, periodMs: periodMs[per] }],
    move: { wait: { wakeAt: now + durationMs(timeout) } },
  }),
  receive: (_, signal, { visit }) => {
    if (signal.kind === "timer") return { move: { leaveBy: "timeout" } };
    return signal.kind === "turn" && signal.visit === visit ? { move: { leaveBy: "next" } } : null;
  },
});
