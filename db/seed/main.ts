import { connect } from "#db/client.ts";
import { DatabaseClock } from "#server/clock.ts";
import { readEnv } from "#server/env.ts";
import { createLog } from "#server/log.ts";
import { seedDemo } from "./seed-demo.ts";

// `node db/seed/main.ts`: makes the demo workspace on a migrated database, once.
const log = createLog("start");
const env = readEnv(process.env);
const startedAt = performance.now();
const { db, pool } = connect(env.databaseUrl, {
  name: "seed",
  max: 2,
  onError: (error) => log.warn({ error: error.message }, "A connection was lost"),
});
try {
  const clock = new DatabaseClock(pool, { isDemo: true });
  await clock.refresh();
  const isNew = await seedDemo(db, env, clock);
  log.info(
    { isNew, ms: Math.round(performance.now() - startedAt) },
    isNew ? "The demo workspace is made" : "The demo workspace is there",
  );
} finally {
  await pool.end();
}
