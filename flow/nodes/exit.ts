import { z } from "zod";
import { defineNode } from "../define-node.ts";

const config = z.strictObject({ reason: z.string().max(100).default("").meta({ field: "text", label: "exitReason" }) });

/** The person leaves, with a reason that people can read. */
export const exit = defineNode({
  type: "exit",
  family: "end",
  icon: "log-out",
  config,
  initial: () => ({ reason: "" }),
  handles: () => [],
  summary: ({ reason }) => (reason ? ["exit.summary", { reason }] : ["exit.plain"]),
  enter: ({ reason }) => ({ move: { end: "exit", note: reason } }),
});
