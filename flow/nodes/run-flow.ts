import { z } from "zod";
import { defineNode, type NodeProblem, type StepContext, type StepResult } from "../define-node.ts";
import { Duration, durationMs, durationValues } from "../duration.ts";
import { factsOf } from "../facts.ts";
import { type JsonObject, readPath } from "../json.ts";
import { RulePath } from "../rule.ts";
import type { Signal } from "../signal.ts";
import type { Catalog } from "../template.ts";

const config = z.strictObject({
  flow: z.uuid().meta({ field: "flow", label: "flow" }),
  goesOn: z.enum(["at-end", "at-once"]).default("at-end").meta({ field: "select", label: "goesOn" }),
  timeout: Duration.default({ amount: 7, unit: "days" }).meta({ field: "duration", label: "atMost" }),
  /** What the other flow reads as event.<name>, beside all that the event of this one brought. */
  values: z.record(z.string().min(1).max(60), RulePath).default({}).meta({ field: "key-paths", label: "values" }),
});
type Config = z.output<typeof config>;

/** The start is answered in the moment of asking; so much later it has got lost, and nobody is to stand here for ever. */
const answerMs = 5 * 60_000;

/** Runs another published flow for the same person, and waits for its end or goes on at once. */
export const runFlow = defineNode({
  type: "run-flow",
  family: "logic",
  icon: "workflow",
  config,
  initial: () => ({ flow: "", goesOn: "at-end", timeout: { amount: 7, unit: "days" }, values: {} }),
  handles: ({ goesOn, timeout }) => [
    ...(goesOn === "at-once"
      ? [{ id: "next", place: "main" as const }]
      : [
          { id: "done", place: "outcome" as const, label: ["run-flow.done"] as const },
          { id: "exited", place: "outcome" as const, label: ["run-flow.exited"] as const },
          { id: "timeout", place: "quiet" as const, label: ["run-flow.timeout", durationValues(timeout)] as const },
        ]),
    { id: "not-started", place: "quiet" as const, label: ["run-flow.notStarted"] as const },
  ],
  summary: ({ flow, goesOn }, { flows }) => [
    "run-flow.summary",
    { flow: flows?.find(({ id }) => id === flow)?.name ?? "?", goesOn: goesOn === "at-end" ? "end" : "once" },
  ],
  problems: ({ flow }, catalog) => flowProblems(flow, catalog),
  stays: (settings, handle) => ({
    least: handle === "timeout" ? waitMs(settings) : 0,
    most: waitMs(settings),
  }),
  starts: ({ flow }) => flow,
  enter: (settings, context) => ({
    effects: [
      {
        kind: "run-flow",
        visit: context.visit,
        nodeId: context.nodeId,
        flowId: settings.flow,
        properties: passedOn(settings, context),
      },
    ],
    move: { wait: { wakeAt: context.now + waitMs(settings) } },
  }),
  receive: ({ goesOn }, signal, context) => {
    if (signal.kind === "timer") return { move: { leaveBy: goesOn === "at-end" ? "timeout" : "next" } };
    return signal.kind === "flow" && signal.visit === context.visit ? afterNews(goesOn, signal, context) : null;
  },
});

const waitMs = ({ goesOn, timeout }: Config): number => (goesOn === "at-end" ? durationMs(timeout) : answerMs);

function passedOn({ values }: Config, context: StepContext): JsonObject {
  const facts = factsOf(context);
  const chosen = Object.entries(values).map(([name, path]) => [name, readPath(facts, path) ?? null] as const);
  return { ...context.enrollment.event.properties, ...Object.fromEntries(chosen) };
}

function afterNews(
  goesOn: Config["goesOn"],
  { outcome, reason }: Extract<Signal, { kind: "flow" }>,
  { isConnected }: StepContext,
): StepResult | null {
  const detail = { ...(reason !== null && { reason }) };
  if (outcome === "not-started" && isConnected("not-started")) return { detail, move: { leaveBy: "not-started" } };
  if (goesOn === "at-once") return { detail, move: { leaveBy: "next" } };
  if (outcome === "started") return null;
  // Who was not let into the other flow has not come to its end either.
  return { detail, move: { leaveBy: outcome === "done" ? "done" : "exited" } };
}

function flowProblems(flow: string, { flows, flowId }: Catalog): NodeProblem[] {
  if (!flows) return [];
  const other = flows.find(({ id }) => id === flow);
  if (!other) return [{ rule: "unknown-flow", field: "flow" }];
  const at = { field: "flow", values: { flow: other.name } };
  return [
    ...(flowId !== undefined && other.reaches.includes(flowId) ? [{ rule: "flows-in-circle", ...at }] : []),
    ...(other.isRunning ? [] : [{ rule: "flow-not-running", severity: "warning" as const, ...at }]),
    ...(other.opensWindow ? [{ rule: "flow-expects-words", severity: "warning" as const, ...at }] : []),
  ];
}
