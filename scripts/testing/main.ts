import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildWeb } from "../stack/build-web.ts";
import { runProgram } from "./program.ts";
import { runStories } from "./stories.ts";
import { add, asOne, failureLines, faultTally, noTally, type Tally, tallyLine, vitestTally } from "./tally.ts";

const say = (text: string) => process.stdout.write(`${text}\n`);
const stop = new AbortController();
const { signal } = stop;
const reports = mkdtempSync(path.join(tmpdir(), "chasqui-reports-"));

type Step = { title: string; run: () => Promise<Tally> };

/** A tool whose exit code is the answer; its output is shown only when it complains. */
const tool =
  (...command: string[]) =>
  async () => {
    const { exitCode, output } = await runProgram({ command, isShown: false, signal });
    if (exitCode !== 0) say(output.trimEnd());
    return asOne(exitCode === 0, { title: path.basename(command[0] ?? ""), why: output });
  };

async function unitTests(): Promise<Tally> {
  const report = path.join(reports, "unit.json");
  const command = [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=dot",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  const { exitCode } = await runProgram({ command, isShown: true, signal });
  return vitestTally(report, exitCode);
}

/** A bank in which four things fail in turn, and two planted bugs that must be found: each counts as one test. */
async function faultSmoke(): Promise<Tally> {
  const { exitCode, output } = await runProgram({ command: ["bench/faults.ts", "--smoke"], isShown: false, signal });
  if (exitCode !== 0) say(output.trimEnd());
  return faultTally(output, exitCode);
}

/** Runs one step under its headline. A step that breaks counts as one failed, and the others still run. */
async function runStep({ title, run }: Step): Promise<Tally> {
  const startedAt = performance.now();
  say(`\n== ${title}`);
  let tally = noTally;
  try {
    tally = await run();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (!signal.aborted) say(why);
    tally = asOne(false, { title, why });
  }
  say(`-- ${title}: ${tallyLine(tally)} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
  return tally;
}

/** Everything there is to check, and the plain line at the end: the body of `npm test`. Answers the exit code. */
async function main(given: string[]): Promise<number> {
  // The operator's variables must not leak into the tests: they have ports, folder and database of their own.
  for (const name of Object.keys(process.env)) {
    if (/^(CHASQUI_.*|DATABASE_URL|PORT|DOOR_PORT|SANDBOX_PORT)$/.test(name)) delete process.env[name];
  }
  const building = buildWeb({
    logFile: path.join(reports, "build.log"),
    onStart: () => say("Building the web app beside the first steps..."),
    signal,
  });
  building.catch(() => undefined);
  const steps: Step[] = [
    { title: "types", run: tool("node_modules/typescript/bin/tsc", "--noEmit") },
    { title: "lint and format", run: tool("node_modules/@biomejs/biome/bin/biome", "ci", ".") },
    { title: "house rules", run: tool("scripts/check.ts") },
    { title: "unit and SQL tests", run: unitTests },
    { title: "fault smoke", run: faultSmoke },
    { title: "build", run: () => building.then(() => asOne(true)) },
    { title: "browser stories", run: () => runStories({ say, signal, reports, given }) },
  ];
  let total = noTally;
  for (const step of steps) {
    if (!signal.aborted) total = add(total, await runStep(step));
  }
  if (signal.aborted) say("\nInterrupted: what follows was not checked.");
  if (total.failures.length > 0) say(`\nWhat failed:\n\n${failureLines(total.failures)}`);
  say(`\n${tallyLine(total)}`);
  return total.failed > 0 || signal.aborted ? 1 : 0;
}

for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => stop.abort());
const exitCode = await main(process.argv.slice(2));
rmSync(reports, { recursive: true, force: true });
process.exit(exitCode);
