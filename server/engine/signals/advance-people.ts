import { advance } from "#flow/advance.ts";
import { matchOpening } from "#flow/match-trigger.ts";
import { openingEvent, withoutMessage } from "#flow/message-event.ts";
import { runEventName } from "#flow/run-event.ts";
import { type Advanced, StepError } from "#flow/run-steps.ts";
import type { FlowEvent, Signal } from "#flow/signal.ts";
import { stopEnrollment } from "#flow/stop-enrollment.ts";
import { countMove, decideMove } from "../moves/decide-move.ts";
import { type Batch, enrollmentsOf, type Loaded } from "./batch.ts";
import type { LiveFlow } from "./flow-cache.ts";
import type { LiveEnrollment, Person } from "./load-people.ts";
import { openFlow } from "./open-flow.ts";
import { emptyOutcome, type Outcome } from "./outcome.ts";
import { markChanged, record } from "./record.ts";
import { followUp } from "./run-flows.ts";
import { eventOf, type Work } from "./work.ts";

/**
 * Applies the works one after another in memory and gathers what has to be written. Knows nothing of what a step means:
 * that is all in `advance`. Changes the given people and enrollments, so a failed batch is loaded anew.
 */
export function advancePeople(works: readonly Work[], loaded: Loaded): Outcome {
  const batch: Batch = {
    ...loaded,
    byContact: new Map(),
    opens: flowsByEvent(loaded),
    followUps: [],
    outcome: emptyOutcome(loaded.assignments),
  };
  for (const enrollment of loaded.enrollments) enrollmentsOf(batch, enrollment.contactId).push(enrollment);
  for (const work of works) applyWork(batch, work);
  return batch.outcome;
}

/** Which flows an event may open: so that no message or event asks all of them. */
function flowsByEvent({ flows, compiled }: Loaded): Map<string, LiveFlow[]> {
  const opens = new Map<string, LiveFlow[]>();
  for (const live of flows) {
    const trigger = live.status === "active" ? compiled(live.versionId)?.trigger : null;
    if (!trigger) continue;
    const key = openingKey(live.workspaceId, trigger.event);
    opens.set(key, [...(opens.get(key) ?? []), live]);
  }
  return opens;
}

const openingKey = (workspaceId: string, event: string): string => `${workspaceId} ${event}`;

function applyWork(batch: Batch, work: Work): void {
  const person = batch.people.get(work.contactId);
  const mine = enrollmentsOf(batch, work.contactId);
  const isStillHeld = work.source === "held" && mine.some((e) => e.id === work.enrollmentId && e.flowStatus === "held");
  if (isStillHeld) return;
  batch.outcome.done.push(work);
  if (!person) {
    closeErased(batch, mine);
    return;
  }
  // Who enters by this event must not also receive it: the list is taken before anybody enters.
  const receivers = work.onlyFlowId
    ? []
    : mine.filter((enrollment) => work.enrollmentId === null || enrollment.id === work.enrollmentId);
  const wasTaken = receivers.filter((enrollment) => give(batch, work, person, enrollment));
  const { signal } = work;
  const event = eventOf(work);
  const mayOpen =
    signal.kind === "event" ? work.enrollmentId === null : wasTaken.length === 0 && !isAttended(batch, work, mine);
  if (event && mayOpen) openFlows(batch, work, person, event);
  followUp(batch, { work, person, tell: (following, enrollment) => give(batch, following, person, enrollment) });
}

/** Answers whether the enrollment took the signal; one on which a step threw has been told. */
function give(batch: Batch, work: Work, person: Person, enrollment: LiveEnrollment): boolean {
  try {
    return receive(batch, work, person, enrollment);
  } catch (error) {
    fail(batch, work, enrollment, error);
    return true;
  }
}

/** An agent is dealing with the person, whether their flow waits for that or has ended with it. */
const isAttended = (batch: Batch, { contactId }: Work, mine: readonly LiveEnrollment[]): boolean =>
  batch.attended.has(contactId) ||
  mine.some(({ state, versionId }) => batch.compiled(versionId)?.nodes.get(state.nodeId ?? "")?.node?.pauses === true);

/** A step threw. It is a pure function, so trying again would throw again; this enrollment stays as it is and everybody else goes on. */
function fail(batch: Batch, work: Work, enrollment: LiveEnrollment, error: unknown): void {
  // Found again by each sweep over archived flows: as a dead letter it would be one more each time.
  if (work.signal.kind === "stop" && work.source === "timer") throw error;
  // Who could not be moved has been asked for: the step that threw is in the letter, and they stay where they are.
  if (work.signal.kind === "move") markChanged(batch, enrollment);
  const nodeId = error instanceof StepError ? error.nodeId : enrollment.state.nodeId;
  batch.outcome.failed.push({ work, enrollment, flowId: enrollment.flowId, nodeId, error });
  if (work.signal.kind !== "timer") return;
  // Or it would come again and again.
  enrollment.isTimerHeld = true;
  markChanged(batch, enrollment);
}

/** A person who was erased has nowhere to go: left waiting, their timers would come again for ever. */
function closeErased(batch: Batch, mine: readonly LiveEnrollment[]): void {
  for (const enrollment of mine.filter((each) => each.state.status === "waiting"))
    record(batch, enrollment, stopEnrollment(enrollment.state, { now: batch.now, by: "erasure" }), {
      person: null,
      closes: "erasure",
    });
}

/** Answers whether the enrollment was waiting for the signal, or keeps it until its flow is released. */
function receive(batch: Batch, work: Work, person: Person, enrollment: LiveEnrollment): boolean {
  const { signal } = work;
  const isWaiting = enrollment.state.status === "waiting";
  if (signal.kind === "stop" || (isWaiting && enrollment.flowStatus === "archived")) {
    if (isWaiting) takeOut(batch, { signal, person, enrollment });
    return false;
  }
  if (isWaiting && mustHold(work, enrollment)) {
    // A move comes again when the flow is released.
    if (signal.kind === "move") return false;
    // A message that is kept for who waits for it would be heard twice if it started a flow now, and any other if it started one again.
    const isWanted =
      openingEvent(signal) !== null && stepOn(batch, enrollment, signal, person).enrollment !== enrollment.state;
    hold(batch, enrollment, isWanted ? signal : withoutMessage(signal));
    return isWanted;
  }
  if (isWaiting) move(batch, work, enrollment, person);
  return signal.kind !== "move" && advanceOne(batch, enrollment, signal, person);
}

function takeOut(
  batch: Batch,
  { signal, person, enrollment }: { signal: Work["signal"]; person: Person; enrollment: LiveEnrollment },
): void {
  const isAsked = signal.kind === "stop" && signal.by === "person";
  const by = isAsked ? "person" : "archive";
  const closes = isAsked ? "taken-out" : "flow-archived";
  record(batch, enrollment, stopEnrollment(enrollment.state, { now: batch.now, by }), { person, closes });
}

/** Before anything else happens to a person, what was decided for them when the new version was published. */
function move(batch: Batch, work: Work, enrollment: LiveEnrollment, person: Person): void {
  const live = batch.flows.find(({ id }) => id === enrollment.flowId);
  const experiments = batch.assignments.standingsOf(enrollment.flowId, enrollment.contactId);
  const isAskedAgain = work.source === "queue";
  const moved = live && decideMove(batch, { live, enrollment, person, experiments, isAskedAgain });
  if (!moved) return;
  const { versionId, counts, ...advanced } = moved;
  record(batch, enrollment, advanced, { person, closes: "flow-ended", versionId });
  countMove(batch.outcome, counts);
}

function advanceOne(batch: Batch, enrollment: LiveEnrollment, signal: Signal, person: Person): boolean {
  const after = stepOn(batch, enrollment, signal, person);
  const closes = signal.kind === "timer" ? "time-over" : "flow-ended";
  if (after.enrollment === enrollment.state) return false;
  record(batch, enrollment, after, { person, closes });
  return true;
}

function stepOn(batch: Batch, enrollment: LiveEnrollment, signal: Signal, person: Person): Advanced {
  const flow = batch.compiled(enrollment.versionId);
  // Passed over in silence, the signal would be lost, and a timer would come again without end.
  if (!flow) throw new Error("The flow's version cannot be read.");
  const { now } = batch;
  const experiments = batch.assignments.standingsOf(enrollment.flowId, enrollment.contactId);
  const world = { flow, contact: person.facts, now, workspaceTimezone: person.workspaceTimezone, experiments };
  return advance({ ...world, enrollment: enrollment.state, signal });
}

/** In a held flow nobody moves, and what was kept for somebody comes before what is new. */
const mustHold = (work: Work, enrollment: LiveEnrollment): boolean =>
  enrollment.flowStatus === "held" || (enrollment.hasHeldSignals && work.source !== "held");

function hold(batch: Batch, enrollment: LiveEnrollment, signal: Signal): void {
  batch.outcome.held.push({ enrollment, signal });
  enrollment.hasHeldSignals = true;
  if (signal.kind !== "timer") return;
  enrollment.isTimerHeld = true;
  markChanged(batch, enrollment);
}

function openFlows(batch: Batch, work: Work, person: Person, event: FlowEvent): void {
  const flows = batch.opens.get(openingKey(person.workspaceId, event.name)) ?? [];
  // One that a step ran and that failed is tried again, whatever starts it otherwise.
  const wanted =
    event.name === runEventName
      ? batch.flows.filter(({ id, status }) => id === work.onlyFlowId && status === "active")
      : flows.filter(({ id }) => work.onlyFlowId === null || work.onlyFlowId === id);
  const [rest, first] = parted(wanted, ({ versionId }) => {
    const by = batch.compiled(versionId)?.trigger?.by;
    return by?.kind === "message" && by.isRest;
  });
  const isMatched = openEach(batch, { flows: first, work, person, event });
  if (!isMatched) openEach(batch, { flows: rest, work, person, event });
}

function parted<Item>(items: readonly Item[], isFirst: (item: Item) => boolean | undefined): [Item[], Item[]] {
  const yes = items.filter((item) => isFirst(item) === true);
  return [yes, items.filter((item) => !yes.includes(item))];
}

type Openings = { flows: readonly LiveFlow[]; work: Work; person: Person; event: FlowEvent };

/** Answers whether any of these flows is meant by the event, also one that its re-entry rule keeps closed. */
function openEach(batch: Batch, { flows, work, person, event }: Openings): boolean {
  let isMatched = false;
  for (const live of flows) {
    try {
      if (openByEvent(batch, live, person, event)) isMatched = true;
    } catch (error) {
      const nodeId = error instanceof StepError ? error.nodeId : null;
      batch.outcome.failed.push({ work, enrollment: null, flowId: live.id, nodeId, error });
    }
  }
  return isMatched;
}

function openByEvent(batch: Batch, live: LiveFlow, person: Person, event: FlowEvent): boolean {
  const flow = batch.compiled(live.versionId);
  const match = flow && matchOpening(flow, event, person.facts);
  if (!match || "refused" in match) return false;
  openFlow(batch, { live, flow, person, event, key: match.key });
  return true;
}
