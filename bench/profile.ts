import { mkdirSync, statSync } from "node:fs";
import path from "node:path";
import type { BenchStack } from "./engine/bench-stack.ts";
import { approveTemplate, buildWorld, queueEvents } from "./engine/bench-world.ts";
import { drainQueue, emptyOutbox, type PhaseFigures } from "./engine/phases.ts";
import { sides } from "./engine/sides.ts";
import { flag, option } from "./measure/options.ts";
import { runBench } from "./measure/run-bench.ts";
import { round } from "./measure/statistics.ts";
import { showTable } from "./measure/tables.ts";
import { readCpuProfile } from "./profile/read-cpu-profile.ts";
import { resetCosts, statementCosts, tableWrites } from "./profile/statement-costs.ts";
import { cpuSettings, readStatementCpu } from "./profile/statement-cpu.ts";

/**
 * Where the CPU goes, per enrollment and per send: own time of our process by part of the code (node --cpu-prof), each statement
 * as Postgres timed it (pg_stat_statements), and the rows and index entries written.
 * `npm run bench:profile -- [--events 20000] [--prototype] [--cpu]`
 * With --prototype: the same of the bare prototype that `bench:engine` compares with. With --cpu: each statement by the CPU that the
 * kernel counts for it, which does not hold what it waits for; Postgres then writes a log of it, which makes everything dearer.
 */
const events = option("events", 20_000);
const side = sides[flag("prototype") ? "prototype" : "engine"];

await runBench("profile", profile, [
  "shared_preload_libraries=pg_stat_statements",
  "pg_stat_statements.track=all",
  "pg_stat_statements.track_planning=on",
  "autovacuum=off",
  ...(flag("cpu") ? cpuSettings : []),
]);

async function profile(stack: BenchStack) {
  const sandbox = await stack.startSandbox();
  await stack.control("schedule", { sent_ms: null, delivered_ms: null, read_ms: null });
  await approveTemplate(stack);
  const { world, contacts } = await buildWorld(stack, events);
  await queueEvents(stack, world, contacts);
  const { pool } = stack.database;
  await pool.query("vacuum analyze");

  const enrollment = await measured(stack, "enrollment", (node) =>
    drainQueue(stack, { program: side.fill, events, batch: 1000, node }),
  );
  const send = await measured(stack, "send", (node) =>
    emptyOutbox(stack, { program: side.empty, events, sandbox, node }),
  );
  return { events, enrollment, send };
}

async function measured(
  stack: BenchStack,
  what: string,
  phase: (node: readonly string[]) => Promise<PhaseFigures>,
): Promise<Record<string, number>> {
  const { pool } = stack.database;
  const folder = path.join(stack.folder, `profile-${what}`);
  mkdirSync(folder);
  await resetCosts(pool);
  const logFile = path.join(stack.folder, "postgres", "postgres.log");
  const begun = flag("cpu") ? statSync(logFile).size : 0;
  const figures = await phase(["--cpu-prof", `--cpu-prof-dir=${folder}`]);
  showProcess(what, folder);
  if (flag("cpu")) await showCpu(logFile, begun, what);
  await showStatements(stack, what);
  await showWrites(stack, what);
  return { clientUs: round(figures.clientUs), postgresUs: round(figures.postgresUs) };
}

function showProcess(what: string, folder: string): void {
  const { parts, functions } = readCpuProfile(folder);
  const each = (us: number) => round(us / events, 1);
  showTable(`Our process, own time in us per ${what}, by part`, [
    ["part", "us"],
    ...parts.slice(0, 14).map(({ name, us }) => [name, each(us)]),
  ]);
  showTable(`Our process, own time in us per ${what}, the dearest functions`, [
    ["function", "us"],
    ...functions.slice(0, 24).map(({ name, us }) => [name, each(us)]),
  ]);
}

async function showStatements(stack: BenchStack, what: string): Promise<void> {
  const costs = await statementCosts(stack.database.pool);
  showTable(`Postgres, per ${what}, by statement`, [
    ["statement", "calls", "rows per call", "us", "of it planning", "plans", "buffers", "WAL bytes"],
    ...costs
      .filter(({ ms }) => (ms * 1000) / events >= 0.2)
      .map(({ text, calls, rows, ms, plans, planMs, blocks, wal }) => [
        text.slice(0, 60).replaceAll("|", "/"),
        calls,
        round(rows / calls),
        round((ms * 1000) / events, 1),
        round((planMs * 1000) / events, 1),
        plans,
        round(blocks / events, 1),
        round(wal / events),
      ]),
  ]);
}

async function showCpu(logFile: string, begun: number, what: string): Promise<void> {
  const each = (us: number) => round(us / events, 1);
  const costs = await readStatementCpu(logFile, begun);
  const all = costs.reduce((sum, { bindUs, runUs }) => sum + bindUs + runUs, 0);
  showTable(`Postgres, CPU in us per ${what}, by statement`, [
    ["statement", "calls", "parameters and planning", "running"],
    ...costs
      .slice(0, 24)
      .map(({ text, calls, bindUs, runUs }) => [
        text.slice(0, 60).replaceAll("|", "/"),
        calls,
        each(bindUs),
        each(runUs),
      ]),
    ["all of them", costs.reduce((sum, { calls }) => sum + calls, 0), "", each(all)],
  ]);
}

async function showWrites(stack: BenchStack, what: string): Promise<void> {
  const each = (count: number) => round(count / events, 2);
  const writes = await tableWrites(stack.database.pool);
  showTable(`Rows written per ${what}`, [
    ["table", "inserted", "updated", "of it HOT", "deleted", "indexes", "index entries"],
    ...writes.map(({ name, inserted, updated, hot, deleted, indexes }) => [
      name,
      each(inserted),
      each(updated),
      each(hot),
      each(deleted),
      indexes,
      each((inserted + updated - hot) * indexes),
    ]),
  ]);
}
