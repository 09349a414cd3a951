import { mkdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { throwAwayFolder } from "#scripts/testing/throw-away-folder.ts";
import { report } from "./engine/print.ts";
import { plantedBugs } from "./faults/planted/planted-bugs.ts";
import { judgeRun } from "./faults/run/judge-run.ts";
import { reportResult, reportRun } from "./faults/run/report.ts";
import { runFaults } from "./faults/run/run-faults.ts";
import { writeResults } from "./faults/run/write-results.ts";
import { faults } from "./faults/scenarios/index.ts";
import { smoke } from "./faults/scenarios/smoke.ts";
import { commandOf } from "./measure/fill-page.ts";

/**
 * Breaks the product in every way we can think of and compares what the provider has with what the database says (docs/reliability.md).
 * `npm run faults -- [--only F1,F5] [--seed 7 | --seeds 3] [--events 900] [--jobs 1] [--keep] [--planted] [--smoke] [--write]`
 * Without --only, --seed, --planted or --smoke it is the gate: it fails as well when it saw too few events or seeds (run/judge-run.ts).
 * --smoke: the short run of npm test, which also sees the planted bugs found.
 * --planted: bugs are put into the workers, and the run succeeds only if each of them is found.
 * --jobs: so many faults at once, each in a Postgres of its own. They share the cores, so that p95 and recovery get longer.
 * --write: what a full run saw goes into docs/reliability.md as well.
 * How to write a fault: faults/contract.ts.
 */
const { values } = parseArgs({
  options: {
    only: { type: "string" },
    seed: { type: "string" },
    seeds: { type: "string", default: "3" },
    events: { type: "string" },
    jobs: { type: "string", default: "1" },
    keep: { type: "boolean", default: false },
    planted: { type: "boolean", default: false },
    smoke: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});

const all = values.smoke ? [smoke, ...plantedBugs] : values.planted ? plantedBugs : faults;
const wanted = values.only?.toUpperCase().split(",");
const chosen = all.filter(({ id }) => !wanted || wanted.includes(id.toUpperCase()));
if (chosen.length === 0) throw new Error(`There is no fault ${values.only}.`);
const isFull = !wanted && !values.smoke && !values.planted && values.seed === undefined;
if (values.write && !isFull)
  throw new Error("--write puts the results of a full run on the page, and this is part of one.");
const seeds = seedsOf(values.smoke ? "1" : values.seed, numberOf("seeds"));
const events = values.events === undefined ? (values.smoke ? 300 : 900) : numberOf("events");
const jobs = numberOf("jobs");

const begun = performance.now();
const folder = throwAwayFolder();
const logs = values.keep ? path.join("test-results", "faults") : folder;
mkdirSync(logs, { recursive: true });
if (jobs > 1) report(`${jobs} faults at once: p95 and recovery are longer than they would be alone.`);
const runs = seeds.flatMap((seed) => chosen.map((fault) => ({ fault, seed })));
const results = await runFaults(runs, { folder, logs, events, jobs, keepsLogs: values.keep, onResult: reportResult });
if (values.keep) report(`The logs are in ${path.resolve(logs)}`);
const facts = { command: commandOf("faults"), seeds, jobs, seconds: (performance.now() - begun) / 1000 };
const verdict = judgeRun(results, { isFull });
if (values.write) writeResults(results, facts, verdict);
reportRun(results, facts, verdict);
process.exit(verdict.holds ? 0 : 1);

function seedsOf(one: string | undefined, count: number): number[] {
  return one === undefined ? Array.from({ length: count }, (_, index) => index + 1) : [Number(one)];
}

/** Throws where it is no number: a typo must not become a gate that saw nothing. */
function numberOf(name: "seeds" | "events" | "jobs"): number {
  const value = Number(values[name]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} wants a whole number, not ${values[name]}.`);
  return value;
}
