import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "#scripts/stack/run-once.ts";
import { machine } from "../../engine/machine.ts";
import { type FaultLine, linesOf } from "./report.ts";
import type { FaultResult } from "./run-fault.ts";

const page = path.join(root, "docs", "reliability.md");
const [begin, end] = ["<!-- results: npm run faults -- --write -->", "<!-- end of results -->"];

const headings = [
  "fault",
  "events",
  "messages",
  "lost",
  "doubled",
  "doubled, marked",
  "unknown",
  "over cap",
  "against consent",
  "recovery s",
  "p95 ms before / during / after",
  "MB",
  "",
];

/** Puts the table of a run between its marks in docs/reliability.md. */
export function writeResults(results: readonly FaultResult[], seeds: readonly number[]): void {
  const text = readFileSync(page, "utf8");
  const [before, rest] = text.split(begin);
  const [, after] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined) throw new Error(`The marks for the results are gone from ${page}.`);
  const lines = linesOf(results);
  const parts = [sentence(lines, seeds), "", row(headings), row(headings.map(() => "---")), ...lines.map(rowOf)];
  writeFileSync(page, `${before}${begin}\n${parts.join("\n")}\n${end}${after}`);
}

function sentence(lines: readonly FaultLine[], seeds: readonly number[]): string {
  const { commit, cpu, cores, load, node } = machine();
  const events = lines.reduce((sum, line) => sum + line.events, 0);
  const day = new Date().toISOString().slice(0, 10);
  return `${events.toLocaleString("en")} events, seeds ${seeds.join(", ")}, commit ${commit}, ${day}; ${cores} cores (${cpu}), node ${node}, load ${load} at the end.`;
}

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
const or = (value: number | null) => value ?? "-";

const rowOf = (line: FaultLine): string =>
  row([
    `${line.id} ${line.title}`,
    line.events,
    line.messages,
    line.lost,
    line.doubled,
    line.flagged,
    line.unknown,
    line.overCap,
    line.consent,
    or(line.recoverySeconds),
    line.p95.map(or).join(" / "),
    line.megabytes,
    line.skipped ? `skipped: ${line.skipped}` : line.failures > 0 ? "**not held**" : "held",
  ]);
