import type { CompiledFlow } from "#flow/compile.ts";
import type { EnrollmentState, TraceRow } from "#flow/enrollment.ts";
import { csatEvent } from "#flow/nodes/csat.ts";
import type { Advanced } from "#flow/run-steps.ts";
import type { LiveEnrollment, Person } from "./load-people.ts";
import type { EffectOf, HandOffClosing, Outcome } from "./outcome.ts";
import type { FollowUp } from "./run-flows.ts";

type Recording = {
  compiled: (versionId: string) => CompiledFlow | null;
  now: number;
  outcome: Outcome;
  followUps: FollowUp[];
};

/** `closes`: what is told of a hand-off that ends by this. `versionId`: another one, from here on. */
type Circumstances = { person: Person | null; closes: HandOffClosing; versionId?: string };

/** Takes over what the core said of one enrollment: its new state, its path, what it wants done, and the counts of it. */
export function record(
  batch: Recording,
  enrollment: LiveEnrollment,
  advanced: Advanced | Stopped,
  { person, closes, versionId = enrollment.versionId }: Circumstances,
): void {
  const { outcome } = batch;
  const { visit } = enrollment.state;
  const isOpening = enrollment.change === "new" && enrollment.traceCount === 0;
  const before = isOpening ? null : { state: enrollment.state, versionId: enrollment.versionId };
  if (leavesHandOff(batch, enrollment, advanced.enrollment)) outcome.leftHandOffs.push({ enrollment, visit, closes });
  const { goalAt, goalValue = null } = advanced.enrollment;
  if (goalAt !== null && enrollment.state.goalAt === null)
    outcome.goals.push({ enrollment, at: goalAt, value: goalValue });
  enrollment.state = advanced.enrollment;
  enrollment.versionId = versionId;
  enrollment.isTimerHeld = false;
  markChanged(batch, enrollment);
  // "entered" is not stored: the row that follows it in the same moment (waiting, left, ended) names the same visit.
  const rows = advanced.trace.filter((row) => row.kind !== "entered");
  outcome.traces.push({ enrollment, firstOrdinal: enrollment.traceCount, rows });
  enrollment.traceCount += rows.length;
  outcome.tallies.add({ enrollment, before, after: enrollment.state, rows, now: batch.now });
  if (person) tellOfEnd(batch, before?.state ?? null, enrollment.state);
  if (!("effects" in advanced) || !person) return;
  for (const effect of advanced.effects) {
    if (effect.kind === "send") outcome.sends.push({ enrollment, effect });
    else if (effect.kind === "hand-off") outcome.handOffs.push({ enrollment, effect });
    else if (effect.kind === "event") recordEvent(outcome, enrollment, effect);
    else if (effect.kind === "assign") outcome.assignments.assign({ enrollment, ...effect });
    else if (effect.kind === "run-flow") batch.followUps.push({ kind: "run", parent: enrollment, effect });
    else if (effect.kind === "await-turn") outcome.turns.push({ enrollment, effect });
    else if (effect.kind === "webhook") outcome.webhookCalls.push({ enrollment, effect });
  }
  if (advanced.contact === person.facts) return;
  person.facts = advanced.contact;
  outcome.changedContacts.add(person.facts.id);
}

function recordEvent(outcome: Outcome, enrollment: LiveEnrollment, effect: EffectOf<"event">): void {
  outcome.events.push({ enrollment, effect });
  const { visit, name, properties } = effect;
  if (name === csatEvent && typeof properties.score === "number")
    outcome.scores.push({ enrollment, visit, score: properties.score });
}

/** The step at which the person stood has ended, and with it what it asked agents for, unless one of them has ended it. */
function leavesHandOff(
  batch: Recording,
  { state: before, versionId }: LiveEnrollment,
  after: EnrollmentState,
): boolean {
  if (before.status !== "waiting" || (after.status === "waiting" && after.visit === before.visit)) return false;
  const flow = batch.compiled(versionId);
  // Of a version that cannot be read any more the step is not known.
  return !flow || flow.nodes.get(before.nodeId ?? "")?.node?.pauses === true;
}

/** The step that ran this flow hears of its end, once. */
function tellOfEnd({ followUps }: Recording, before: EnrollmentState | null, after: EnrollmentState): void {
  const { startedBy, endReason: reason } = after;
  if (startedBy && reason !== null && before?.status !== "ended") followUps.push({ kind: "ended", startedBy, reason });
}

/** It will be written. */
export function markChanged(batch: Pick<Recording, "outcome">, enrollment: LiveEnrollment): void {
  if (enrollment.change !== "none") return;
  enrollment.change = "changed";
  batch.outcome.enrollments.push(enrollment);
}

type Stopped = { enrollment: EnrollmentState; trace: TraceRow[] };
