import path from "node:path";
import { root } from "#scripts/stack/run-once.ts";
import { machine } from "../../engine/machine.ts";
import { fillPage, today } from "../../measure/fill-page.ts";
import { markdownTable } from "../../measure/tables.ts";
import { linesOf, tableOf } from "./fault-line.ts";
import { counted, type RunVerdict, totalsOf } from "./judge-run.ts";
import type { RunFacts } from "./report.ts";
import type { FaultResult } from "./run-fault.ts";

const page = path.join(root, "docs", "reliability.md");
const marks = ["<!-- results: npm run faults -- --write -->", "<!-- end of results -->"] as const;

/** Puts what a full run saw between its marks in docs/reliability.md. */
export function writeResults(results: readonly FaultResult[], facts: RunFacts, verdict: RunVerdict, file = page): void {
  const about = aboutRun(results, facts);
  fillPage(file, marks, [...verdict.sentences, about, markdownTable(tableOf(linesOf(results)))].join("\n\n"));
}

/** Everything that somebody needs to run it again and compare. */
function aboutRun(results: readonly FaultResult[], { seeds, jobs, seconds, command }: RunFacts): string {
  const { events, messages, faults, skipped } = totalsOf(results);
  const { commit, cpu, cores, load, node } = machine();
  const sentences = [
    `${counted(events)} events, ${counted(messages)} messages at the provider, ${faults} faults, seeds ${seeds.join(", ")}, ${inMinutes(seconds)}.`,
    `\`${command}\`, ${today()}, commit ${commit}; ${cores} cores (${cpu}), Node ${node}, load ${load} at the end.`,
  ];
  if (skipped.length > 0) sentences.push(`Skipped on this machine: ${skipped.join(", ")}.`);
  if (jobs > 1) sentences.push(`${jobs} faults ran at once: recovery and p95 are longer than they would be alone.`);
  return sentences.join(" ");
}

function inMinutes(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes >= 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes} min`;
}
