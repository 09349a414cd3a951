import { DBOS, DBOSClient } from "@dbos-inc/dbos-sdk";
import { armOf, type BenchEvent, type BenchPerson } from "../../workload/one-run.ts";
import { postMessage } from "../../workload/provider.ts";
import { concurrency, countRuns, databaseUrl, isPerStep, openPool, readWork, workspaceId } from "./jobs.ts";

/** DBOS: one durable workflow per run from a queue; the call alone is a step, or each step of the path; its own rows only. */
const pool = openPool(2);
const { people, events } = await readWork(pool);
await pool.end();
const system = { name: "bench", systemDatabaseUrl: databaseUrl, applicationVersion: workspaceId };
const count = countRuns();
const run = async (event: BenchEvent, person: BenchPerson): Promise<string | null> => {
  const keep = (name: string, detail: object) =>
    isPerStep ? DBOS.runStep(async () => detail, { name }) : Promise.resolve(detail);
  await keep("start", { event: event.name });
  const taken = armOf(event, person);
  if (!taken) return null;
  await keep("score", { branch: "Good" });
  await keep("split", taken);
  const messageId = DBOS.workflowID ?? "";
  const wamid = await DBOS.runStep(() => postMessage(person, messageId), { name: `send-${taken.arm}` });
  await keep("goal", { name: "done" });
  count();
  return wamid;
};
DBOS.registerWorkflow(run, { name: "run" });
DBOS.setConfig({ ...system, systemDatabasePoolSize: 20, logLevel: "error", listenQueues: ["runs"] });

const client = await DBOSClient.create({ systemDatabaseUrl: databaseUrl });
const enqueue = async (index: number): Promise<void> => {
  const [event, person] = [events[index], people[index]];
  if (!event || !person) return;
  await client.enqueue(
    { workflowName: "run", queueName: "runs", appVersion: workspaceId, workflowID: crypto.randomUUID() },
    event,
    person,
  );
  await enqueue(index + 16);
};
await DBOS.launch();
await DBOS.registerQueue("runs", { workerConcurrency: concurrency, minPollingIntervalMs: 50 });
await Promise.all(Array.from({ length: 16 }, (_, first) => enqueue(first)));
await client.destroy();
process.on("SIGTERM", () => process.exit(0));
