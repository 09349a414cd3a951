import { applyContactChange } from "./apply-contact-change.ts";
import type { CompiledFlow, CompiledNode } from "./compile.ts";
import type { ContactFacts } from "./contact.ts";
import type { StepContext, StepResult } from "./define-node.ts";
import type { Effect } from "./effect.ts";
import type { EndReason, EnrollmentState, TraceRow } from "./enrollment.ts";
import type { Standings } from "./experiment.ts";
import { graphLimits } from "./graph.ts";
import type { JsonObject } from "./json.ts";

/** What `advance` and `enroll` answer: the new memory, what the host has to do, the path so far and the contact as changed on it. */
export type Advanced = { enrollment: EnrollmentState; effects: Effect[]; trace: TraceRow[]; contact: ContactFacts };

/** What a call of the core is given besides the enrollment. */
export type World = {
  flow: CompiledFlow;
  contact: ContactFacts;
  now: number;
  workspaceTimezone: string;
  /** How the flow's experiments stand for this person; absent: chance alone decides. */
  experiments?: Standings;
};

/** One call of the core while it works. Everything in it is made by this call, so it may be changed in place. */
export type Run = Required<World> & {
  state: EnrollmentState;
  effects: Effect[];
  trace: TraceRow[];
};

/** A step threw, which is a bug of ours or unreadable stored data. Says which step it was; nothing of the run may be kept. */
export class StepError extends Error {
  readonly nodeId: string;

  constructor(nodeId: string, cause: unknown) {
    super(cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause), { cause });
    this.nodeId = nodeId;
  }
}

/** Asks a step, and names it when it throws. */
export function askStep<Answer>({ id }: CompiledNode, ask: () => Answer): Answer {
  try {
    return ask();
  } catch (error) {
    throw new StepError(id, error);
  }
}

/** For whoever has no experiments to tell of: chance alone decides. */
export const noStandings: Standings = new Map();

export const startRun = ({ experiments = noStandings, ...world }: World, state: EnrollmentState): Run => ({
  ...world,
  experiments,
  state: { ...state },
  effects: [],
  trace: [],
});

/** How many sent steps are remembered for later taps. */
const sentMemory = 10;

export const finishRun = ({ state, effects, trace, contact }: Run): Advanced => ({
  enrollment: state,
  effects,
  trace,
  contact,
});

/** Visits steps from this one on until the person waits or the enrollment ends. Null: there is no next step. */
export function runSteps(run: Run, from: string | null): void {
  for (let nodeId = from; nodeId !== null; ) nodeId = visitStep(run, nodeId);
}

/** What a step may look at, as things stand now. `visit` is an older one for a recalled step. */
export function contextOf(run: Run, compiled: CompiledNode, visit: number): StepContext {
  return {
    nodeId: compiled.id,
    visit,
    now: run.now,
    contact: run.contact,
    enrollment: run.state,
    settings: run.flow.settings,
    workspaceTimezone: run.workspaceTimezone,
    experiments: run.experiments,
    isConnected: (handle) => compiled.next.has(handle),
    hasWayOut: compiled.next.size > 0,
  };
}

/** Takes over what a step said. Answers the step to visit next, or null when the person waits or is out. */
export function settle(run: Run, compiled: CompiledNode, result: StepResult): string | null {
  const { effects = [], detail = {}, values, move } = result;
  for (const effect of effects) perform(run, effect);
  if (values) run.state.values = { ...run.state.values, ...values };
  if ("end" in move) return end(run, move.end, detail, move.note);
  if ("wait" in move) {
    run.state.wait = { ...move.wait, since: run.state.wait?.since ?? run.now };
    note(run, "waiting", compiled.id, null, detail);
    return null;
  }
  if ("leaveBy" in move) return leave(run, compiled, move.leaveBy, detail);
  note(run, "left", compiled.id, null, detail);
  return run.flow.nodes.has(move.goTo) ? move.goTo : end(run, "broken-step", { problem: "unknown-go-to" });
}

/** Leaves the current visit by a handle of this step; an open handle completes the enrollment. */
export function leave(run: Run, compiled: CompiledNode, handle: string, detail: JsonObject): string | null {
  note(run, "left", compiled.id, handle, detail);
  return compiled.next.get(handle) ?? end(run, "completed", {});
}

export function end(run: Run, reason: EndReason, detail: JsonObject, words = ""): null {
  const nodeId = run.state.nodeId ?? run.flow.trigger?.nodeId ?? "";
  note(run, "ended", nodeId, null, { ...detail, reason });
  run.state = {
    ...run.state,
    status: "ended",
    nodeId: null,
    wait: null,
    endReason: reason,
    endNote: words || null,
    goalAt: reason === "goal" ? (run.state.goalAt ?? run.now) : run.state.goalAt,
  };
  return null;
}

function visitStep(run: Run, nodeId: string): string | null {
  const { state, flow } = run;
  const visits = Object.hasOwn(state.visitsByNode, nodeId) ? (state.visitsByNode[nodeId] ?? 0) : 0;
  state.wait = null;
  if (state.visit >= graphLimits.stepsPerEnrollment) return end(run, "limit", { limit: "steps", next: nodeId });
  if (visits >= graphLimits.visitsPerNode) return end(run, "limit", { limit: "visits", next: nodeId });
  state.visit += 1;
  state.nodeId = nodeId;
  state.visitsByNode = { ...state.visitsByNode, [nodeId]: visits + 1 };
  note(run, "entered", nodeId, null, {});
  const compiled = flow.nodes.get(nodeId);
  if (!compiled?.node) return end(run, "broken-step", { problem: compiled?.broken ?? "unknown-step" });
  const { node, config } = compiled;
  return settle(
    run,
    compiled,
    askStep(compiled, () => node.enter(config, contextOf(run, compiled, state.visit))),
  );
}

function perform(run: Run, effect: Effect): void {
  run.effects.push(effect);
  if (effect.kind === "update-contact") run.contact = effect.changes.reduce(applyContactChange, run.contact);
  if (effect.kind === "send")
    run.state.sent = [...run.state.sent, { visit: effect.visit, nodeId: effect.nodeId }].slice(-sentMemory);
}

export function note(
  run: Run,
  kind: TraceRow["kind"],
  nodeId: string,
  handle: string | null,
  detail: JsonObject,
): void {
  run.trace.push({ visit: run.state.visit, nodeId, at: run.now, kind, handle, detail });
}
