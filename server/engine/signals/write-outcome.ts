import type pg from "pg";
import { newId } from "#server/id.ts";
import { countMoves } from "../moves/move-statements.ts";
import { query, type Statement } from "../query.ts";
import { writeTallies } from "../rollup/tally-book.ts";
import { tellDeadLetters } from "../tell-troubles.ts";
import { causeOf } from "./cause.ts";
import { iso } from "./iso.ts";
import type { LiveEnrollment, Person } from "./load-people.ts";
import type { Outcome } from "./outcome.ts";
import type { Work } from "./work.ts";
import { insertEnrollments, insertSends, insertTraces, updateEnrollments } from "./write-path.ts";
import * as sql from "./write-statements.ts";

/** An enrollment of this flow, person, key and event is there already: the event was applied before. */
export class RepeatedEvent extends Error {}

/** Somebody changed one of these contacts between our reading and our writing. */
export class ContactChangedMeanwhile extends Error {}

/** Writes a batch by one statement per table. Throws RepeatedEvent or ContactChangedMeanwhile: then nothing of it may stay. */
export async function writeOutcome(
  client: pg.ClientBase,
  outcome: Outcome,
  world: { people: ReadonlyMap<string, Person>; now: number },
): Promise<void> {
  await writeEnrollments(client, outcome.enrollments, world.now);
  await insertTraces(client, outcome.traces);
  await outcome.assignments.write(client, world.now);
  await writeTallies(client, outcome.tallies, world.now);
  await countMoves(client, outcome.moves);
  await insertSends(client, outcome.sends, world);
  await writeHandOffs(client, outcome.handOffs, world.now);
  await closeHandOffs(client, outcome.leftHandOffs, world.now);
  await writeCredits(client, outcome, world.now);
  await writeEvents(client, outcome, world.now);
  await writeTurns(client, outcome.turns);
  await writeWebhookCalls(client, outcome.webhookCalls, world.now);
  await writeContacts(client, outcome.changedContacts, world);
  await writeFailed(client, outcome.failed, world.now);
  await crossOff(client, outcome);
}

async function writeEnrollments(client: pg.ClientBase, enrollments: LiveEnrollment[], now: number): Promise<void> {
  const having = (change: LiveEnrollment["change"]) => enrollments.filter((enrollment) => enrollment.change === change);
  if (!(await insertEnrollments(client, having("new"), now))) throw new RepeatedEvent("An event was applied before.");
  await updateEnrollments(client, having("changed"), now);
}

const writeHandOffs = (client: pg.ClientBase, handOffs: Outcome["handOffs"], now: number) =>
  writeRows(
    client,
    sql.insertHandOffs,
    handOffs.map(({ enrollment, effect: { visit, queue, priority, note } }) => ({
      ...placeOf(enrollment),
      id: newId(),
      visit,
      queue,
      priority,
      note,
      created_at: iso(now),
    })),
  );

/** After the new ones are written: one may be over within the batch that made it. An agent who was faster keeps what they wrote. */
const closeHandOffs = (client: pg.ClientBase, left: Outcome["leftHandOffs"], now: number) =>
  writeRows(
    client,
    sql.closeHandOffs,
    left.map(({ enrollment, visit, closes }) => ({
      contact_id: enrollment.contactId,
      enrollment_id: enrollment.id,
      visit,
      outcome: closes,
      at: iso(now),
    })),
  );

/** What people did by way of these paths, to be noted on the messages that led there (rollup/credit-messages.ts). */
const writeCredits = (client: pg.ClientBase, { goals, scores, handOffs }: Outcome, now: number) => {
  const creditOf = ({ workspaceId, contactId, id }: LiveEnrollment) => ({
    workspace_id: workspaceId,
    contact_id: contactId,
    enrollment_id: id,
  });
  return writeRows(client, sql.insertCredits, [
    ...goals.map(({ enrollment, at, value }) => ({
      ...creditOf(enrollment),
      kind: "conversion",
      value_minor: value?.amountMinor,
      value_currency: value?.currency,
      at: iso(at),
    })),
    ...scores.map(({ enrollment, visit, score }) => ({
      ...creditOf(enrollment),
      kind: "score",
      visit,
      score,
      at: iso(now),
    })),
    ...handOffs.map(({ enrollment }) => ({ ...creditOf(enrollment), kind: "hand-off", at: iso(now) })),
  ]);
};

/** Facts that steps tell, stored and queued as the door does it; and by what each flow began that a step ran, only stored. */
function writeEvents(client: pg.ClientBase, { events, runs }: Outcome, now: number) {
  const rowOf = (by: LiveEnrollment, visit: number) => ({
    workspace_id: by.workspaceId,
    shard: by.shard,
    contact_id: by.contactId,
    message_id: `${by.id}:${visit}`,
    at: iso(now),
  });
  return writeRows(client, sql.insertEvents, [
    ...events.map(({ enrollment, effect: { visit, name, properties } }) => ({
      ...rowOf(enrollment, visit),
      ...{ id: newId(), name, properties, is_heard: true },
    })),
    ...runs.map(({ parent, visit, event: { id, name, properties } }) => ({
      ...rowOf(parent, visit),
      ...{ id, name, properties, is_heard: false },
    })),
  ]);
}

const writeTurns = (client: pg.ClientBase, turns: Outcome["turns"]) =>
  writeRows(
    client,
    sql.insertTurns,
    turns.map(({ enrollment, effect: { nodeId, visit, people, periodMs } }) => ({
      ...placeOf(enrollment),
      ...{ shard: enrollment.shard, node_id: nodeId, visit, people, period_ms: periodMs },
    })),
  );

const writeWebhookCalls = (client: pg.ClientBase, calls: Outcome["webhookCalls"], now: number) =>
  writeRows(
    client,
    sql.insertWebhookCalls,
    calls.map(({ enrollment, effect: { kind: _, visit, ...request } }) => ({
      ...placeOf(enrollment),
      id: newId(),
      shard: enrollment.shard,
      visit,
      request,
      at: iso(now),
    })),
  );

async function writeContacts(
  client: pg.ClientBase,
  changed: ReadonlySet<string>,
  { people, now }: { people: ReadonlyMap<string, Person>; now: number },
): Promise<void> {
  // In id order, as the event door locks people: two writers never wait for each other in a circle.
  const rows = [...changed].toSorted().flatMap((id) => {
    const person = people.get(id);
    if (!person) return [];
    const { attributes, tags } = person.facts;
    return [{ id, row_version: person.rowVersion, attributes, tags, at: iso(now) }];
  });
  const written = await writeRows(client, sql.updateContacts, rows);
  if (written.length < rows.length) throw new ContactChangedMeanwhile("A contact changed while its flow ran.");
}

/** What could not be applied to one enrollment, or not open one flow: it waits for a person to retry or discard it. */
async function writeFailed(client: pg.ClientBase, failed: Outcome["failed"], now: number): Promise<void> {
  if (failed.length === 0) return;
  await writeRows(
    client,
    sql.insertDeadLetters,
    failed.map(({ work, enrollment, flowId, nodeId, error }) => ({
      id: newId(),
      workspace_id: work.workspaceId,
      contact_id: work.contactId,
      sequence: work.source === "queue" ? work.sequence : null,
      enrollment_id: enrollment?.id ?? null,
      flow_id: flowId,
      node_id: nodeId,
      payload: enrollment ? work.signal : { ...work.signal, onlyFlowId: flowId },
      error: causeOf(error),
      attempts: work.attempts + 1,
      at: iso(now),
    })),
  );
  await tellDeadLetters(
    client,
    failed.map(({ work }) => work.workspaceId),
    new Date(now),
  );
}

async function crossOff(client: pg.ClientBase, { held, done }: Outcome): Promise<void> {
  const kept = held.map(({ enrollment, signal }) => ({
    ...placeOf(enrollment),
    shard: enrollment.shard,
    payload: signal,
  }));
  await writeRows(client, sql.insertHeld, kept);
  const numbersOf = (source: Work["source"]) =>
    done.filter((work) => work.source === source).map((work) => work.sequence);
  const queued = numbersOf("queue");
  if (queued.length > 0) await query(client, sql.deleteQueued, [queued]);
  const released = numbersOf("held");
  if (released.length > 0) await query(client, sql.deleteHeld, [released]);
}

const placeOf = (enrollment: LiveEnrollment) => ({
  workspace_id: enrollment.workspaceId,
  contact_id: enrollment.contactId,
  flow_id: enrollment.flowId,
  enrollment_id: enrollment.id,
});

const writeRows = async (client: pg.ClientBase, statement: Statement, rows: object[]) =>
  rows.length === 0 ? [] : query(client, statement, [JSON.stringify(rows)]);
