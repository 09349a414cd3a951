import type { ChildProcess } from "node:child_process";
import type { BenchStack } from "./engine/bench-stack.ts";
import { approveTemplate, buildWorld, queueEvents } from "./engine/bench-world.ts";
import { killWorkers } from "./engine/kill-workers.ts";
import { cleanUp, drainQueue, emptyOutbox, type PhaseFigures } from "./engine/phases.ts";
import { report } from "./engine/print.ts";
import { compareRows, difference, type RowsWritten, rowsWritten } from "./engine/rows-written.ts";
import { type Side, sides } from "./engine/sides.ts";
import { flag, option } from "./measure/options.ts";
import { runBench } from "./measure/run-bench.ts";
import { median, quantile, round } from "./measure/statistics.ts";
import { showRemark, showTable } from "./measure/tables.ts";

/**
 * How fast the engine is: events through match, condition, split, gate and outbox to the sandbox, beside a bare-bones prototype that
 * writes the same rows (which is counted), in rounds that take turns. CPU is our process and Postgres together, with what Postgres
 * does later because of a side's rows: each side begins with clean tables and ends with them cleaned. The two sides of one round are
 * compared with each other, since the machine is the same then; the ratio is the median of the rounds', shown with its quartiles.
 * `npm run bench:engine -- [--events 20000] [--rounds 6] [--batch 1000] [--kill]`
 * With --kill: kill -9 of the worker in the middle, three times, and what must hold afterwards.
 */
const events = option("events", 20_000);
/** An even number gives each side the first turn equally often. */
const rounds = option("rounds", 6);
const batch = option("batch", 1000);

type Round = { side: Side; fill: PhaseFigures; empty: PhaseFigures; cleanUs: number; rows: RowsWritten };

const costs = {
  enrollment: ({ fill }: Round) => fill.clientUs + fill.postgresUs,
  send: ({ empty }: Round) => empty.clientUs + empty.postgresUs,
  cleaning: ({ cleanUs }: Round) => cleanUs,
  run: (each: Round) => costs.enrollment(each) + costs.send(each) + costs.cleaning(each),
};
type Cost = keyof typeof costs;

await runBench(
  "engine",
  async (stack) => {
    const sandbox = await stack.startSandbox();
    await stack.control("schedule", { sent_ms: null, delivered_ms: null, read_ms: null });
    await approveTemplate(stack);
    return flag("kill") ? killWorkers(stack, events) : measure(stack, sandbox);
  },
  // Asked for and measured after each turn: one that began by itself would fall into the turn of either side.
  ["autovacuum=off"],
);

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
  const ratios = ratiosOf(of("engine"), of("prototype"));
  const [engine, prototype] = [figuresOf(of("engine")), figuresOf(of("prototype"))];
  show(engine, prototype, ratios);
  compareRows(
    of("engine").map(({ rows }) => rows),
    of("prototype").map(({ rows }) => rows),
    events,
  );
  return { events, rounds, batch, engine, prototype, ratios };
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
  const rows = difference(before, await rowsWritten(stack));
  return { side, fill, empty, cleanUs: await cleanUp(stack, events), rows };
}

/** The quarter, the half and three quarters of what was measured. */
function quartersOf(values: readonly number[], digits: number): number[] {
  return [quantile(values, 0.25), median(values), quantile(values, 0.75)].map((value) => round(value, digits));
}

/** Engine to prototype, within each round. */
function ratiosOf(engine: readonly Round[], prototype: readonly Round[]): Record<Cost, number[]> {
  const of = (cost: Cost) =>
    quartersOf(
      engine.flatMap((each, turn) => {
        const other = prototype[turn];
        return other ? [costs[cost](each) / costs[cost](other)] : [];
      }),
      2,
    );
  return { enrollment: of("enrollment"), send: of("send"), cleaning: of("cleaning"), run: of("run") };
}

function figuresOf(results: readonly Round[]) {
  const middle = (pick: (result: Round) => number) => Math.round(median(results.map(pick)));
  const quarters = (cost: Cost) => quartersOf(results.map(costs[cost]), 0);
  return {
    enrollmentsPerSecond: middle(({ fill }) => fill.perSecond),
    enrollment: quarters("enrollment"),
    postgresUsPerEnrollment: middle(({ fill }) => fill.postgresUs),
    sendsPerSecond: middle(({ empty }) => empty.perSecond),
    send: quarters("send"),
    postgresUsPerSend: middle(({ empty }) => empty.postgresUs),
    cleaning: quarters("cleaning"),
    run: quarters("run"),
    sandboxUsPerSend: middle(({ empty }) => empty.sandboxUs),
  };
}

type SideFigures = ReturnType<typeof figuresOf>;

/** "141 (138 to 150)" */
function spread([low = 0, middle = 0, high = 0]: readonly number[]): string {
  return `${middle} (${low} to ${high})`;
}

function show(engine: SideFigures, prototype: SideFigures, ratios: Record<Cost, number[]>): void {
  const pair = (title: string, cost: Cost, of: (each: SideFigures) => (string | number)[]) => [
    [`${title}: engine`, ...of(engine).slice(0, 1), spread(engine[cost]), ...of(engine).slice(1), spread(ratios[cost])],
    [`${title}: prototype`, ...of(prototype).slice(0, 1), spread(prototype[cost]), ...of(prototype).slice(1), 1],
  ];
  showTable(`Medians (and quartiles) of ${rounds} rounds of ${events.toLocaleString("en")} events`, [
    ["", "each second", "us CPU each", "of it Postgres", "engine : prototype"],
    ...pair("events into the outbox", "enrollment", (each) => [
      each.enrollmentsPerSecond,
      each.postgresUsPerEnrollment,
    ]),
    ...pair("gate, provider call, settlement", "send", (each) => [each.sendsPerSecond, each.postgresUsPerSend]),
    ...pair("vacuum and checkpoint afterwards", "cleaning", (each) => ["", each.cleaning[1] ?? 0]),
    ...pair("a whole run", "run", () => ["", ""]),
  ]);
  showRemark(
    `A whole run costs ${ratios.run[1]} times the prototype's CPU (${ratios.run[0]} to ${ratios.run[2]} in half of the rounds). The sandbox, beside it, takes ${engine.sandboxUsPerSend} us per call of the same two cores.`,
  );
}
