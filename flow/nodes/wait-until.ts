import { z } from "zod";
import { isAboutOther } from "../correlate.ts";
import { defineNode, type StepContext, type StepResult } from "../define-node.ts";
import { Duration, durationMs, durationValues } from "../duration.ts";
import { evaluateRule } from "../evaluate-rule.ts";
import { factsOf } from "../facts.ts";
import { heardValues } from "../heard-values.ts";
import { keyText, readPath } from "../json.ts";
import { Rule } from "../rule.ts";
import type { Signal } from "../signal.ts";

const id = z.string().regex(/^[a-z0-9-]{1,40}$/);

const Source = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("event"),
    id,
    event: z.string().min(1).max(200).meta({ field: "event-name" }),
    rule: Rule.optional(),
    /** Property of the event that must equal the enrollment key, where it has another name there than in the entering event. */
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
      ...(source.kind === "reply" && { byPerson: true as const }),
      ...(source.kind === "event"
        ? { text: source.event }
        : { label: [`wait-until.${source.kind}`, { status: source.kind === "status" ? source.status : "" }] as const }),
    })),
    { id: "timeout", place: "outcome", label: ["wait-until.timeout", durationValues(timeout)] },
  ],
  summary: ({ sources, timeout }) => {
    const first = sources[0];
    return [
      "wait-until.summary",
      {
        kind: first?.kind ?? "event",
        event: first?.kind === "event" ? first.event : "",
        count: sources.length,
        ...durationValues(timeout),
      },
    ];
  },
  problems: ({ sources }) =>
    new Set([...sources.map((source) => source.id), "timeout"]).size === sources.length + 1
      ? []
      : [{ rule: "branch-ids-differ", field: "sources" }],
  waits: () => true,
  stays: ({ timeout }, handle) => ({
    least: handle === "timeout" ? durationMs(timeout) : 0,
    most: durationMs(timeout),
  }),
  keeps: ({ sources }, handle) =>
    sources.some((source) => source.id === handle && source.kind === "reply") ? ["reply"] : [],
  enter: ({ timeout }, { now }) => ({
    detail: { until: now + durationMs(timeout) },
    move: { wait: { wakeAt: now + durationMs(timeout) } },
  }),
  receive: ({ sources }, signal, context): StepResult | null => {
    if (signal.kind === "timer") return { move: { leaveBy: "timeout" } };
    const met = sources.find((source) => isMet(source, signal, context));
    return met
      ? { detail: { by: met.id }, values: heardValues(signal, context.enrollment.values), move: { leaveBy: met.id } }
      : null;
  },
});

function isMet(source: Source, signal: Signal, context: StepContext): boolean {
  if (source.kind === "reply") return signal.kind === "reply" || signal.kind === "button" || signal.kind === "form";
  if (source.kind === "click") return signal.kind === "click";
  if (source.kind === "status")
    return signal.kind === "status" && isLatest(signal.visit, context) && means(signal.status, source.status);
  if (signal.kind !== "event" || signal.event.name !== source.event) return false;
  if (source.keyProperty) {
    const key = keyText(readPath(signal.event.properties, source.keyProperty));
    if (key === null || key !== context.enrollment.key) return false;
  } else if (isAboutOther(context.settings.enrollmentKey, context.enrollment, signal.event)) return false;
  return !source.rule || evaluateRule(source.rule, factsOf(context, signal.event.properties));
}

// A late status of the first reminder must not pass for one of the second.
const isLatest = (visit: number, { enrollment }: StepContext): boolean =>
  visit === (enrollment.sent.at(-1)?.visit ?? visit);

/** Who has read a message has had it delivered, also when the provider never says so. */
const means = (status: string, wanted: string): boolean =>
  status === wanted || (wanted === "delivered" && status === "read");
