import type { ClientBase, Pool, PoolClient } from "pg";
import { isDatabaseAway } from "#server/errors.ts";
import { applyProfiles, type ProfileTask, StaleContact } from "./apply-profiles.ts";
import type { Arrival } from "./arrival.ts";
import { peopleOf } from "./people-of.ts";
import { storeArrivalsSql } from "./store-arrivals.sql.ts";

type Stored = { fresh: number; profiles: { ordinal: number; contactId: string }[] };

const attempts = 5;

/**
 * Stores a group of events, all or nothing per transaction, and answers those the database refused. A poison event is
 * found by halving, so its neighbours are stored. Throws when the database is away: then nothing may be called stored.
 */
export async function storeArrivals(pool: Pool, arrivals: Arrival[]): Promise<ReadonlySet<Arrival>> {
  try {
    await storeWithRetries(pool, arrivals);
    return new Set();
  } catch (error) {
    if (isDatabaseAway(error) || isCancelled(error)) throw error;
    const [only] = arrivals;
    if (arrivals.length === 1 && only) return new Set([only]);
    const middle = arrivals.length >> 1;
    const left = await storeArrivals(pool, arrivals.slice(0, middle));
    const right = await storeArrivals(pool, arrivals.slice(middle));
    return new Set([...left, ...right]);
  }
}

/** Deadlocks, and people who were created or identified by someone else in between, go away by looking again. */
async function storeWithRetries(pool: Pool, arrivals: Arrival[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await storeOnce(pool, arrivals);
    } catch (error) {
      if (attempt >= attempts || !isRace(error)) throw error;
    }
  }
}

async function storeOnce(pool: Pool, arrivals: Arrival[]): Promise<void> {
  // A single statement is its own transaction: no begin, no commit, one round trip.
  if (!arrivals.some((arrival) => arrival.profile)) {
    await pool.query(statementFor(arrivals));
    return;
  }
  const client = await pool.connect();
  try {
    await client.query("begin");
    await storeArrivalsWithin(client, arrivals);
    await client.query("commit");
    client.release();
  } catch (error) {
    await rollBack(client);
    throw error;
  }
}

/** Stores events as part of a larger change; the caller begins, commits and repeats. */
export async function storeArrivalsWithin(client: ClientBase, arrivals: Arrival[]): Promise<void> {
  const { rows } = await client.query<Stored>(statementFor(arrivals));
  const fresh = (rows[0]?.profiles ?? []).toSorted((a, b) => a.ordinal - b.ordinal);
  const tasks = fresh.flatMap(({ ordinal, contactId }): ProfileTask[] => {
    const arrival = arrivals[ordinal];
    if (!arrival?.profile) return [];
    const { person } = arrival;
    const link =
      "userId" in person && person.userId !== null
        ? { externalId: person.userId, anonymousId: person.anonymousId }
        : null;
    return [{ contactId, link, change: arrival.profile }];
  });
  if (tasks.length > 0) await applyProfiles(client, tasks, arrivals[0]?.receivedAt ?? "");
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
    Date.parse(arrival.occurredAt),
    arrival.isSignal,
    arrival.profile !== null,
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
    name: "door-store-arrivals",
    text: storeArrivalsSql,
    values: [JSON.stringify(events), JSON.stringify(rows)],
  };
}

const codeOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";

/** 40001 serialization, 40P01 deadlock, 23505 unique: the id was taken a moment ago. */
const isRace = (error: unknown): boolean =>
  error instanceof StaleContact || ["40001", "40P01", "23505"].includes(codeOf(error));

/** 57014: the statement ran into its time-out; halving the group would only make the database busier. */
const isCancelled = (error: unknown): boolean => codeOf(error) === "57014";
