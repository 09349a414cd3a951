import { mkdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { throwAwayFolder } from "#scripts/testing/throw-away-folder.ts";
import { report } from "./engine/print.ts";
import { areFound, plantedBugs } from "./faults/planted/planted-bugs.ts";
import { reportResult, reportRun } from "./faults/run/report.ts";
import { type FaultResult, runFault } from "./faults/run/run-fault.ts";
import { faults } from "./faults/scenarios/index.ts";
import { OwnPostgres } from "./faults/stack/own-postgres.ts";

/**
 * Breaks the product in every way we can think of and compares what the provider has with what the database says (docs/reliability.md).
 * `npm run faults -- [--only F1,F5] [--seed 7 | --seeds 3] [--events 900] [--keep] [--planted]`
 * --planted: bugs are put into the workers, and the run succeeds only if each of them is found.
 * How to write a fault: faults/contract.ts.
 */
const { values } = parseArgs({
  options: {
    only: { type: "string" },
    seed: { type: "string" },
    seeds: { type: "string", default: "3" },
    events: { type: "string", default: "900" },
    keep: { type: "boolean", default: false },
    planted: { type: "boolean", default: false },
  },
});

const wanted = values.only?.toUpperCase().split(",");
const all = values.planted ? plantedBugs.map(({ fault }) => fault) : faults;
const chosen = all.filter(({ id }) => !wanted || wanted.includes(id.toUpperCase()));
if (chosen.length === 0) throw new Error(`There is no fault ${values.only}.`);
const seeds = values.seed
  ? [Number(values.seed)]
  : Array.from({ length: Number(values.seeds) }, (_, index) => index + 1);

const begun = performance.now();
const folder = throwAwayFolder();
const logs = values.keep ? path.join("test-results", "faults") : folder;
mkdirSync(logs, { recursive: true });
const postgres = await OwnPostgres.open(folder);
const results: FaultResult[] = [];
process.once("SIGINT", () => void stop(130));
process.once("SIGTERM", () => void stop(143));
try {
  for (const seed of seeds) {
    for (const fault of chosen) {
      const result = await runFault(fault, { postgres, folder: logs, seed, events: Number(values.events) });
      reportResult(result);
      results.push(result);
    }
  }
} finally {
  await postgres.close();
}
if (values.keep) report(`The logs are in ${path.resolve(logs)}`);
const held = reportRun(results, { seeds, seconds: (performance.now() - begun) / 1000 });
process.exit((values.planted ? areFound(results) : held) ? 0 : 1);

async function stop(code: number): Promise<void> {
  await postgres.close();
  process.exit(code);
}
