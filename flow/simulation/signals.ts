import { advance } from "../advance.ts";
import type { Effect } from "../effect.ts";
import type { TraceRow } from "../enrollment.ts";
import { mapResponse } from "../map-response.ts";
import type { Advanced } from "../run-steps.ts";
import type { Signal } from "../signal.ts";
import { queueMessage } from "./queue-message.ts";
import type { LogEntry, PathStep, Simulation } from "./simulation.ts";

/** Entry without its time: the log takes the clock's. `At` keeps the union apart. */
type Entry = LogEntry extends infer One ? (One extends LogEntry ? Omit<One, "at"> : never) : never;

export const log = (sim: Simulation, entry: Entry): Simulation => ({
  ...sim,
  log: [...sim.log, { at: sim.now, ...entry } as LogEntry],
});

/** Gives a signal to one enrollment (or to all: null). `isTaken` tells whether anybody was waiting for it. */
export function signalTo(
  sim: Simulation,
  enrollmentId: string | null,
  signal: Signal,
): { sim: Simulation; isTaken: boolean } {
  const receivers = sim.enrollments.filter(({ id }) => enrollmentId === null || id === enrollmentId);
  let isTaken = false;
  let after = sim;
  for (const { id, state } of receivers) {
    const { flow, contact, now, workspaceTimezone } = after;
    const advanced = advance({ flow, enrollment: state, signal, contact, now, workspaceTimezone });
    if (advanced.enrollment === state) continue;
    isTaken = true;
    after = takeOver({ ...after, contact: advanced.contact }, id, advanced);
  }
  return { sim: after, isTaken };
}

/** Keeps what the core answered and performs its effects, as the engine would. */
export function takeOver(sim: Simulation, id: string, advanced: Omit<Advanced, "contact">): Simulation {
  const state = advanced.enrollment;
  const isNew = sim.enrollments.every((one) => one.id !== id);
  const enrollments = isNew
    ? [...sim.enrollments, { id, state }]
    : sim.enrollments.map((one) => (one.id === id ? { id, state } : one));
  let after: Simulation = { ...sim, enrollments };
  for (const row of advanced.trace) after = keepTrace(after, id, row);
  for (const effect of advanced.effects) after = perform(after, id, effect);
  return after;
}

function keepTrace(sim: Simulation, enrollmentId: string, row: TraceRow): Simulation {
  const { visit, nodeId, kind, handle, detail, at } = row;
  const path: PathStep[] =
    kind === "entered"
      ? [...sim.path, { enrollmentId, nodeId, visit, at, leftAt: null, leftBy: null, state: "here" }]
      : sim.path.map((step) => (step.enrollmentId === enrollmentId && step.visit === visit ? moveOn(step, row) : step));
  return log({ ...sim, path }, { kind: "step", nodeId, visit, outcome: kind, handle, detail });
}

function moveOn(step: PathStep, { kind, at, nodeId, handle }: TraceRow): PathStep {
  if (kind === "left") return { ...step, state: "left", leftAt: at, leftBy: { nodeId, handle } };
  return kind === "ended" ? { ...step, state: "ended", leftAt: step.leftAt ?? at } : step;
}

function perform(sim: Simulation, enrollmentId: string, effect: Effect): Simulation {
  switch (effect.kind) {
    case "update-contact":
    case "assign":
      return sim;
    case "event": {
      const { name, properties } = effect;
      const event = { id: `e${sim.log.length + 1}`, name, properties, at: sim.now };
      const heard = signalTo(sim, null, { kind: "event", event });
      return log(heard.sim, { kind: "event", name, properties, isTaken: heard.isTaken });
    }
    case "send":
      return queueMessage(sim, enrollmentId, effect);
    case "run-flow": {
      const { nodeId, visit, flowId } = effect;
      const isRefused = sim.fault === "flow-paused";
      const outcome = isRefused ? "not-started" : "started";
      const asked = log({ ...sim, ...(isRefused && { fault: null }) }, { kind: "run-flow", nodeId, flowId, outcome });
      const reason = isRefused ? "paused" : null;
      const told = signalTo(asked, enrollmentId, { kind: "flow", visit, outcome, reason }).sim;
      const isAwaited = told.enrollments.some(
        ({ id, state }) => id === enrollmentId && state.visit === visit && state.wait,
      );
      return isAwaited ? { ...told, running: [...told.running, { enrollmentId, nodeId, visit }] } : told;
    }
    case "await-turn": {
      const { nodeId, visit } = effect;
      const isFree = sim.fault !== "no-turn";
      const asked = log({ ...sim, ...(!isFree && { fault: null }) }, { kind: "turn", nodeId, isFree });
      return isFree ? signalTo(asked, enrollmentId, { kind: "turn", visit }).sim : asked;
    }
    case "hand-off": {
      const { nodeId, visit, queue, priority, note } = effect;
      const open = { ...sim, handOffs: [...sim.handOffs, { enrollmentId, nodeId, visit }] };
      return log(open, { kind: "hand-off", nodeId, queue, priority, note });
    }
    case "webhook": {
      const { nodeId, visit, method, url, body, mapping } = effect;
      const answer = Object.hasOwn(sim.webhookAnswers, nodeId) ? sim.webhookAnswers[nodeId] : undefined;
      const ok = answer?.ok ?? true;
      const values = mapResponse(mapping, answer?.body ?? {});
      const called = log(sim, { kind: "webhook", nodeId, method, url, body, ok });
      return signalTo(called, enrollmentId, { kind: "webhook", visit, ok, values }).sim;
    }
  }
}
