import { connect } from "#db/client.ts";
import { type Clock, DatabaseClock, systemClock } from "#server/clock.ts";
import { type Env, readEnv } from "#server/env.ts";
import { createLog } from "#server/log.ts";
import { createAuth } from "./create-auth.ts";

const clockFreshMs = 500;

/** What the web process has once: environment, pool, clock, sign-in. */
export type WebHost = ReturnType<typeof openHost>;

const shared = globalThis as typeof globalThis & { chasquiWebHost?: WebHost };

/** One per process, also across the reloads of development: else every reload would leave a pool of connections behind. */
export function webHost(): WebHost {
  shared.chasquiWebHost ??= openHost(readEnv(process.env));
  return shared.chasquiWebHost;
}

function openHost(env: Env) {
  const log = createLog("web");
  const { db, pool } = connect(env.databaseUrl, {
    name: "web",
    max: 10,
    onError: (error) => log.warn({ error: error.message }, "An idle database connection was lost"),
  });
  const { db: figures } = connect(env.databaseUrl, {
    name: "figures",
    max: 4,
    onError: (error) => log.warn({ error: error.message }, "An idle database connection was lost"),
    backstops: { statementMs: 10_000 },
  });
  const freshClock = env.isDemo
    ? demoClock(new DatabaseClock(pool, { isDemo: true }))
    : () => Promise.resolve(systemClock);
  return { env, log, db, figures, pool, auth: createAuth(db, env, freshClock), freshClock };
}

/** The demo clock, read again at most every half second: many requests of one page share one reading. */
function demoClock(clock: DatabaseClock): () => Promise<Clock> {
  let reading: Promise<void> = Promise.resolve();
  let readAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - readAt > clockFreshMs) {
      readAt = performance.now();
      reading = clock.refresh();
    }
    await reading;
    return clock;
  };
}
