import { and, asc, desc, eq, gte, inArray, sql } from "drizzle-orm";
import { contact, deadLetter, event, signalQueue, trace, workspace } from "#db/schema/index.ts";
import type { ContactFacts } from "#flow/contact.ts";
import { readTraits } from "../door/ingest/read-traits.ts";
import { DomainError } from "../errors.ts";
import type { Actor } from "../trpc.ts";
import type { Question } from "./judge-event.ts";
import { type ProfileWrite, writesOf } from "./profile-at.ts";
import { oldestEntry, type PastEnrollment } from "./read-enrollments.ts";
import type { WritingSteps } from "./read-flows.ts";
import { readSharers } from "./read-standing.ts";

export type Person = Awaited<ReturnType<typeof readPerson>>;

/** How many identifies, and steps that wrote, a profile is told from. */
const writeLimit = 500;
/** The door makes a contact in the transaction that stores its first event. */
const firstEventMs = 5_000;

/** The person and how flows see them today. Throws not-found for another workspace's. */
export async function readPerson(actor: Actor, contactId: string) {
  const { db, session } = actor;
  const [row] = await db
    .select({ person: contact, workspaceZone: workspace.timezone })
    .from(contact)
    .innerJoin(workspace, eq(workspace.id, contact.workspaceId))
    .where(and(eq(contact.id, contactId), eq(contact.workspaceId, session.workspaceId)));
  if (!row) throw new DomainError("not-found", "This person is not in your workspace.");
  const { id, firstName, locale, timezone, attributes, tags } = row.person;
  const today: ContactFacts = { id, firstName, locale, timezone, attributes, tags };
  const sharers = await readSharers(actor, row.person);
  return { ...row.person, zone: timezone ?? row.workspaceZone, today, sharers };
}

/** What source systems and flows wrote on the profile, oldest first, and whether that is all there ever was. */
export async function readWrites(
  { db }: Actor,
  { person, past, steps }: { person: Person; past: readonly PastEnrollment[]; steps: WritingSteps },
): Promise<{ writes: ProfileWrite[]; isWhole: boolean }> {
  const [identifies, [first], visits] = await Promise.all([
    db
      .select({ at: event.receivedAt, properties: event.properties })
      .from(event)
      .where(and(eq(event.contactId, person.id), eq(event.type, "identify")))
      .orderBy(desc(event.receivedAt), desc(event.id))
      .limit(writeLimit),
    db
      .select({ at: event.receivedAt })
      .from(event)
      .where(eq(event.contactId, person.id))
      .orderBy(asc(event.receivedAt))
      .limit(1),
    readVisits(db, past, steps),
  ]);
  const bySystems = identifies.toReversed().flatMap(({ at, properties }) => {
    const { fields, attributes } = readTraits(properties, {}, null);
    // Flows see no more of the other fields.
    const { firstName, locale, timezone } = fields;
    const seen = Object.entries({ ...attributes, firstName, locale, timezone });
    return seen
      .filter(([, value]) => value !== undefined)
      .map(
        ([name, value]): ProfileWrite => ({
          at: at.getTime(),
          source: { kind: "identify" },
          name,
          value: value ?? null,
        }),
      );
  });
  const byFlows = visits.flatMap(({ versionId, nodeId, flowId, at }) =>
    writesOf(steps.get(versionId)?.get(nodeId) ?? [], { at: at.getTime(), flowId }),
  );
  const isWhole =
    identifies.length < writeLimit &&
    visits.length < writeLimit &&
    first !== undefined &&
    first.at.getTime() <= person.createdAt.getTime() + firstEventMs;
  return { writes: [...bySystems, ...byFlows].sort((left, right) => left.at - right.at), isWhole };
}

/** When the person left a step that writes. By enrollment, which is how a path is stored; most people have none. */
async function readVisits(db: Actor["db"], past: readonly PastEnrollment[], steps: WritingSteps) {
  const writing = past.filter((row) => (steps.get(row.versionId)?.size ?? 0) > 0);
  const since = oldestEntry(writing);
  if (!since) return [];
  const enrollmentIds = writing.map((row) => row.id);
  const nodeIds = [...new Set([...steps.values()].flatMap((nodes) => [...nodes.keys()]))];
  return db
    .select({ versionId: trace.versionId, nodeId: trace.nodeId, flowId: trace.flowId, at: trace.at })
    .from(trace)
    .where(
      and(
        inArray(trace.enrollmentId, enrollmentIds),
        gte(trace.at, since),
        inArray(trace.nodeId, nodeIds),
        eq(trace.kind, "left"),
      ),
    )
    .orderBy(desc(trace.at))
    .limit(writeLimit);
}

/** What is known of events that opened nothing: those that failed, by flow, and those that nobody has come to yet. */
export async function readFates(
  { db }: Actor,
  person: Person,
): Promise<(eventId: string, flowId: string) => Question["fate"]> {
  const ofEvent = sql<string>`payload -> 'event' ->> 'id'`;
  // What the door has stored is named by its id; a message of the person carries its own.
  const ofQueued = sql<string>`coalesce(event_id::text, payload -> 'event' ->> 'id', payload -> 'message' ->> 'id')`;
  const [failed, queued] = await Promise.all([
    db
      .select({ eventId: ofEvent, flowId: deadLetter.flowId, error: deadLetter.error })
      .from(deadLetter)
      .where(and(eq(deadLetter.contactId, person.id), sql`payload ->> 'kind' = 'event'`))
      .limit(writeLimit),
    db
      .select({ eventId: ofQueued })
      .from(signalQueue)
      .where(
        and(
          eq(signalQueue.shard, person.shard),
          eq(signalQueue.contactId, person.id),
          sql`payload ->> 'kind' in ('event', 'reply', 'button')`,
        ),
      )
      .limit(writeLimit),
  ]);
  const waiting = new Set(queued.map((row) => row.eventId));
  return (eventId, flowId) => {
    const failure = failed.find((row) => row.eventId === eventId && (row.flowId === null || row.flowId === flowId));
    if (failure) return { kind: "failed", error: failure.error };
    return waiting.has(eventId) ? { kind: "queued" } : null;
  };
}
