import { machine } from "../../engine/machine.ts";
import { print, printTable, report } from "../../engine/print.ts";
import { linesOf, tableOf } from "./fault-line.ts";
import { type RunVerdict, totalsOf } from "./judge-run.ts";
import type { FaultResult } from "./run-fault.ts";

const shown = 12;
/** Of a planted bug it is enough to see that it was found. */
const shownOfFound = 2;

/** One line per fault while it runs, with what is wrong below it and where the time went. */
export function reportResult(result: FaultResult): void {
  const { id, title, seed, seconds, phases, skipped, broken, notes, hasPassed } = result;
  if (skipped) {
    report(`-    ${id} ${title}: skipped, ${skipped}`);
    return;
  }
  const own = Object.entries(notes).map(([name, value]) => `${name} ${value}`);
  report(`${hasPassed ? "ok  " : "FAIL"} ${id} ${title} (seed ${seed}, ${seconds.toFixed(1)} s) ${own.join(", ")}`);
  report(`     seconds: ${phases}`);
  for (const { invariant, kind, subject, what } of broken.slice(0, hasPassed ? shownOfFound : shown))
    report(`     ${invariant} ${kind} ${subject}: ${what}`);
  if (broken.length > shown && !hasPassed) report(`     and ${broken.length - shown} more`);
}

/** How a run was made, so that somebody can make it again. */
export type RunFacts = { command: string; seeds: readonly number[]; jobs: number; seconds: number };

/** The table of a whole run, what it says, and as the last line one JSON object. */
export function reportRun(results: readonly FaultResult[], facts: RunFacts, { holds, sentences }: RunVerdict): void {
  printTable(tableOf(linesOf(results)));
  for (const sentence of sentences) print(sentence);
  const seconds = Math.round(facts.seconds);
  print(JSON.stringify({ bench: "faults", ...totalsOf(results), ...facts, seconds, holds, ...machine() }));
}
