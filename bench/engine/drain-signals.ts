import { connect } from "#db/client.ts";
import { systemClock } from "#server/clock.ts";
import { engineUrl } from "#server/engine/engine-url.ts";
import { SignalHost } from "#server/engine/signals/signal-host.ts";
import { readEnv } from "#server/env.ts";
import { createLog } from "#server/log.ts";
import { reportDrain } from "./report-drain.ts";

/** A process that applies the signal queue until it is empty and then says what it took: the way into the outbox alone. */
const log = createLog("worker");
const env = readEnv(process.env);
const { pool } = connect(engineUrl(env.databaseUrl), { name: "drain", max: 2, onError: () => undefined });
const host = new SignalHost({ pool, clock: systemClock, log, batchSize: Number(process.argv[2] ?? 1000) });
await reportDrain(pool, Number(process.argv[3] ?? 0), () => host.applyQueued());
await pool.end();
