import { connect } from "#db/client.ts";
import { DatabaseClock } from "#server/clock.ts";
import { readEnv } from "#server/env.ts";
import { createLog } from "#server/log.ts";
import { engineUrl } from "./engine-url.ts";
import { startWorker } from "./worker.ts";

const log = createLog("worker");
const env = readEnv(process.env);
const onError = (error: Error) => log.warn({ error: error.message }, "database connection lost");
const { pool } = connect(engineUrl(env.databaseUrl), { name: "worker", max: 10, onError });

const clock = new DatabaseClock(pool, { isDemo: env.isDemo });
// Nothing is decided by this machine's own clock, so the first reading is awaited, also while the database is away.
while (!(await clock.refresh().then(() => true, waitForDatabase)));

const worker = startWorker({
  databaseUrl: env.databaseUrl,
  pool,
  clock,
  log,
  secret: env.secret,
  publicUrl: env.publicUrl,
  allowsLoopback: env.isDemo,
});
log.info({ workerId: worker.id }, "Worker is ready");

let isStopping = false;
async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  await worker.stop();
  await pool.end();
  log.info({ workerId: worker.id }, "Worker has stopped");
  process.exit(0);
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);

async function waitForDatabase(error: unknown): Promise<false> {
  log.warn({ error: String(error) }, "the database's time cannot be read yet");
  await new Promise((next) => setTimeout(next, 1000));
  return false;
}
