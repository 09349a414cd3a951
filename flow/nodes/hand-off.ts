import { z } from "zod";
import { defineNode } from "../define-node.ts";
import { Duration, durationMs } from "../duration.ts";

const config = z.strictObject({
  queue: z.string().min(1).max(60).meta({ field: "text", label: "queue" }),
  priority: z.enum(["normal", "urgent"]).meta({ field: "select", label: "priority" }),
  note: z.string().max(500).default("").meta({ field: "long-text", label: "note" }),
  timeout: Duration.default({ amount: 3, unit: "days" }).meta({ field: "duration", label: "resolveWithin" }),
});

/** Asks an agent to take over. Without a connected handle the enrollment ends here; else it waits for the agent. */
export const handOff = defineNode({
  type: "hand-off",
  family: "people",
  icon: "headset",
  config,
  initial: () => ({ queue: "Support", priority: "normal", note: "", timeout: { amount: 3, unit: "days" } }),
  handles: () => [
    { id: "resolved", place: "quiet", label: ["hand-off.resolved"] },
    { id: "timeout", place: "quiet", label: ["hand-off.timeout"] },
  ],
  summary: ({ queue, priority }) => ["hand-off.summary", { queue, priority }],
  waits: () => true,
  stays: ({ timeout }, handle) => ({
    least: handle === "timeout" ? durationMs(timeout) : 0,
    most: durationMs(timeout),
  }),
  pauses: true,
  enter: ({ queue, priority, note, timeout }, { visit, nodeId, now, isConnected }) => ({
    effects: [{ kind: "hand-off", visit, nodeId, queue, priority, note }],
    detail: { queue, priority },
    move:
      isConnected("resolved") || isConnected("timeout")
        ? { wait: { wakeAt: now + durationMs(timeout) } }
        : { end: "handed-off" },
  }),
  receive: (_, signal, { visit, isConnected }) => {
    if (signal.kind === "timer")
      return { move: isConnected("timeout") ? { leaveBy: "timeout" } : { end: "handed-off" } };
    if (signal.kind !== "hand-off" || signal.visit !== visit) return null;
    return { move: isConnected("resolved") ? { leaveBy: "resolved" } : { end: "handed-off" } };
  },
});
