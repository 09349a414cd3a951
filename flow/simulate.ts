import { compile } from "./compile.ts";
import type { ContactFacts } from "./contact.ts";
import { noConsentRules } from "./gate/consent.ts";
import { keywordsOf, readKeyword } from "./gate/opt-out.ts";
import { usualAnswers } from "./gate/policy.ts";
import type { Graph } from "./graph.ts";
import type { MessageDetail } from "./message-detail.ts";
import { messageEvent, messageEventName } from "./message-event.ts";
import type { FlowEvent } from "./signal.ts";
import type { Action } from "./simulation/action.ts";
import { enterFlow, entryBy } from "./simulation/enter-flow.ts";
import { passGate, read, readAll } from "./simulation/messages.ts";
import { log, signalTo, takeOver } from "./simulation/signals.ts";
import type { SimulatedEnrollment, SimulatedGate, SimulatedMessage, Simulation } from "./simulation/simulation.ts";
import { stopEnrollment } from "./stop-enrollment.ts";
import { allButtons, type Catalog } from "./template.ts";

type Setup = {
  graph: Graph;
  catalog: Catalog;
  contact: ContactFacts;
  workspaceTimezone: string;
  startAt: number;
  workspaceLanguage?: string;
  gate?: Partial<SimulatedGate>;
  webhookAnswers?: Simulation["webhookAnswers"];
};

/**
 * A run of a graph with a virtual clock: the live interpreter and the live gate over a made-up person. By default the person
 * has agreed to everything, three messages a day are allowed, and nights are quiet as in a new workspace.
 */
export function createSimulation(setup: Setup): Simulation {
  const at = new Date(setup.startAt).toISOString();
  const granted = { state: "granted", at } as const;
  return {
    flow: compile(setup.graph),
    catalog: setup.catalog,
    workspaceTimezone: setup.workspaceTimezone,
    workspaceLanguage: setup.workspaceLanguage ?? "en",
    gate: {
      consents: { service: granted, marketing: granted },
      suppressedReason: null,
      consentRules: noConsentRules,
      capPerDay: 3,
      rollingCap: null,
      quietHours: { from: "21:00", to: "08:00" },
      collections: { hours: { from: "08:00", to: "19:00" }, days: [1, 2, 3, 4, 5, 6, 7] },
      on: usualAnswers,
      keywords: keywordsOf({ stopWords: null, startWords: null }),
      channelStatus: "connected",
      assumesApproval: true,
      ...setup.gate,
    },
    webhookAnswers: setup.webhookAnswers ?? {},
    now: setup.startAt,
    contact: setup.contact,
    enrollments: [],
    messages: [],
    log: [],
    path: [],
    planned: [],
    handOffs: [],
    running: [],
    fault: null,
    pausedTemplates: [],
    capUsed: {},
  };
}

/** The world after one action. Pure: the same actions give the same world. */
export function step(sim: Simulation, action: Action): Simulation {
  switch (action.kind) {
    case "event": {
      const { text } = action.properties;
      // A flow that starts by what people write is tried out by writing it.
      if (action.name === messageEventName && typeof text === "string") return step(sim, { kind: "reply", text });
      return passTime(receiveEvent(sim, action), sim.now);
    }
    case "tap":
      return passTime(tap(readAll(sim), action), sim.now);
    case "form":
      return passTime(answerForm(readAll(sim), action), sim.now);
    case "reply":
      return passTime(write(readAll(sim), action.text), sim.now);
    case "click":
      return passTime(click(readAll(sim), action), sim.now);
    case "skip":
      return skip(sim);
    case "advance":
      return passTime(sim, sim.now + Math.max(0, action.milliseconds));
    case "inject":
      if (action.fault === "STOP") return step(sim, { kind: "reply", text: "STOP" });
      return log({ ...sim, fault: action.fault }, { kind: "fault", fault: action.fault });
    case "resolve-hand-off":
      return passTime(resolveHandOff(sim), sim.now);
    case "end-flow":
      return passTime(endFlow(sim, action.outcome), sim.now);
  }
}

/** The newest enrollment: the one the test bench follows. */
export const currentEnrollment = (sim: Simulation): SimulatedEnrollment | null => sim.enrollments.at(-1) ?? null;

/** When something will happen by itself: a wait that ends, or a message that leaves after its hours. Null: nothing will. */
export function nextWaitAt(sim: Simulation): number | null {
  const timers = sim.enrollments.flatMap(({ state }) => state.wait?.wakeAt ?? []);
  const deferred = sim.planned.flatMap((one) => (one.kind === "gate" ? one.at : []));
  return [...timers, ...deferred].sort((a, b) => a - b)[0] ?? null;
}

function skip(sim: Simulation): Simulation {
  const until = nextWaitAt(sim);
  if (until === null) return sim;
  const milliseconds = Math.max(0, until - sim.now);
  return passTime(log(sim, { kind: "skipped-ahead", milliseconds }), until);
}

/** Lets everything happen that is due up to this moment, in its order, and leaves the clock there. */
function passTime(sim: Simulation, until: number): Simulation {
  let after = sim;
  for (let next = nextHappening(after); next && next.at <= until; next = nextHappening(after)) {
    after = next.happen({ ...after, now: Math.max(after.now, next.at) });
  }
  return { ...after, now: until };
}

type Happening = { at: number; happen: (sim: Simulation) => Simulation };

/** What comes next by itself; of two at one moment, what happens to messages comes before a wait that ends. */
function nextHappening(sim: Simulation): Happening | undefined {
  const planned = sim.planned.map(
    (one): Happening => ({
      at: one.at,
      happen: (now) => {
        const rest = { ...now, planned: now.planned.filter((other) => other !== one) };
        return one.kind === "gate" ? passGate(rest, one.messageId) : read(rest, one.messageId);
      },
    }),
  );
  const timers = sim.enrollments.flatMap(({ id, state }): Happening[] => {
    const wakeAt = state.wait?.wakeAt ?? null;
    return wakeAt === null ? [] : [{ at: wakeAt, happen: (now) => signalTo(now, id, { kind: "timer" }).sim }];
  });
  return [...planned, ...timers].sort((a, b) => a.at - b.at)[0];
}

function receiveEvent(sim: Simulation, { name, properties }: Extract<Action, { kind: "event" }>): Simulation {
  const event: FlowEvent = { id: `e${sim.log.length + 1}`, name, properties, at: sim.now };
  const heard = signalTo(sim, null, { kind: "event", event });
  const match = entryBy(heard.sim, event);
  const isEntry = !("refused" in match);
  const told = logCause(sim, heard.sim, { kind: "event", name, properties, isTaken: heard.isTaken || isEntry });
  if (isEntry) return enterFlow(told, event, match);
  const isOther = heard.isTaken || match.refused === "other-event";
  return isOther ? told : log(told, { kind: "refused", match });
}

/** What a person says that no step waits for may start the flow, unless an agent is dealing with them. */
function say(sim: Simulation, text: string, heard: ReturnType<typeof signalTo>, act: "tap" | "reply"): Simulation {
  const event = messageEvent({ id: `e${sim.log.length + 1}`, channelId: null, at: sim.now }, text);
  const match = heard.isTaken || heard.sim.handOffs.length > 0 ? null : entryBy(heard.sim, event);
  const isEntry = match !== null && !("refused" in match);
  const told = logCause(sim, heard.sim, { kind: "person", act, text, isTaken: heard.isTaken || isEntry });
  return isEntry ? enterFlow(told, event, match) : told;
}

function tap(sim: Simulation, { messageId, buttonId }: Extract<Action, { kind: "tap" }>): Simulation {
  const message = sim.messages.find(({ id }) => id === messageId);
  const button = message && allButtons(pressable(message.content)).find(({ id }) => id === buttonId);
  if (!message || !button) return sim;
  const { text } = button;
  const written = addInbound(sim, text);
  const heard = signalTo(written, message.enrollmentId, { kind: "button", buttonId, text, visit: message.visit });
  return say(written, text, heard, "tap");
}

/** A drawn message as what holds buttons: its own, the rows of its list and those of its cards. */
const pressable = ({ buttons, cards = [], list }: SimulatedMessage["content"]) => ({
  buttons: [
    ...buttons,
    ...(list?.sections ?? []).flatMap(({ rows }) => rows.map(({ id, title }) => ({ kind: "row", id, text: title }))),
  ],
  header: { kind: "cards", cards },
});

function answerForm(sim: Simulation, { messageId, answers }: Extract<Action, { kind: "form" }>): Simulation {
  const message = sim.messages.find(({ id }) => id === messageId);
  const button = message?.content.buttons.find(({ kind }) => kind === "form");
  if (!message || !button) return sim;
  const { text } = button;
  const written = addInbound(sim, text, { form: { name: text, token: null, answers } });
  const heard = signalTo(written, message.enrollmentId, { kind: "form", answers, visit: message.visit });
  return logCause(written, heard.sim, { kind: "person", act: "form", text, isTaken: heard.isTaken });
}

function click(sim: Simulation, { messageId, slot }: Extract<Action, { kind: "click" }>): Simulation {
  const message = sim.messages.find(({ id }) => id === messageId);
  if (!message || message.visit === null) return sim;
  const heard = signalTo(sim, message.enrollmentId, { kind: "click", slot, visit: message.visit });
  return logCause(sim, heard.sim, { kind: "person", act: "click", text: slot, isTaken: heard.isTaken });
}

function write(sim: Simulation, text: string): Simulation {
  const written = addInbound(sim, text);
  const keyword = readKeyword(text, sim.gate.keywords);
  if (keyword === "stop") return optOut(written, text);
  if (keyword === "start") return log(optIn(written), { kind: "person", act: "start", text, isTaken: true });
  const heard = signalTo(written, null, { kind: "reply", text, visit: null });
  return say(written, text, heard, "reply");
}

/** A cause stands in the log before what it led to, although only afterwards one knows whether anybody waited for it. */
function logCause(before: Simulation, after: Simulation, entry: Parameters<typeof log>[1]): Simulation {
  const told = log(after, entry);
  return { ...told, log: [...before.log, ...told.log.slice(-1), ...after.log.slice(before.log.length)] };
}

/** START undoes a STOP, and only that: a number that cannot be reached stays so. */
function optIn(sim: Simulation): Simulation {
  const { suppressedReason } = sim.gate;
  return { ...sim, gate: { ...sim.gate, suppressedReason: suppressedReason === "opt-out" ? null : suppressedReason } };
}

/** STOP takes the person out of every flow and closes the gate, also for what is already queued. */
function optOut(sim: Simulation, text: string): Simulation {
  const gate = { ...sim.gate, suppressedReason: "opt-out" };
  const stopped = log({ ...sim, gate }, { kind: "person", act: "stop", text, isTaken: true });
  return stopped.enrollments.reduce((before, { id, state }) => {
    const { enrollment, trace } = stopEnrollment(state, { now: before.now, by: "opt-out" });
    return takeOver(before, id, { enrollment, trace, effects: [] });
  }, stopped);
}

function resolveHandOff(sim: Simulation): Simulation {
  const open = sim.handOffs[0];
  if (!open) return sim;
  const { enrollmentId, nodeId, visit } = open;
  const heard = signalTo({ ...sim, handOffs: sim.handOffs.slice(1) }, enrollmentId, {
    kind: "hand-off",
    visit,
    outcome: "resolved",
  });
  return logCause(sim, heard.sim, { kind: "hand-off-resolved", nodeId, isTaken: heard.isTaken });
}

function endFlow(sim: Simulation, outcome: "done" | "exited"): Simulation {
  const [first, ...running] = sim.running;
  if (!first) return sim;
  const { enrollmentId, nodeId, visit } = first;
  const heard = signalTo({ ...sim, running }, enrollmentId, { kind: "flow", visit, outcome, reason: null });
  return logCause(sim, heard.sim, { kind: "flow-ended", nodeId, outcome, isTaken: heard.isTaken });
}

function addInbound(sim: Simulation, text: string, detail: Pick<MessageDetail, "form"> = {}): Simulation {
  const message: SimulatedMessage = {
    id: `m${sim.messages.length + 1}`,
    direction: "inbound",
    at: sim.now,
    status: "received",
    reason: null,
    until: null,
    expiresAt: null,
    enrollmentId: null,
    nodeId: null,
    visit: null,
    purpose: null,
    template: null,
    language: null,
    content: { header: null, body: text, footer: null, buttons: [], ...detail },
    text,
    missing: [],
    sendingHours: null,
    collects: false,
    capPerDay: null,
    templateHoldHours: null,
    checks: [],
  };
  return { ...sim, messages: [...sim.messages, message] };
}
