import { once } from "node:events";
import { createInterface } from "node:readline";
import { BenchStack, stopChild, until } from "./engine/bench-stack.ts";
import { approveTemplate, buildWorld, queueEvents } from "./engine/bench-world.ts";
import { postgresCpuUs, processCpuUs } from "./engine/cpu-time.ts";
import { killWorkers } from "./engine/kill-workers.ts";
import { machine } from "./engine/machine.ts";
import { print, printTable, report } from "./engine/print.ts";

/**
 * How fast the engine is: events through match, condition, split, gate and outbox to the sandbox, in two parts, each with its CPU
 * (our process and Postgres together). `npm run bench:engine -- [--events 20000] [--rounds 3] [--kill]`
 * With --kill: kill -9 of the worker in the middle, three times, and what must hold afterwards.
 */
const option = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const events = option("events", 20_000);
const rounds = option("rounds", 3);
const batch = option("batch", 1000);

type Round = {
  enrollmentsPerSecond: number;
  cpuUsPerEnrollment: number;
  postgresCpuUsPerEnrollment: number;
  sendsPerSecond: number;
  cpuUsPerSend: number;
  postgresCpuUsPerSend: number;
  sandboxCpuUsPerSend: number;
};

const stack = await BenchStack.open();
try {
  const sandbox = await stack.startSandbox();
  await stack.control("schedule", { sent_ms: null, delivered_ms: null, read_ms: null });
  await approveTemplate(stack);
  if (process.argv.includes("--kill")) await killWorkers(stack, events);
  else await measure(sandbox.pid ?? 0);
} finally {
  await stack.close();
}

async function measure(sandboxPid: number): Promise<void> {
  const results: Round[] = [];
  // The first round warms up: caches, just-in-time compilation, statistics.
  for (let round = 0; round <= rounds; round += 1) {
    const result = await runRound(sandboxPid);
    if (round > 0) results.push(result);
    report(`${round === 0 ? "warm-up" : `round ${round}`} ${JSON.stringify(result)}`);
  }
  const figures = {
    bench: "engine",
    events,
    rounds,
    enrollmentsPerSecond: median(results, "enrollmentsPerSecond"),
    cpuUsPerEnrollment: median(results, "cpuUsPerEnrollment"),
    postgresCpuUsPerEnrollment: median(results, "postgresCpuUsPerEnrollment"),
    sendsPerSecond: median(results, "sendsPerSecond"),
    cpuUsPerSend: median(results, "cpuUsPerSend"),
    postgresCpuUsPerSend: median(results, "postgresCpuUsPerSend"),
    sandboxCpuUsPerSend: median(results, "sandboxCpuUsPerSend"),
    ...machine(),
  };
  printTable([
    ["", "each second", "us CPU each", "of it Postgres"],
    [
      "events into the outbox",
      figures.enrollmentsPerSecond,
      figures.cpuUsPerEnrollment,
      figures.postgresCpuUsPerEnrollment,
    ],
    ["gate, provider call, settlement", figures.sendsPerSecond, figures.cpuUsPerSend, figures.postgresCpuUsPerSend],
    ["(the sandbox, beside it)", "", figures.sandboxCpuUsPerSend, ""],
  ]);
  print(JSON.stringify(figures));
}

async function runRound(sandboxPid: number): Promise<Round> {
  const { world, contacts } = await buildWorld(stack, events);
  await queueEvents(stack, world, contacts);
  const client = await stack.database.pool.connect();
  const pid = (await client.query<{ pid: number }>("select pg_backend_pid() as pid")).rows[0]?.pid ?? 0;
  try {
    const first = postgresCpuUs(pid);
    const drain = stack.start("bench/engine/drain-signals.ts", [String(batch)]);
    const [line] = (await once(createInterface({ input: drain.stdout ?? process.stdin }), "line")) as [string];
    const drained = JSON.parse(line) as { entered: number; seconds: number; cpuUs: number };
    if (drained.entered !== events) throw new Error(`${drained.entered} enrollments of ${events} events.`);
    const intoOutbox = postgresCpuUs(pid) - first;

    const goal = (await stack.messagesAtSandbox()) + events;
    await client.query("delete from worker_heartbeat");
    const worker = stack.start("server/engine/main.ts");
    const count = async (table: string) =>
      (await client.query<{ n: number }>(`select count(*)::integer as n from ${table}`)).rows[0]?.n ?? 0;
    // Measured from when the worker is up: the start of a process is not the price of a message.
    await until(async () => (await count("worker_heartbeat")) > 0, 30_000, 10);
    const workerPid = worker.pid ?? 0;
    const left = await count("outbox");
    const cpu = () => ({
      postgres: postgresCpuUs(pid),
      worker: processCpuUs(workerPid),
      sandbox: processCpuUs(sandboxPid),
      at: performance.now(),
    });
    const before = cpu();
    // Asked of the sandbox: counting the outbox reads past all that was deleted, and would be counted as the price of a message.
    await until(async () => (await stack.messagesAtSandbox()) >= goal, 300_000, 50);
    await until(async () => (await count("outbox")) === 0, 60_000, 50);
    const after = cpu();
    await stopChild(worker, "SIGTERM");
    return {
      enrollmentsPerSecond: Math.round(drained.entered / drained.seconds),
      cpuUsPerEnrollment: Math.round((intoOutbox + drained.cpuUs) / events),
      postgresCpuUsPerEnrollment: Math.round(intoOutbox / events),
      sendsPerSecond: Math.round((left * 1000) / (after.at - before.at)),
      cpuUsPerSend: Math.round((after.postgres - before.postgres + after.worker - before.worker) / left),
      postgresCpuUsPerSend: Math.round((after.postgres - before.postgres) / left),
      sandboxCpuUsPerSend: Math.round((after.sandbox - before.sandbox) / left),
    };
  } finally {
    client.release();
  }
}

function median(all: readonly Round[], name: keyof Round): number {
  const sorted = all.map((round) => round[name]).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
