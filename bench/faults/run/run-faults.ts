import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import type { Fault } from "../contract.ts";
import { compileAhead } from "../stack/compile-ahead.ts";
import { OwnPostgres } from "../stack/own-postgres.ts";
import { type FaultResult, runFault } from "./run-fault.ts";

export type FaultRun = { fault: Fault; seed: number };

export type RunFaultsPlan = {
  /** Ours alone; goes with the harness. */
  folder: string;
  /** Where the processes of each run write. */
  logs: string;
  events: number;
  /** How many run at once. Faults crash, stop and fill up their Postgres: each job has one of its own. */
  jobs: number;
  keepsLogs: boolean;
  /** Called in the order of the runs. */
  onResult: (result: FaultResult) => void;
};

/** Runs all of them and answers their results in the same order. Nothing is left running, also after Ctrl-C. */
export async function runFaults(runs: readonly FaultRun[], plan: RunFaultsPlan): Promise<FaultResult[]> {
  const servers: OwnPostgres[] = [];
  const closeAll = () => Promise.all(servers.map((postgres) => postgres.close()));
  endOnSignal(closeAll);
  try {
    const folders = Array.from({ length: Math.min(plan.jobs, runs.length) }, (_, job) => folderOf(plan, job));
    // One after the other: initdb and the migrations are work, and the first run may begin beside the second one's.
    for (const folder of folders) servers.push(await OwnPostgres.open(folder));
    const compiled = path.join(plan.folder, "compiled");
    await compileAhead(compiled);
    return await share(runs, servers, { ...plan, compiled });
  } finally {
    if (plan.keepsLogs) keepLogs(servers, plan.logs);
    await closeAll();
  }
}

/** Whoever is free takes the next one; results wait until those before them are there. */
async function share(
  runs: readonly FaultRun[],
  servers: readonly OwnPostgres[],
  { logs, compiled, events, onResult }: RunFaultsPlan & { compiled: string },
): Promise<FaultResult[]> {
  const results: FaultResult[] = [];
  const open = [...runs.entries()];
  let told = 0;
  const work = async (postgres: OwnPostgres) => {
    for (let next = open.shift(); next; next = open.shift()) {
      const [place, { fault, seed }] = next;
      results[place] = await runFault(fault, { postgres, folder: logs, compiled, seed, events });
      for (let result = results[told]; result; result = results[told]) {
        told += 1;
        onResult(result);
      }
    }
  };
  await Promise.all(servers.map(work));
  return results;
}

function folderOf({ folder, jobs }: RunFaultsPlan, job: number): string {
  if (jobs === 1) return folder;
  const own = path.join(folder, `job-${job + 1}`);
  mkdirSync(own, { recursive: true });
  return own;
}

function keepLogs(servers: readonly OwnPostgres[], logs: string): void {
  for (const [job, { folder }] of servers.entries()) {
    const log = path.join(folder, "postgres.log");
    if (existsSync(log)) copyFileSync(log, path.join(logs, job === 0 ? "postgres.log" : `postgres-${job + 1}.log`));
  }
}

function endOnSignal(close: () => Promise<unknown>): void {
  for (const [name, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)
    process.once(name, () => void close().then(() => process.exit(code)));
}
