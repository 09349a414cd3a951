import type { ChildProcess } from "node:child_process";
import type { BenchStack } from "./engine/bench-stack.ts";
import { approveTemplate, buildWorld, queueEvents } from "./engine/bench-world.ts";
import { killWorkers } from "./engine/kill-workers.ts";
import { drainQueue, emptyOutbox, type PhaseFigures } from "./engine/phases.ts";
import { report } from "./engine/print.ts";
import { compareRows, difference, type RowsWritten, rowsWritten } from "./engine/rows-written.ts";
import { flag, option } from "./measure/options.ts";
import { runBench } from "./measure/run-bench.ts";
import { median, round } from "./measure/statistics.ts";
import { showRemark, showTable } from "./measure/tables.ts";

/**
 * How fast the engine is: events through match, condition, split, gate and outbox to the sandbox, beside a bare-bones prototype that
 * writes the same rows (which is counted), in rounds that take turns. CPU is our process and Postgres together.
 * `npm run bench:engine -- [--events 20000] [--rounds 5] [--batch 1000] [--kill]`
 * With --kill: kill -9 of the worker in the middle, three times, and what must hold afterwards.
 */
const events = option("events", 20_000);
const rounds = option("rounds", 5);
const batch = option("batch", 1000);

const sides = {
  engine: { fill: "bench/engine/drain-signals.ts", empty: "server/engine/main.ts" },
  prototype: { fill: "bench/prototype/fill-outbox.ts", empty: "bench/prototype/empty-outbox.ts" },
};
type Side = keyof typeof sides;
type Round = { side: Side; fill: PhaseFigures; empty: PhaseFigures; rows: RowsWritten };

await runBench("engine", async (stack) => {
  const sandbox = await stack.startSandbox();
  await stack.control("schedule", { sent_ms: null, delivered_ms: null, read_ms: null });
  await approveTemplate(stack);
  return flag("kill") ? killWorkers(stack, events) : measure(stack, sandbox);
});

async function measure(stack: BenchStack, sandbox: ChildProcess) {
  const results: Round[] = [];
  // The first round of each warms up: caches, statistics, the sandbox's own code.
  for (let turn = 0; turn <= rounds; turn += 1) {
    const order: Side[] = turn % 2 === 0 ? ["engine", "prototype"] : ["prototype", "engine"];
    for (const side of order) {
      const result = await runRound(stack, sandbox, side);
      if (turn > 0) results.push(result);
      report(`${turn === 0 ? "warm-up" : `round ${turn}`} ${JSON.stringify({ ...result, rows: undefined })}`);
    }
  }
  const of = (side: Side) => results.filter((result) => result.side === side);
  const engine = figuresOf(of("engine"));
  const prototype = figuresOf(of("prototype"));
  const ratios = {
    enrollmentCpuRatio: round(engine.cpuUsPerEnrollment / prototype.cpuUsPerEnrollment, 2),
    sendCpuRatio: round(engine.cpuUsPerSend / prototype.cpuUsPerSend, 2),
    runCpuRatio: round(
      (engine.cpuUsPerEnrollment + engine.cpuUsPerSend) / (prototype.cpuUsPerEnrollment + prototype.cpuUsPerSend),
      2,
    ),
  };
  show(engine, prototype, ratios);
  compareRows(
    of("engine").map(({ rows }) => rows),
    of("prototype").map(({ rows }) => rows),
    events,
  );
  return { events, rounds, batch, engine, prototype, ...ratios };
}

async function runRound(stack: BenchStack, sandbox: ChildProcess, side: Side): Promise<Round> {
  const { world, contacts } = await buildWorld(stack, events);
  await queueEvents(stack, world, contacts);
  // Every round begins with the same: no vacuum in the middle of one side's turn that pays for the other's rows.
  await stack.database.pool.query("vacuum analyze");
  await stack.database.pool.query("checkpoint");
  const before = await rowsWritten(stack);
  const fill = await drainQueue(stack, { program: sides[side].fill, events, batch });
  const empty = await emptyOutbox(stack, { program: sides[side].empty, events, sandbox });
  return { side, fill, empty, rows: difference(before, await rowsWritten(stack)) };
}

function figuresOf(results: readonly Round[]) {
  const middle = (pick: (result: Round) => number) => Math.round(median(results.map(pick)));
  return {
    enrollmentsPerSecond: middle(({ fill }) => fill.perSecond),
    cpuUsPerEnrollment: middle(({ fill }) => fill.clientUs + fill.postgresUs),
    postgresCpuUsPerEnrollment: middle(({ fill }) => fill.postgresUs),
    sendsPerSecond: middle(({ empty }) => empty.perSecond),
    cpuUsPerSend: middle(({ empty }) => empty.clientUs + empty.postgresUs),
    postgresCpuUsPerSend: middle(({ empty }) => empty.postgresUs),
    sandboxCpuUsPerSend: middle(({ empty }) => empty.sandboxUs),
  };
}

type SideFigures = ReturnType<typeof figuresOf>;

function show(engine: SideFigures, prototype: SideFigures, ratios: Record<string, number>): void {
  const row = (title: string, { enrollment, send }: { enrollment: number; send: number }, each: SideFigures) => {
    const [rate, cpu, postgres] = enrollment
      ? [each.enrollmentsPerSecond, each.cpuUsPerEnrollment, each.postgresCpuUsPerEnrollment]
      : [each.sendsPerSecond, each.cpuUsPerSend, each.postgresCpuUsPerSend];
    return [title, rate, cpu, postgres, enrollment || send] as const;
  };
  const [first, second] = [
    { enrollment: ratios.enrollmentCpuRatio ?? 0, send: 0 },
    { enrollment: 0, send: ratios.sendCpuRatio ?? 0 },
  ];
  showTable(`Medians of ${rounds} rounds of ${events.toLocaleString("en")} events`, [
    ["", "each second", "us CPU each", "of it Postgres", "engine : prototype"],
    row("events into the outbox: engine", first, engine),
    row("events into the outbox: prototype", { ...first, enrollment: 1 }, prototype),
    row("gate, provider call, settlement: engine", second, engine),
    row("claim, cap, provider call, settlement: prototype", { ...second, send: 1 }, prototype),
  ]);
  showRemark(
    `A whole run costs ${ratios.runCpuRatio} times the prototype's CPU. The sandbox, beside it, takes ${engine.sandboxCpuUsPerSend} us per call of the same two cores.`,
  );
}
