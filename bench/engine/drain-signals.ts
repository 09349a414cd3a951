import { connect } from "#db/client.ts";
import { systemClock } from "#server/clock.ts";
import { engineUrl } from "#server/engine/engine-url.ts";
import { SignalHost } from "#server/engine/signals/signal-host.ts";
import { readEnv } from "#server/env.ts";
import { createLog } from "#server/log.ts";

/** A process that applies the signal queue until it is empty and then says how long it took: the way into the outbox alone. */
const log = createLog("worker");
const env = readEnv(process.env);
const { pool } = connect(engineUrl(env.databaseUrl), { name: "bench", max: 2, onError: () => undefined });
const host = new SignalHost({ pool, clock: systemClock, log, batchSize: Number(process.argv[2] ?? 1000) });

const begun = performance.now();
const cpuBefore = process.cpuUsage();
let entered = 0;
for (let works = 1; works > 0; ) {
  const applied = await host.applyQueued();
  works = applied.works;
  entered += applied.entered;
}
const { user, system } = process.cpuUsage(cpuBefore);
const seconds = (performance.now() - begun) / 1000;
process.stdout.write(`${JSON.stringify({ entered, seconds, cpuUs: user + system })}\n`);
await pool.end();
