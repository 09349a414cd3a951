import { z } from "zod";
import { defineNode } from "../define-node.ts";

const config = z.strictObject({ name: z.string().min(1).max(100).meta({ field: "text", label: "goalName" }) });

/** Reaching this step is the conversion; the enrollment ends. */
export const goal = defineNode({
  type: "goal",
  family: "end",
  icon: "flag",
  config,
  initial: () => ({ name: "" }),
  handles: () => [],
  summary: ({ name }) => ["goal.summary", { name }],
  isGoal: true,
  enter: ({ name }) => ({ detail: { name }, move: { end: "goal", note: name } }),
});
