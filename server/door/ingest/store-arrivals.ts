import type { ClientBase, Pool, PoolClient } from "pg";
import { bare, text } from "#db/array-text.ts";
import { isDatabaseAway } from "#server/errors.ts";
import { applyProfiles, type ProfileTask, StaleContact } from "./apply-profiles.ts";
import type { Arrival } from "./arrival.ts";
import type { KnownPeople } from "./known-people.ts";
import { peopleOf } from "./people-of.ts";
import { storeArrivalsSql } from "./store-arrivals.sql.ts";
import { storeKnownSql } from "./store-known.sql.ts";

/** Where the fresh events of a group belong: ordinal and contact, not in order. */
type Stored = { contacts: [number, string][] };

const attempts = 5;

/**
 * Stores a group of events, all or nothing per transaction, and answers those the database refused. A poison event is
 * found by halving, so its neighbours are stored. Throws when the database is away: then nothing may be called stored.
 */
export async function storeArrivals(
  pool: Pool,
  known: KnownPeople,
  arrivals: Arrival[],
): Promise<ReadonlySet<Arrival>> {
  try {
    await storeWithRetries(pool, known, arrivals);
    return new Set();
  } catch (error) {
    if (isDatabaseAway(error) || isCancelled(error)) throw error;
    const [only] = arrivals;
    if (arrivals.length === 1 && only) return new Set([only]);
    const middle = arrivals.length >> 1;
    const left = await storeArrivals(pool, known, arrivals.slice(0, middle));
    const right = await storeArrivals(pool, known, arrivals.slice(middle));
    return new Set([...left, ...right]);
  }
}

/** Deadlocks, and people who were created or identified by someone else in between, go away by looking again. */
async function storeWithRetries(pool: Pool, known: KnownPeople, arrivals: Arrival[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await storeOnce(pool, known, arrivals);
    } catch (error) {
      if (attempt >= attempts || !isRace(error)) throw error;
    }
  }
}

async function storeOnce(pool: Pool, known: KnownPeople, arrivals: Arrival[]): Promise<void> {
  const contacts = known.contactsOf(arrivals);
  if (contacts && (await storeKnown(pool, known, arrivals, contacts))) return;
  const stored = await storeAndFind(pool, arrivals);
  for (const [ordinal, contactId] of stored) {
    const arrival = arrivals[ordinal];
    if (arrival) known.remember(arrival, contactId);
  }
}

/** False when one of the contacts is not that person any more, or a message id is not new. Nothing is stored then. */
async function storeKnown(pool: Pool, known: KnownPeople, arrivals: Arrival[], contacts: string[]): Promise<boolean> {
  const values = [`{${contacts.join(",")}}`, ...knownColumns(arrivals)];
  try {
    await pool.query({ name: "door-store-known", text: storeKnownSql, values });
    return true;
  } catch (error) {
    if (codeOf(error) === "23505") return false;
    if (codeOf(error) !== "23502") throw error;
    known.forget(arrivals);
    return false;
  }
}

async function storeAndFind(pool: Pool, arrivals: Arrival[]): Promise<Stored["contacts"]> {
  // A single statement is its own transaction: no begin, no commit, one round trip.
  if (!arrivals.some((arrival) => arrival.profile)) {
    const { rows } = await pool.query<Stored>(statementFor(arrivals));
    return rows[0]?.contacts ?? [];
  }
  const client = await pool.connect();
  try {
    await client.query("begin");
    const stored = await storeArrivalsWithin(client, arrivals);
    await client.query("commit");
    client.release();
    return stored;
  } catch (error) {
    await rollBack(client);
    throw error;
  }
}

/** Stores events as part of a larger change; the caller begins, commits and repeats. Answers where the fresh ones belong. */
export async function storeArrivalsWithin(client: ClientBase, arrivals: Arrival[]): Promise<Stored["contacts"]> {
  const { rows } = await client.query<Stored>(statementFor(arrivals));
  const fresh = (rows[0]?.contacts ?? []).toSorted(([a], [b]) => a - b);
  const tasks = fresh.flatMap(([ordinal, contactId]): ProfileTask[] => {
    const arrival = arrivals[ordinal];
    if (!arrival?.profile) return [];
    const { person } = arrival;
    const link =
      "userId" in person && person.userId !== null
        ? { externalId: person.userId, anonymousId: person.anonymousId }
        : null;
    return [{ contactId, link, change: arrival.profile }];
  });
  if (tasks.length > 0) await applyProfiles(client, tasks, new Date(arrivals[0]?.receivedAt ?? 0));
  return fresh;
}

/** A connection on which even the rollback fails is thrown away. */
async function rollBack(client: PoolClient): Promise<void> {
  try {
    await client.query("rollback");
    client.release();
  } catch (error) {
    client.release(error instanceof Error ? error : true);
  }
}

let groups = 0;

/**
 * A prepared statement keeps its plan. The first is made when there may be nobody yet, and then any index that begins with the
 * workspace looks as good as the one by userId, and becomes a walk through everybody. So it is planned anew after
 * 10, 100, 1,000 ... groups.
 */
const generationOf = (group: number): number => Math.floor(Math.log10(group));

/** The order of the values is that of storeArrivalsSql. */
function statementFor(arrivals: Arrival[]) {
  const { people, personOf } = peopleOf(arrivals);
  const events = arrivals.map((arrival, ordinal) => [
    ordinal,
    personOf[ordinal],
    arrival.workspaceId,
    arrival.messageId,
    arrival.eventId,
    arrival.type,
    arrival.name,
    arrival.properties,
    arrival.receivedAt,
    arrival.occurredAt,
    arrival.originalTimestamp,
    arrival.sentAt,
    arrival.isSignal,
  ]);
  const rows = people.map((row) => [
    row.person,
    row.workspaceId,
    row.contactId,
    row.externalId,
    row.anonymousId,
    row.takesOver,
    row.newId,
    row.newShard,
  ]);
  return {
    name: `door-store-arrivals-${generationOf(++groups)}`,
    text: storeArrivalsSql,
    values: [JSON.stringify(events), JSON.stringify(rows)],
  };
}

/** The order of the values is that of storeKnownSql; the contacts go before them. */
const knownColumns = (arrivals: readonly Arrival[]): string[] => [
  text(arrivals, ({ person }) => ("userId" in person ? person.userId : null)),
  text(arrivals, ({ messageId }) => messageId),
  bare(arrivals, ({ eventId }) => eventId),
  bare(arrivals, ({ type }) => type),
  text(arrivals, ({ name }) => name),
  bare(arrivals, ({ occurredAt }) => occurredAt),
  bare(arrivals, ({ receivedAt }) => receivedAt),
  bare(arrivals, ({ originalTimestamp }) => originalTimestamp),
  bare(arrivals, ({ sentAt }) => sentAt),
  bare(arrivals, ({ isSignal }) => (isSignal ? "t" : "f")),
  JSON.stringify(arrivals.map(({ properties }) => properties)),
];

const codeOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";

/** 40001 serialization, 40P01 deadlock, 23505 unique: the id was taken a moment ago. */
const isRace = (error: unknown): boolean =>
  error instanceof StaleContact || ["40001", "40P01", "23505"].includes(codeOf(error));

/** 57014: the statement ran into its time-out; halving the group would only make the database busier. */
const isCancelled = (error: unknown): boolean => codeOf(error) === "57014";
