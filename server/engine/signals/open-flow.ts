import { enroll } from "#flow/advance.ts";
import type { CompiledFlow } from "#flow/compile.ts";
import type { EnrollmentState, StartedBy } from "#flow/enrollment.ts";
import { mayEnter } from "#flow/re-entry.ts";
import type { FlowEvent } from "#flow/signal.ts";
import { newId } from "#server/id.ts";
import { type Batch, enrollmentsOf } from "./batch.ts";
import { openedKey } from "./drop-repeats.ts";
import type { LiveFlow } from "./flow-cache.ts";
import { historyKey } from "./history.ts";
import type { LiveEnrollment, Person } from "./load-people.ts";
import { record } from "./record.ts";

export type Opening = {
  live: LiveFlow;
  flow: CompiledFlow;
  person: Person;
  event: FlowEvent;
  key: string | null;
  startedBy?: StartedBy;
};

/** Lets a person into a flow that is meant by the event. False: its re-entry rule keeps it closed to them. */
export function openFlow(batch: Batch, opening: Opening): boolean {
  if (!mayOpen(batch, opening)) return false;
  const { live, flow, person, event, key, startedBy } = opening;
  const { now } = batch;
  const experiments = batch.assignments.standingsOf(live.id, person.facts.id);
  const world = { flow, contact: person.facts, now, workspaceTimezone: person.workspaceTimezone, experiments };
  const advanced = enroll({ ...world, event, key, ...(startedBy && { startedBy }) });
  const enrollment = newEnrollment(live, person, { key: key ?? "", event, state: advanced.enrollment });
  batch.history.set(historyKey(live.id, person.facts.id, enrollment.key), now);
  enrollmentsOf(batch, person.facts.id).push(enrollment);
  batch.outcome.enrollments.push(enrollment);
  record(batch, enrollment, advanced, { person, closes: "flow-ended" });
  return true;
}

function mayOpen(batch: Batch, { live, flow, person, event, key }: Opening): boolean {
  const own = key ?? "";
  const mine = enrollmentsOf(batch, person.facts.id).filter((each) => each.flowId === live.id && each.key === own);
  // The same event twice in one batch; between batches the unique key finds it, and it is looked up when the batch is begun anew.
  if (mine.some((each) => each.eventId === event.id)) return false;
  if (batch.opened.has(openedKey({ contactId: person.facts.id, flowId: live.id, key: own, eventId: event.id })))
    return false;
  const isInside = mine.some((each) => each.state.status === "waiting");
  const lastEnteredAt = batch.history.get(historyKey(live.id, person.facts.id, own));
  return mayEnter(flow.settings, { isInside, lastEnteredAt, now: batch.now });
}

const newEnrollment = (
  live: LiveFlow,
  person: Person,
  { key, event, state }: { key: string; event: FlowEvent; state: EnrollmentState },
): LiveEnrollment => ({
  id: newId(),
  workspaceId: person.workspaceId,
  shard: person.shard,
  flowId: live.id,
  flowStatus: live.status,
  versionId: live.versionId,
  contactId: person.facts.id,
  key,
  eventId: event.id,
  state,
  traceCount: 0,
  language: languageOf(person.facts.locale),
  moveId: null,
  hasHeldSignals: false,
  isTimerHeld: false,
  change: "new",
});

/** "fr" of "fr-SN"; "" when nobody knows it. */
const languageOf = (locale: string | null): string => locale?.split(/[-_]/)[0]?.toLowerCase() ?? "";
