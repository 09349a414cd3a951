import type { CompiledNode } from "./compile.ts";
import { isAboutOther } from "./correlate.ts";
import type { EnrollmentState, StartedBy } from "./enrollment.ts";
import { evaluateRule } from "./evaluate-rule.ts";
import { heldOutArm, treatedArm } from "./experiment.ts";
import { eventFacts } from "./facts.ts";
import { readGoalValue } from "./goal-value.ts";
import { heardValues } from "./heard-values.ts";
import { heldOutAt, mayHoldOut } from "./holdout.ts";
import type { Rule } from "./rule.ts";
import {
  type Advanced,
  askStep,
  contextOf,
  end,
  finishRun,
  leave,
  type Run,
  runSteps,
  settle,
  startRun,
  type World,
} from "./run-steps.ts";
import type { FlowEvent, Signal } from "./signal.ts";

/**
 * Starts an enrollment at the trigger and runs until the person waits or is out; whom the flow's holdout holds out is out at once, and
 * stays recorded, so that what they do without the flow can be compared. The host has asked `matchTrigger` before
 * and gives the key from there. Pure and total, as `advance` is.
 */
export function enroll({
  event,
  key,
  startedBy,
  ...world
}: World & { event: FlowEvent; key: string | null; startedBy?: StartedBy }): Advanced {
  const run = startRun(world, {
    status: "waiting",
    nodeId: null,
    visit: 0,
    visitsByNode: {},
    wait: null,
    event,
    key,
    ...(startedBy && { startedBy }),
    enteredAt: world.now,
    values: {},
    sent: [],
    endReason: null,
    endNote: null,
    goalAt: null,
  });
  const { trigger } = world.flow;
  if (!trigger) end(run, "broken-step", { problem: "no-trigger" });
  else if (!holdOut(run, trigger.nodeId)) runSteps(run, trigger.nodeId);
  return finishRun(run);
}

/** Says which side of the flow's holdout the person is on, the one they have been on before all; true: they get nothing of the flow. */
function holdOut(run: Run, nodeId: string): boolean {
  const { settings } = run.flow;
  const { holdout, purpose } = settings;
  if (!holdout || !mayHoldOut(purpose)) return false;
  const bucket = heldOutAt(settings, run.contact.id);
  const arm = run.experiments.get(holdout.salt)?.arm ?? (bucket === null ? treatedArm : heldOutArm);
  run.effects.push({ kind: "assign", visit: 0, nodeId, experiment: holdout.salt, arm });
  if (arm !== heldOutArm) return false;
  end(run, "held-out", { percent: holdout.percent, ...(bucket !== null && { bucket }) });
  return true;
}

/**
 * Applies one signal to one enrollment. Pure, total and deterministic: the same input gives the same bytes, nothing is
 * performed, and a signal that nobody waits for gives back the very same enrollment.
 *
 * Who is asked, in this order: the flow's goal, its exit criteria, the step the person stands on, and then the sent steps
 * (a tap on an older message), unless the person stands at a step that pauses the automation. Only a tap on a button that
 * has an edge of its own comes before the step the person stands on. Reaching the goal ends the enrollment, unless the step waits for that very event and leads on from it: then the person goes the way that is drawn.
 * An event that reaches the goal after the end, within the window, still sets `goalAt`: the conversion counts, nothing moves.
 */
export function advance({
  enrollment,
  signal,
  ...world
}: World & { enrollment: EnrollmentState; signal: Signal }): Advanced {
  const run = startRun(world, enrollment);
  const isTaken = enrollment.status === "ended" ? reachGoalLate(run, signal) : takeSignal(run, signal);
  return isTaken ? finishRun(run) : { enrollment, effects: [], trace: [], contact: world.contact };
}

/** True when the signal changed something. */
function takeSignal(run: Run, signal: Signal): boolean {
  if (signal.kind === "timer" && !isDue(run)) return false;
  if (isOwnTap(run, signal)) return recallSent(run, signal);
  return endByEvent(run, signal) || answerStep(run, signal) || recallSent(run, signal) || endByTimer(run, signal);
}

/** A timer that was set before the person moved on must not wake the step they stand on now. */
const isDue = ({ state, now }: Run): boolean => typeof state.wait?.wakeAt === "number" && state.wait.wakeAt <= now;

function endByEvent(run: Run, signal: Signal): boolean {
  if (signal.kind !== "event") return false;
  const { event } = signal;
  if (isGoal(run, event)) {
    noteGoal(run, event);
    if (!answerStep(run, signal, "only by an edge")) end(run, "goal", { event: event.name });
    return true;
  }
  if (!run.flow.settings.exitOn.some((criterion) => isMet(run, criterion, event))) return false;
  end(run, "exit-criteria", { event: event.name });
  return true;
}

function reachGoalLate(run: Run, signal: Signal): boolean {
  if (signal.kind !== "event" || !isGoal(run, signal.event)) return false;
  noteGoal(run, signal.event);
  return true;
}

function isGoal(run: Run, event: FlowEvent): boolean {
  const { goal } = run.flow.settings;
  if (goal === null || run.state.goalAt !== null) return false;
  return event.at <= run.state.enteredAt + goal.windowHours * 3_600_000 && isMet(run, goal, event);
}

function noteGoal(run: Run, event: FlowEvent): void {
  const { state, flow } = run;
  // An event may have happened before the flow heard of the person and still arrive later.
  state.goalAt = Math.max(event.at, state.enteredAt);
  state.goalEvent = event.name;
  const worth = flow.settings.goal?.value;
  const value = worth && readGoalValue(worth, eventFacts(run.contact, state, event, run.now));
  if (value) state.goalValue = value;
}

const isMet = (run: Run, wanted: { event: string; rule?: Rule }, event: FlowEvent): boolean =>
  wanted.event === event.name &&
  !isAboutOther(run.flow.settings.enrollmentKey, run.state, event) &&
  (!wanted.rule || evaluateRule(wanted.rule, eventFacts(run.contact, run.state, event, run.now)));

function answerStep(run: Run, signal: Signal, condition?: "only by an edge"): boolean {
  const compiled = run.flow.nodes.get(run.state.nodeId ?? "");
  if (!compiled) return false;
  const { node, config } = compiled;
  const result = askStep(compiled, () => node?.receive?.(config, signal, contextOf(run, compiled, run.state.visit)));
  if (!result) return false;
  const leadsOn = "leaveBy" in result.move && compiled.next.has(result.move.leaveBy);
  if (condition && !leadsOn) return false;
  runSteps(run, settle(run, compiled, result));
  return true;
}

/** A tap on a button, or a form, that has a way of its own is no answer to a step that waits for any: it leads where it was drawn to. */
function isOwnTap(run: Run, signal: Signal): boolean {
  if (signal.kind !== "button" && signal.kind !== "form") return false;
  const tapped = findRecall(run, signal);
  const said = findRecall(run, { kind: "reply", text: "", visit: signal.visit });
  return tapped !== null && (tapped.handle !== said?.handle || tapped.visit !== said.visit);
}

function recallSent(run: Run, signal: Signal): boolean {
  const recall = findRecall(run, signal);
  if (!recall) return false;
  run.state.values = { ...run.state.values, ...heardValues(signal, run.state.values) };
  runSteps(run, leave(run, recall.compiled, recall.handle, { recalled: recall.visit, by: signal.kind }));
  return true;
}

/** The sent step that the signal leads on from: the one it names, else the newest that has a way for it. */
function findRecall(run: Run, signal: Signal): { compiled: CompiledNode; handle: string; visit: number } | null {
  if (run.flow.nodes.get(run.state.nodeId ?? "")?.node?.pauses) return null;
  const named = "visit" in signal ? signal.visit : null;
  for (const { visit, nodeId } of run.state.sent.filter((step) => named === null || step.visit === named).reverse()) {
    const compiled = run.flow.nodes.get(nodeId);
    const handle = compiled?.node?.recall?.(compiled.config, signal, contextOf(run, compiled, visit));
    if (compiled && handle) return { compiled, handle, visit };
  }
  return null;
}

/** A due timer must not stay due, or the host would be woken by it again and again. */
function endByTimer(run: Run, signal: Signal): boolean {
  if (signal.kind !== "timer") return false;
  end(run, "broken-step", { problem: "unexpected-timer" });
  return true;
}
