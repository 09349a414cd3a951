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
    // One after the other: initdb and the migrations leave no core idle.
    for (const folder of folders) servers.push(await OwnPostgres.open(folder));
    const compiled = path.join(plan.folder, "compiled");
    await compileAhead(compiled);
    const results = new Map<FaultRun, FaultResult>();
    const runOn = async (run: FaultRun, postgres: OwnPostgres) => {
      const { logs: folder, events } = plan;
      results.set(run, await runFault(run.fault, { postgres, folder, compiled, seed: run.seed, events }));
    };
    const parts = plan.jobs === 1 ? [runs] : [runs.filter(isPatient), runs.filter((run) => !isPatient(run))];
    for (const [part, order] of parts.entries()) {
      const tell = inOrder(order, results, plan.onResult);
      const able = part === 0 ? servers : servers.slice(0, 1);
      await share(order, able, (run, postgres) => runOn(run, postgres).then(tell));
    }
    return runs.flatMap((run) => results.get(run) ?? []);
  } finally {
    if (plan.keepsLogs) keepLogs(servers, plan.logs);
    await closeAll();
  }
}

/** Whose promises hold also beside others. The rest is run alone, after them. */
const isPatient = ({ fault }: FaultRun): boolean => !fault.isTimed;

/** Whoever is free takes the next one. A fault is never under way twice: its file may hold what it has put up. */
export async function share<Place>(
  runs: readonly FaultRun[],
  places: readonly Place[],
  work: (run: FaultRun, place: Place) => Promise<void>,
): Promise<void> {
  const open = [...runs];
  const underWay = new Set<Fault>();
  const next = () => {
    const at = open.findIndex(({ fault }) => !underWay.has(fault));
    return at < 0 ? undefined : open.splice(at, 1)[0];
  };
  const serve = async (place: Place) => {
    for (let run = next(); run; run = next()) {
      underWay.add(run.fault);
      await work(run, place);
      underWay.delete(run.fault);
    }
  };
  await Promise.all(places.map(serve));
}

/** Tells each result once, when all before it are there. */
function inOrder(
  runs: readonly FaultRun[],
  results: ReadonlyMap<FaultRun, FaultResult>,
  onResult: (result: FaultResult) => void,
): () => void {
  const untold = [...runs];
  return () => {
    for (let result = resultOfFirst(); result; result = resultOfFirst()) {
      untold.shift();
      onResult(result);
    }
  };
  function resultOfFirst(): FaultResult | undefined {
    return untold[0] && results.get(untold[0]);
  }
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
