import type { ChildProcess } from "node:child_process";
import { type BenchStack, stopChild, until } from "./engine/bench-stack.ts";
import { postgresCpuUs, processCpuUs } from "./engine/cpu-time.ts";
import { report } from "./engine/print.ts";
import { flag, option, options } from "./measure/options.ts";
import { runBench } from "./measure/run-bench.ts";
import { showRemark, showTable } from "./measure/tables.ts";
import { HookWorld } from "./webhooks/hook-world.ts";
import { sendAtRate } from "./webhooks/send-at-rate.ts";

/**
 * How fast the door answers the provider's calls, and how fast a worker applies them, both at once: signed statuses and texts at three
 * times the sending rate, whatever the answers take; then behind a backlog, and while dashboards are busy.
 * `npm run bench:webhooks -- [--seconds 10] [--backlog 100000] [--messages 100000] [--rates 80,250,1000] [--profile] [--write]`
 */
const seconds = option("seconds", 10);
const backlog = option("backlog", 100_000);
const others = option("messages", 100_000);
const rates = options("rates", [80, 250, 1000]);
const inboundEvery = 10;
const dashboards = 4;

await runBench("webhooks", async (stack) => {
  const client = await stack.database.pool.connect();
  try {
    const hooks = await HookWorld.build(stack.database, others);
    const door = await stack.startDoor();
    // The profile is written to the folder that this was called in.
    const node = flag("profile") ? ["--cpu-prof", "--cpu-prof-dir=."] : [];
    const worker = stack.start("server/engine/main.ts", [], { node });
    await until(async () => (await stack.workers()) > 0, 30_000);
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    const parts: Parts = { door, worker, backend: rows[0]?.pid ?? 0, port: Number(new URL(stack.doorUrl).port) };
    await measure(hooks, parts, 80, 5);
    const results = [];
    for (const rate of rates) results.push({ name: `${rate}/s sent`, ...(await measure(hooks, parts, rate, seconds)) });
    const stop = keepReading(stack);
    results.push({ name: "80/s sent, dashboards busy", ...(await measure(hooks, parts, 80, seconds)) });
    await stop();
    await hooks.insertBacklog(backlog);
    await client.query("notify chasqui_webhook");
    const behind = await measure(hooks, parts, 80, seconds, { isFresh: false });
    results.push({ name: `80/s sent, ${backlog.toLocaleString("en")} waiting`, ...behind });
    show(results);
    await stopChild(worker, "SIGTERM");
    return { seconds, messages: others, results };
  } finally {
    client.release();
  }
});

type Parts = { door: ChildProcess; worker: ChildProcess; backend: number; port: number };
type Result = Awaited<ReturnType<typeof measure>>;

async function measure(hooks: HookWorld, parts: Parts, sendRate: number, during: number, { isFresh = true } = {}) {
  const calls = sendRate * 3 * during;
  if (isFresh) await hooks.prepare(calls);
  const waiting = await hooks.openCalls();
  const cpu = () => ({
    door: processCpuUs(parts.door.pid ?? 0),
    worker: processCpuUs(parts.worker.pid ?? 0),
    postgres: postgresCpuUs(parts.backend),
  });
  const before = cpu();
  const begun = performance.now();
  const next = () => hooks.nextCall(inboundEvery);
  const acks = await sendAtRate({ port: parts.port, path: hooks.path, next, perSecond: sendRate * 3, seconds: during });
  const open = await hooks.openCalls();
  await until(async () => (await hooks.openCalls()) === 0, 300_000, 100);
  const tookMs = performance.now() - begun;
  const after = cpu();
  const applied = calls + waiting;
  const each = (part: keyof typeof after) => Math.round((after[part] - before[part]) / applied);
  const result = {
    callsPerSecond: sendRate * 3,
    ...acks,
    openAtEnd: open,
    appliedPerSecond: Math.round((applied * 1000) / tookMs),
    doorUs: each("door"),
    workerUs: each("worker"),
    postgresUs: each("postgres"),
  };
  report(JSON.stringify(result));
  return result;
}

/** People who look at lists and figures of the workspace without a pause; answers how to end it. */
function keepReading(stack: BenchStack): () => Promise<void> {
  let isOver = false;
  const read = async () => {
    while (!isOver) {
      await stack.database.pool.query(
        `select status, purpose, count(*), max(length(content::text)) from message group by 1, 2 order by 3`,
      );
    }
  };
  const readers = Promise.all(Array.from({ length: dashboards }, read));
  return async () => {
    isOver = true;
    await readers;
  };
}

function show(results: (Result & { name: string })[]): void {
  showTable("Provider's calls, three times the sending rate", [
    [
      "",
      "a second",
      "ack p50 ms",
      "p99",
      "max",
      "refused",
      "open at end",
      "applied a second",
      "us door",
      "worker",
      "Postgres",
    ],
    ...results.map((each) => [
      each.name,
      each.callsPerSecond,
      each.p50Ms,
      each.p99Ms,
      each.maxMs,
      each.refused,
      each.openAtEnd,
      each.appliedPerSecond,
      each.doorUs,
      each.workerUs,
      each.postgresUs,
    ]),
  ]);
  showRemark("The bar is an answer within 250 ms (p99).");
}
