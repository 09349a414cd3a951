import { Logger, makeWorkerUtils, run } from "graphile-worker";
import { type Job, runOnce } from "../../workload/run-once.ts";
import { concurrency, countRuns, databaseUrl, openPool, readWork } from "./jobs.ts";

/** graphile-worker: one job per run with its local queue and batched completion, the same rows as the engine. */
const pool = openPool(16);
const { flow, people, events } = await readWork(pool);
const logger = new Logger(() => () => undefined);
const utils = await makeWorkerUtils({ connectionString: databaseUrl, logger });
await utils.migrate();
const jobs = people.map((person, index) => ({
  identifier: "run",
  payload: { event: events[index], contactId: person.id },
}));
for (let from = 0; from < jobs.length; from += 1000) await utils.addJobs(jobs.slice(from, from + 1000));
await utils.release();
const count = countRuns();
await run({
  pgPool: pool,
  noHandleSignals: true,
  taskList: {
    run: async (payload) => {
      await runOnce(pool, flow, payload as Job);
      count();
    },
  },
  preset: {
    worker: {
      concurrentJobs: concurrency,
      logger,
      localQueue: { size: 512 },
      completeJobBatchDelay: 5,
      failJobBatchDelay: 5,
      pollInterval: 500,
    },
  },
});
process.on("SIGTERM", () => process.exit(0));
