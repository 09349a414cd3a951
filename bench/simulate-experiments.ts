import path from "node:path";
import { print } from "./engine/print.ts";
import { byRows } from "./experiments/by-rows.ts";
import { type Figure, holds } from "./experiments/simulation.ts";
import { numberOf, play, simulations } from "./experiments/simulations.ts";
import { commandOf, fillPage, today } from "./measure/fill-page.ts";
import { flag, option } from "./measure/options.ts";
import { markdownTable } from "./measure/tables.ts";
import { createDatabaseAnywhere } from "./own-database.ts";

/**
 * Plays worlds of which the truth is known, and holds the statistics against it. What is claimed of rows is played in a Postgres of its own,
 * or in a new database on the one at TEST_DATABASE_URL.
 * `npm run simulate:experiments -- [--seed 1] [--quick] [--only S15,S17] [--write]`: exits 1 where a figure lies outside its band;
 * `--write` puts the table of all of them into docs/experiments.md. Each has a world of its own, so one alone comes out as among all.
 */
const seed = option("seed", 1);
const quick = flag("quick");
const named = process.argv.indexOf("--only");
const only = named < 0 ? null : (process.argv[named + 1] ?? "").split(",");
const rows: (string | number)[][] = [["", "simulation", "runs", "figure", "came", "band", "", "s"]];
const plain: Record<string, Record<string, number>> = {};
let failed = 0;

const database = await createDatabaseAnywhere();
const played = [
  ...simulations.map((one) => ({ ...one, figures: async () => play(one, { seed, quick }) })),
  ...byRows.map((one) => ({ ...one, figures: () => one.play(database, { runs: quick ? one.quick : one.runs, seed }) })),
]
  .filter(({ id }) => only?.includes(id) ?? true)
  .toSorted((one, other) => numberOf(one) - numberOf(other));

for (const simulation of played) {
  const begun = performance.now();
  const figures = await simulation.figures();
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  for (const [at, seen] of figures.entries()) {
    const isHeld = holds(seen);
    if (!isHeld) failed += 1;
    const first = at === 0;
    const runs = quick ? simulation.quick : simulation.runs;
    const row = [first ? simulation.id : "", first ? simulation.title : "", first ? runs : "", seen.what];
    rows.push([...row, shown(seen, seen.value), bandOf(seen), isHeld ? "held" : "NOT HELD", first ? seconds : ""]);
    print(
      `${simulation.id.padEnd(4)} ${seen.what}: ${shown(seen, seen.value)} (${bandOf(seen)}) ${isHeld ? "" : "NOT HELD"}`,
    );
  }
  plain[simulation.id] = Object.fromEntries(figures.map(({ what, value }) => [what, value]));
}

await database.drop();

if (flag("write") && !only) {
  const page = path.join(import.meta.dirname, "..", "docs", "experiments.md");
  const how = `\`${commandOf("simulate:experiments")}\`, ${today()}, seed ${seed}.`;
  fillPage(page, ["<!-- simulations -->", "<!-- /simulations -->"], `${how}\n\n${markdownTable(rows)}`);
}
print(`${failed === 0 ? "All figures lie in their bands." : `${failed} figures lie outside their bands.`}`);
print(JSON.stringify({ seed, quick, failed, figures: plain }));
if (failed > 0) process.exitCode = 1;

function shown({ as }: Figure, value: number): string {
  if (as === "share") return `${(value * 100).toFixed(value < 0.01 && value > 0 ? 2 : 1)} %`;
  return Number.isInteger(value) ? value.toLocaleString("en") : value.toFixed(3);
}

function bandOf(seen: Figure): string {
  return `${shown(seen, seen.from)} to ${shown(seen, seen.to)}`;
}
