import { copyFileSync, mkdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { throwAwayFolder } from "#scripts/testing/throw-away-folder.ts";
import { report } from "./engine/print.ts";
import { plantedBugs } from "./faults/planted/planted-bugs.ts";
import { reportResult, reportRun } from "./faults/run/report.ts";
import { type FaultResult, runFault } from "./faults/run/run-fault.ts";
import { writeResults } from "./faults/run/write-results.ts";
import { faults } from "./faults/scenarios/index.ts";
import { smoke } from "./faults/scenarios/smoke.ts";
import { OwnPostgres } from "./faults/stack/own-postgres.ts";

/**
 * Breaks the product in every way we can think of and compares what the provider has with what the database says (docs/reliability.md).
 * `npm run faults -- [--only F1,F5] [--seed 7 | --seeds 3] [--events 900] [--keep] [--planted] [--smoke] [--write]`
 * --smoke: the short run of npm test, which also sees the planted bugs found.
 * --planted: bugs are put into the workers, and the run succeeds only if each of them is found.
 * --write: the table goes into docs/reliability.md as well.
 * How to write a fault: faults/contract.ts.
 */
const { values } = parseArgs({
  options: {
    only: { type: "string" },
    seed: { type: "string" },
    seeds: { type: "string", default: "3" },
    events: { type: "string" },
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
const seeds = seedsOf(values.smoke ? "1" : values.seed, Number(values.seeds));
const events = Number(values.events ?? (values.smoke ? 300 : 900));

const begun = performance.now();
const folder = throwAwayFolder();
const logs = values.keep ? path.join("test-results", "faults") : folder;
mkdirSync(logs, { recursive: true });
const postgres = await OwnPostgres.open(folder);
for (const [name, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)
  process.once(name, () => void postgres.close().then(() => process.exit(code)));

const results: FaultResult[] = [];
try {
  for (const seed of seeds) {
    for (const fault of chosen) {
      const result = await runFault(fault, { postgres, folder: logs, seed, events });
      reportResult(result);
      results.push(result);
    }
  }
} finally {
  if (values.keep) copyFileSync(path.join(folder, "postgres.log"), path.join(logs, "postgres.log"));
  await postgres.close();
}
if (values.keep) report(`The logs are in ${path.resolve(logs)}`);
if (values.write) writeResults(results, seeds);
process.exit(reportRun(results, { seeds, seconds: (performance.now() - begun) / 1000 }) ? 0 : 1);

function seedsOf(one: string | undefined, count: number): number[] {
  return one === undefined ? Array.from({ length: count }, (_, index) => index + 1) : [Number(one)];
}
