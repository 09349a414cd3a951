import type pg from "pg";
import type { FlowEvent } from "#flow/signal.ts";
import { advancePeople } from "./advance-people.ts";
import { AssignmentBook } from "./assignment-book.ts";
import { loadAttended } from "./attended.ts";
import { dropRepeats } from "./drop-repeats.ts";
import type { FlowCache, LiveFlow } from "./flow-cache.ts";
import { type History, loadHistory, needsHistory } from "./history.ts";
import { type LiveEnrollment, loadContacts, loadEnded, loadWaiting } from "./load-people.ts";
import type { Outcome } from "./outcome.ts";
import { eventOf, type Work } from "./work.ts";
import { writeOutcome } from "./write-outcome.ts";

export type BatchOptions = {
  flows: FlowCache;
  now: Date;
  /** After a batch met an event that had been applied before: look for such events first. */
  looksForRepeats?: boolean;
  /** Hears what will be written, before it is. */
  onAdvanced?: (outcome: Outcome) => void;
};

/**
 * Loads what the works need, advances in memory and writes everything, within the caller's transaction, whose shard locks
 * are held. The contract of the river: after its commit each work is applied exactly once and crossed off.
 */
export async function applyBatch(client: pg.ClientBase, works: Work[], options: BatchOptions): Promise<Outcome> {
  const { flows: cache, now } = options;
  const contactIds = [...new Set(works.map((work) => work.contactId))];
  const people = await loadContacts(client, contactIds);
  const workspaceIds = [...new Set([...people.values()].map((person) => person.workspaceId))];
  const flows = await cache.flowsOf(client, workspaceIds);
  const waiting = await loadWaiting(client, contactIds);
  await cache.prepare(
    client,
    [...flows, ...waiting].map((each) => each.versionId),
  );
  const names = new Set(eventsOf(works).map((event) => event.name));
  const writers = contactsOf(works, (work) => work.signal.kind !== "event" && eventOf(work) !== null);
  const eventContacts = contactsOf(works, (work) => eventOf(work) !== null);
  const ended = await loadEnded(client, eventContacts, flowsWithGoal(flows, cache, names));
  await cache.prepare(
    client,
    ended.map((each) => each.versionId),
  );
  const enrollments: LiveEnrollment[] = [...waiting, ...ended];
  const history = await loadHistory(client, eventContacts, flowsWithHistory(flows, cache, names));
  const attended = await loadAttended(client, writers);
  const entered = [...flowsOpenedBy(flows, cache, names), ...liveFlowsOf(waiting, flows)];
  const run = flowsRunBy(entered, flows, cache);
  await loadHistoryOfRuns(client, history, { contactIds, run, cache });
  const assigning = flowsWithExperiments([...entered, ...run], cache);
  const assignments = await AssignmentBook.load(client, assigning, contactIds);
  const compiled = (versionId: string) => cache.compiled(versionId);
  const fresh = options.looksForRepeats ? await dropRepeats(client, works) : asTheyCame(works);
  const outcome = advancePeople(fresh.works, {
    people,
    enrollments,
    flows,
    compiled,
    history,
    attended,
    assignments,
    opened: fresh.opened,
    now: now.getTime(),
  });
  outcome.done.push(...fresh.repeats);
  options.onAdvanced?.(outcome);
  await writeOutcome(client, outcome, { people, now: now.getTime() });
  return outcome;
}

const asTheyCame = (works: Work[]) => ({ works, repeats: [], opened: new Set<string>() });

/** What may open flows: events, and what people write. */
const eventsOf = (works: readonly Work[]): FlowEvent[] => works.flatMap((work) => eventOf(work) ?? []);

const contactsOf = (works: readonly Work[], isWanted: (work: Work) => boolean): string[] => [
  ...new Set(works.filter(isWanted).map((work) => work.contactId)),
];

const flowsWithGoal = (flows: LiveFlow[], cache: FlowCache, names: ReadonlySet<string>): string[] =>
  flows
    .filter((flow) => {
      const goal = cache.compiled(flow.versionId)?.settings.goal;
      return goal && names.has(goal.event);
    })
    .map((flow) => flow.id);

type FlowVersion = { flowId: string; versionId: string };

const flowsOpenedBy = (flows: LiveFlow[], cache: FlowCache, names: ReadonlySet<string>): FlowVersion[] =>
  flows.flatMap(({ id: flowId, versionId }) =>
    names.has(cache.compiled(versionId)?.trigger?.event ?? "") ? [{ flowId, versionId }] : [],
  );

/** Where people stand, and where a move may bring them. */
function liveFlowsOf(waiting: readonly LiveEnrollment[], flows: readonly LiveFlow[]): FlowVersion[] {
  const inside = new Set(waiting.map(({ flowId }) => flowId));
  const moving = flows.flatMap(({ id: flowId, versionId, move }) =>
    move && inside.has(flowId) ? [{ flowId, versionId }] : [],
  );
  return [...waiting, ...moving];
}

const flowsWithExperiments = (versions: readonly FlowVersion[], cache: FlowCache): string[] => [
  ...new Set(versions.flatMap(({ flowId, versionId }) => (cache.hasExperiments(versionId) ? [flowId] : []))),
];

const flowsWithHistory = (flows: LiveFlow[], cache: FlowCache, names: ReadonlySet<string>): string[] =>
  flows
    .filter((flow) => {
      const compiled = cache.compiled(flow.versionId);
      return compiled?.trigger && names.has(compiled.trigger.event) && needsHistory(compiled.settings);
    })
    .map((flow) => flow.id);

/** The running versions of flows that steps of these may start, and of those that steps of theirs may. Nearly always none. */
function flowsRunBy(entered: readonly FlowVersion[], flows: readonly LiveFlow[], cache: FlowCache): FlowVersion[] {
  const run = new Set<string>();
  const reach = ({ versionId }: FlowVersion) => {
    for (const id of cache.runsOf(versionId)) run.add(id);
  };
  for (const each of entered) reach(each);
  const found: FlowVersion[] = [];
  for (const flowId of run) {
    const live = flows.find(({ id }) => id === flowId);
    if (!live) continue;
    const version = { flowId, versionId: live.versionId };
    found.push(version);
    reach(version);
  }
  return found;
}

type Running = { contactIds: string[]; run: readonly FlowVersion[]; cache: FlowCache };

/** Flows that steps run are entered by any signal, so the entries of everybody are looked up. */
async function loadHistoryOfRuns(
  client: pg.ClientBase,
  history: History,
  { contactIds, run, cache }: Running,
): Promise<void> {
  const asking = run.filter(({ versionId }) => {
    const settings = cache.compiled(versionId)?.settings;
    return settings && needsHistory(settings);
  });
  const found = await loadHistory(
    client,
    contactIds,
    asking.map(({ flowId }) => flowId),
  );
  for (const [key, at] of found) history.set(key, at);
}
