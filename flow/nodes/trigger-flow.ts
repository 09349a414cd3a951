import { z } from "zod";
import { defineNode } from "../define-node.ts";
import { always } from "../rule.ts";
import { runEventName } from "../run-event.ts";

const config = z.strictObject({});

/** Starts the flow only where a step of another one runs it. */
export const triggerFlow = defineNode({
  type: "trigger-flow",
  family: "trigger",
  icon: "workflow",
  config,
  initial: () => ({}),
  handles: () => [{ id: "next", place: "main" }],
  summary: () => ["trigger-flow.summary"],
  opensOn: () => ({ event: runEventName, rule: always, by: { kind: "flow" } }),
  enter: () => ({ move: { leaveBy: "next" } }),
});
