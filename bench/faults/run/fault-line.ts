import type { FaultResult } from "./run-fault.ts";

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
  p95: readonly [before: number | null, during: number | null, after: number | null];
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
  "doubled, marked",
  "unknown",
  "over cap",
  "against consent",
  "recovery s",
  "p95 ms before / during / after",
  "MB",
  "",
];

/** The lines as a table, its head first: the same on screen and on the page. */
export const tableOf = (lines: readonly FaultLine[]): (string | number)[][] => [headings, ...lines.map(rowOf)];

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
  line.p95.map(or).join(" / "),
  line.megabytes,
  line.skipped ? `skipped: ${line.skipped}` : line.failures > 0 ? "NOT HELD" : "held",
];

const or = (value: number | null) => value ?? "-";
