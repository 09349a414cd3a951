import { z } from "zod";
import { defineNode } from "../define-node.ts";
import { Duration, durationMs, shortDuration } from "../duration.ts";
import { evaluateRule } from "../evaluate-rule.ts";
import { factsOf } from "../facts.ts";
import { readPath } from "../json.ts";
import { Rule } from "../rule.ts";
import type { Signal } from "../signal.ts";
import type { StepContext } from "../define-node.ts";

const id = z.string().regex(/^[a-z0-9-]{1,40}$/);

const Source = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("event"),
    id,
    event: z.string().min(1).max(200),
    rule: Rule.optional(),
    /** Property of the event that must equal the enrollment key ("loanId"). */
    keyProperty: z.string().max(200).optional(),
  }),
  z.strictObject({ kind: z.literal("reply"), id }),
  z.strictObject({ kind: z.literal("click"), id }),
  z.strictObject({ kind: z.literal("status"), id, status: z.enum(["delivered", "read", "failed"]) }),
]);
type Source = z.infer<typeof Source>;

const config = z.strictObject({
  sources: z.array(Source).min(1).max(10).meta({ field: "sources", label: "until" }),
  timeout: Duration.meta({ field: "duration", label: "atMost" }),
});

/** Stays for the first of several things, or the time-out. */
export const waitUntil = defineNode({
  type: "wait-until",
  family: "logic",
  icon: "hourglass",
  config,
  initial: () => ({ sources: [{ kind: "event", id: "happened", event: "" }], timeout: { amount: 24, unit: "hours" } }),
  handles: ({ sources, timeout }) => [
    ...sources.map((source) => ({
      id: source.id,
      place: "outcome" as const,
      ...(source.kind === "event" ? { text: source.event } : { label: [`wait-until.${source.kind}`, { status: source.kind === "status" ? source.status : "" }] as const }),
    })),
    { id: "timeout", place: "outcome", label: ["wait-until.timeout", { duration: shortDuration(timeout) }] },
  ],
  summary: ({ sources, timeout }) => {
    const first = sources[0];
    return ["wait-until.summary", { first: first?.kind === "event" ? first.event : (first?.kind ?? ""), count: sources.length, duration: shortDuration(timeout) }];
  },
  problems: ({ sources }) =>
    new Set([...sources.map((source) => source.id), "timeout"]).size === sources.length + 1 ? [] : [{ rule: "branch-ids-differ", field: "sources" }],
  waits: () => true,
  enter: ({ timeout }, { now }) => ({ detail: { until: now + durationMs(timeout) }, then: { wait: { wakeAt: now + durationMs(timeout) } } }),
  receive: ({ sources }, signal, context) => {
    if (signal.kind === "timer") return { then: { leaveBy: "timeout" } };
    const met = sources.find((source) => isMet(source, signal, context));
    return met ? { detail: { by: met.id }, values: signal.kind === "reply" ? { reply: signal.text } : {}, then: { leaveBy: met.id } } : null;
  },
});

function isMet(source: Source, signal: Signal, context: StepContext): boolean {
  if (source.kind === "reply") return signal.kind === "reply" || signal.kind === "button";
  if (source.kind === "click") return signal.kind === "click";
  if (source.kind === "status") return signal.kind === "status" && (signal.status === source.status || (source.status === "delivered" && signal.status === "read"));
  if (signal.kind !== "event" || signal.event.name !== source.event) return false;
  if (source.keyProperty) {
    const key = readPath(signal.event.properties, source.keyProperty);
    if (context.enrollment.key === null || key === undefined || String(key) !== context.enrollment.key) return false;
  }
  return !source.rule || evaluateRule(source.rule, factsOf(context, signal.event.properties));
}
