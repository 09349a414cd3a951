import { PgBoss } from "pg-boss";
import { type Job, runOnce } from "../../workload/run-once.ts";
import { concurrency, countRuns, databaseUrl, openPool, readWork } from "./jobs.ts";

/** pg-boss: one job per run, fetched and completed in batches (its documented fast way), the same rows as the engine. */
const pool = openPool(16);
const { flow, people, events } = await readWork(pool);
const boss = new PgBoss({ connectionString: databaseUrl, max: 4, schema: "pgboss", supervise: false, schedule: false });
await boss.start();
const queue = `run-${flow.workspaceId}`;
await boss.createQueue(queue, { retryLimit: 2 });
const jobs = people.map((person, index) => ({ data: { event: events[index], contactId: person.id } }));
for (let from = 0; from < jobs.length; from += 1000) await boss.insert(queue, jobs.slice(from, from + 1000));
const count = countRuns();
// Two workers, so that one batch is called while the other is fetched; a worker asks again at once when its batch was full.
const work = { batchSize: concurrency / 2, localConcurrency: 2, pollingIntervalSeconds: 0.5 };
await boss.work<Job>(queue, work, async (batch) => {
  await Promise.all(
    batch.map(async ({ data }) => {
      await runOnce(pool, flow, data);
      count();
    }),
  );
});
process.on("SIGTERM", () => process.exit(0));
