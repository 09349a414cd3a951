import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Queue, Worker } from "bullmq";
import { freePort } from "../../../scripts/stack/free-port.ts";
import { armOf, type BenchEvent, type BenchPerson } from "../../workload/one-run.ts";
import { postMessage } from "../../workload/provider.ts";
import { concurrency, countRuns, openPool, readWork, tellServers } from "./jobs.ts";

/** BullMQ: one job per run on a local redis-server with an append-only file, job and call only: no rows of its own. */
const pool = openPool(2);
const { people, events } = await readWork(pool);
await pool.end();
const folder = mkdtempSync(path.join(process.env.CHASQUI_HOME ?? tmpdir(), "redis-"));
const port = await freePort();
const redis = spawn(
  "redis-server",
  [
    "--port",
    String(port),
    "--dir",
    folder,
    "--appendonly",
    "yes",
    "--appendfsync",
    "everysec",
    "--save",
    "",
    "--maxmemory-policy",
    "noeviction",
  ],
  { stdio: "ignore" },
);
process.on("SIGTERM", () => process.exit(0));
process.on("exit", () => {
  redis.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});
tellServers([redis.pid ?? 0]);

const connection = { host: "127.0.0.1", port, maxRetriesPerRequest: null };
const queue = new Queue("run", { connection });
type Job = { event: BenchEvent; person: BenchPerson };
const options = { removeOnComplete: true, attempts: 3 };
const jobs = people.map((person, index) => ({ name: "run", data: { event: events[index], person }, opts: options }));
for (let from = 0; from < jobs.length; from += 1000) await queue.addBulk(jobs.slice(from, from + 1000));
const count = countRuns();
const worker = new Worker<Job>(
  "run",
  async ({ data: { event, person } }) => {
    if (armOf(event, person)) await postMessage(person, crypto.randomUUID());
  },
  { connection, concurrency },
);
worker.on("completed", count);
