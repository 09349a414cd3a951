import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Pool } from "pg";
import { byKeysOnly } from "#db/by-keys-only.ts";
import { type Backstops, connect } from "#db/client.ts";
import { type Clock, clockChannel, DatabaseClock, systemClock } from "#server/clock.ts";
import { listen as listenTo } from "#server/engine/listen.ts";
import type { Env } from "#server/env.ts";
import type { Log } from "#server/log.ts";
import { DoorMetrics } from "#server/observe/door-metrics.ts";
import { startTracing } from "#server/observe/tracing.ts";
import { AccessKeys } from "./access-keys.ts";
import type { Door } from "./door.ts";
import { GroupCommit } from "./group-commit.ts";
import { handleRequest } from "./handle-request.ts";
import { ChannelHooks } from "./hooks/channel-hooks.ts";
import { storeRawCalls } from "./hooks/store-raw-calls.ts";
import { EventPace } from "./ingest/event-pace.ts";
import { KnownPeople } from "./ingest/known-people.ts";
import { storeArrivals } from "./ingest/store-arrivals.ts";
import { openServer, type Patience } from "./open-server.ts";
import { Room } from "./room.ts";

export type RunningDoor = { port: number; close: () => Promise<void> };

/** Groups written at the same time. They have connections of their own (two more find keys): no reader holds up what comes in. */
const writers = { events: 3, rawCalls: 2 };
const readers = 10;

/** How long a moved demo clock may go unnoticed here when nobody tells. */
const clockEveryMs = 250;

/** What else than the usual holds: how long a client may take, and a statement of the database. */
export type DoorLimits = { patience?: Patience; backstops?: Partial<Backstops> };

/** Opens the door on `env.doorPort` (0: any free port). It answers at once, with 503 while the database is away. */
export async function startDoor(env: Env, log: Log, { patience, backstops }: DoorLimits = {}): Promise<RunningDoor> {
  const open = (name: string, max: number) =>
    connect(byKeysOnly(env.databaseUrl), {
      name,
      max,
      onError: (error) => log.warn({ error: error.message }, "an idle database connection was lost"),
      // Who calls waits for the answer: better a 503 that is tried again than a queue of hanging calls.
      backstops: { statementMs: 10_000, lockMs: 5_000, ...backstops },
    });
  const { pool, db } = open("door", readers);
  const { pool: intake } = open("door-intake", writers.events + writers.rawCalls + 2);
  const { clock, stop: stopClock } = startClock(env, pool, log);
  const known = new KnownPeople();
  const door: Door = {
    env,
    log,
    clock,
    pool,
    db,
    room: new Room(readers),
    keys: new AccessKeys(intake, (error) => log.warn({ error: String(error) }, "the last use of a key was not noted")),
    pace: new EventPace(),
    hooks: new ChannelHooks(db, env.secret),
    arrivals: new GroupCommit({
      write: (items) => storeArrivals(intake, known, items),
      writers: writers.events,
      parallelFrom: 32,
      maxItems: 2_000,
      maxWaiting: 20_000,
      maxWaitMs: 3_000,
    }),
    rawCalls: new GroupCommit({
      write: (items) => storeRawCalls(intake, items),
      writers: writers.rawCalls,
      parallelFrom: 16,
      maxItems: 100,
      maxWaiting: 5_000,
      maxWaitMs: 3_000,
    }),
    metrics: new DoorMetrics({
      events: () => door.arrivals.waitingItems,
      webhooks: () => door.rawCalls.waitingItems,
    }),
    tracing: await startTracing("door", process.env),
  };
  const server = openServer((request, response) => void handleRequest(door, request, response), patience);
  await listen(server, env);
  const close = async () => {
    await stopClock();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 3_000).unref();
    });
    await Promise.all([door.arrivals.drain(), door.rawCalls.drain(), door.tracing?.close()]);
    await Promise.all([pool.end(), intake.end()]);
  };
  return { port: (server.address() as AddressInfo).port, close };
}

function listen(server: Server, env: Env): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(env.doorPort, env.host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function startClock(env: Env, pool: Pool, log: Log): { clock: Clock; stop: () => Promise<void> } {
  if (!env.isDemo) return { clock: systemClock, stop: async () => undefined };
  const clock = new DatabaseClock(pool, { isDemo: true });
  const refresh = () =>
    clock.refresh().catch((error: unknown) => log.debug({ error: String(error) }, "the demo clock was not read"));
  void refresh();
  const timer = setInterval(refresh, clockEveryMs);
  const listener = listenTo(env.databaseUrl, { [clockChannel]: () => void refresh() }, log);
  const stop = () => {
    clearInterval(timer);
    return listener.stop();
  };
  return { clock, stop };
}
