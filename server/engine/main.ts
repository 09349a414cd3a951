import { connect } from "#db/client.ts";
import { DatabaseClock } from "#server/clock.ts";
import { readEnv } from "#server/env.ts";
import { newId } from "#server/id.ts";
import { createLog } from "#server/log.ts";
import { startTracing } from "#server/observe/tracing.ts";
import { dispatchUrl, engineUrl } from "./engine-url.ts";
import { connectionName } from "./lease.ts";
import { readKeepDays } from "./storage/keep-days.ts";
import { startWorker } from "./worker.ts";

/** A stop that takes longer is given up: what is left is taken over by its lease. */
const stopLimitMs = 20_000;

const log = createLog("worker");
const env = readEnv(process.env);
const id = newId();
const onError = (error: Error) => log.warn({ error: error.message }, "database connection lost");
const connections = {
  name: connectionName(id),
  onError,
  // One row that somebody holds must not keep a whole batch waiting: it is begun anew.
  backstops: { lockMs: 5_000 },
};
const { pool } = connect(engineUrl(env.databaseUrl), { ...connections, max: 10 });
// One claims, one settles, one does what is due now and then.
const { pool: dispatchPool } = connect(dispatchUrl(env.databaseUrl), { ...connections, max: 3 });

const clock = new DatabaseClock(pool, { isDemo: env.isDemo });
// Nothing is decided by this machine's own clock, so the first reading is awaited, also while the database is away.
while (!(await clock.refresh().then(() => true, waitForDatabase)));

const tracing = await startTracing("worker", process.env);
const worker = startWorker({
  id,
  tracing,
  databaseUrl: env.databaseUrl,
  pool,
  dispatchPool,
  clock,
  log,
  secret: env.secret,
  publicUrl: env.publicUrl,
  keep: readKeepDays(process.env),
  allowsLoopback: env.isDemo,
  smtp: env.smtp,
});
log.info({ workerId: id }, "Worker is ready");

let isStopping = false;
async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(1), stopLimitMs).unref();
  await worker.stop();
  await tracing?.close();
  await Promise.all([pool.end(), dispatchPool.end()]);
  log.info({ workerId: id }, "Worker has stopped");
  process.exit(0);
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);

async function waitForDatabase(error: unknown): Promise<false> {
  log.warn({ error: String(error) }, "the database's time cannot be read yet");
  await new Promise((next) => setTimeout(next, 1000));
  return false;
}
