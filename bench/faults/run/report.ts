import { machine } from "../../engine/machine.ts";
import { print, printTable, report } from "../../engine/print.ts";
import type { FaultResult } from "./run-fault.ts";

const shown = 12;
/** Of a planted bug it is enough to see that it was found. */
const shownOfFound = 2;

/** One line per fault while it runs, with what is wrong below it. */
export function reportResult(result: FaultResult): void {
  const { id, title, seed, seconds, skipped, broken, notes, hasPassed } = result;
  if (skipped) {
    report(`-    ${id} ${title}: skipped, ${skipped}`);
    return;
  }
  const own = Object.entries(notes).map(([name, value]) => `${name} ${value}`);
  report(`${hasPassed ? "ok  " : "FAIL"} ${id} ${title} (seed ${seed}, ${seconds.toFixed(1)} s) ${own.join(", ")}`);
  for (const { invariant, kind, subject, what } of broken.slice(0, hasPassed ? shownOfFound : shown))
    report(`     ${invariant} ${kind} ${subject}: ${what}`);
  if (broken.length > shown && !hasPassed) report(`     and ${broken.length - shown} more`);
}

/** What all seeds of one fault came to. */
export type FaultLine = {
  id: string;
  title: string;
  seeds: number;
  events: number;
  messages: number;
  lost: number;
  doubled: number;
  flagged: number;
  unknown: number;
  overCap: number;
  consent: number;
  failures: number;
  recoverySeconds: number | null;
  p95: readonly [number | null, number | null, number | null];
  megabytes: number;
  skipped: string | null;
};

export function linesOf(results: readonly FaultResult[]): FaultLine[] {
  return [...new Set(results.map(({ id }) => id))].map((id) => lineOf(results.filter((result) => result.id === id)));
}

function lineOf(runs: readonly FaultResult[]): FaultLine {
  const [first] = runs;
  const sum = (measure: (run: FaultResult) => number) => runs.reduce((total, run) => total + measure(run), 0);
  const worst = (measure: (run: FaultResult) => number | null) =>
    runs.reduce<number | null>((most, run) => {
      const value = measure(run);
      return value === null || (most !== null && most >= value) ? most : value;
    }, null);
  return {
    id: first?.id ?? "",
    title: first?.title ?? "",
    seeds: runs.filter(({ skipped }) => skipped === null).length,
    events: sum(({ events }) => events),
    messages: sum(({ messages }) => messages),
    lost: sum(({ counts }) => counts.lost),
    doubled: sum(({ counts }) => counts.doubled),
    flagged: sum(({ counts }) => counts.flagged),
    unknown: sum(({ counts }) => counts.unknown),
    overCap: sum(({ counts }) => counts["over-cap"]),
    consent: sum(({ counts }) => counts.consent),
    failures: sum(({ hasPassed }) => (hasPassed ? 0 : 1)),
    recoverySeconds: worst(({ recoverySeconds }) => recoverySeconds),
    p95: [
      worst(({ latency }) => latency.before),
      worst(({ latency }) => latency.during),
      worst(({ latency }) => latency.after),
    ],
    megabytes: worst(({ megabytes }) => megabytes) ?? 0,
    skipped: runs.every(({ skipped }) => skipped !== null) ? (first?.skipped ?? null) : null,
  };
}

const headings = [
  "fault",
  "events",
  "messages",
  "lost",
  "doubled",
  "flagged",
  "unknown",
  "over cap",
  "consent",
  "recovery s",
  "p95 before",
  "during",
  "after ms",
  "MB",
  "",
];
const or = (value: number | null) => value ?? "-";

/** The table of a whole run, and as the last line one JSON object. Answers whether everything held. */
export function reportRun(
  results: readonly FaultResult[],
  facts: { seeds: readonly number[]; seconds: number },
): boolean {
  const lines = linesOf(results);
  printTable([headings, ...lines.map(rowOf)]);
  const total = (measure: (line: FaultLine) => number) => lines.reduce((sum, line) => sum + measure(line), 0);
  const holds = total(({ failures }) => failures) === 0;
  const figures = {
    bench: "faults",
    ...facts,
    seconds: Math.round(facts.seconds),
    faults: lines.filter(({ skipped }) => skipped === null).length,
    skipped: lines.filter(({ skipped }) => skipped !== null).map(({ id }) => id),
    events: total(({ events }) => events),
    messages: total(({ messages }) => messages),
    lost: total(({ lost }) => lost),
    doubled: total(({ doubled }) => doubled),
    flagged: total(({ flagged }) => flagged),
    unknown: total(({ unknown }) => unknown),
    overCap: total(({ overCap }) => overCap),
    consent: total(({ consent }) => consent),
    runsPassed: results.filter(({ hasPassed, skipped }) => hasPassed && skipped === null).length,
    runsFailed: results.filter(({ hasPassed }) => !hasPassed).length,
    failed: lines.filter(({ failures }) => failures > 0).map(({ id }) => id),
    holds,
    ...machine(),
  };
  print(holds ? "Every promise held." : `NOT HELD: ${figures.failed.join(", ")}`);
  print(JSON.stringify(figures));
  return holds;
}

const rowOf = (line: FaultLine): (string | number)[] => [
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
  ...line.p95.map(or),
  line.megabytes,
  line.skipped ? `skipped: ${line.skipped}` : line.failures > 0 ? "FAILED" : "ok",
];
