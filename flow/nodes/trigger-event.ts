import { z } from "zod";
import { defineNode } from "../define-node.ts";
import { always, Rule } from "../rule.ts";

const config = z.strictObject({
  event: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/, "An event name reads like kyc.incomplete")
    .meta({ field: "event-name", label: "event" }),
  /** Entry criteria over the event and the contact. */
  rule: Rule.default(always).meta({ field: "rule", label: "entryCriteria" }),
});

/** Starts the flow when an event of this name arrives and the entry criteria hold; the host evaluates them before it enrolls. */
export const triggerEvent = defineNode({
  type: "trigger-event",
  family: "trigger",
  icon: "zap",
  config,
  initial: () => ({ event: "", rule: always }),
  handles: () => [{ id: "next", place: "main" }],
  summary: ({ event }) => ["trigger-event.summary", { event }],
  opensOn: ({ event, rule }) => ({ event, rule }),
  enter: (_, { enrollment }) => ({ detail: { event: enrollment.event.name }, move: { leaveBy: "next" } }),
});
