import { z } from "zod";
import { bucket } from "../bucket.ts";
import { defineNode } from "../define-node.ts";

const config = z.strictObject({
  /** Salt of the hash, and its own: the same name keeps the same people out in every flow, whatever their A/B tests say. */
  name: z.string().min(1).max(100).meta({ field: "text", label: "name" }),
  /** Percent of people, to a tenth. */
  percent: z.number().min(0).max(90).multipleOf(0.1).meta({ field: "number", label: "percent" }),
});

/** Keeps a random share of people out, always the same ones, so that what they do without the flow can be compared. */
export const holdout = defineNode({
  type: "holdout",
  family: "logic",
  icon: "shield-off",
  config,
  initial: () => ({ name: "holdout", percent: 10 }),
  handles: () => [
    { id: "next", place: "main" },
    { id: "held-out", place: "quiet", label: ["holdout.heldOut"] },
  ],
  summary: ({ percent }) => ["holdout.summary", { percent }],
  enter: ({ name, percent }, { contact, isConnected }) => {
    const at = bucket(`holdout:${name}`, contact.id);
    const isHeldOut = Math.round(at * 10_000) < Math.round(percent * 100);
    const detail = { bucket: at, heldOut: isHeldOut };
    if (!isHeldOut) return { detail, move: { leaveBy: "next" } };
    return { detail, move: isConnected("held-out") ? { leaveBy: "held-out" } : { end: "held-out" } };
  },
});
