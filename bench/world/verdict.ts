import { printTable } from "../engine/print.ts";
import type { Agreement } from "./agree.ts";
import { type Comparison, holds, type Interval } from "./truths.ts";

/** Prints both tables and answers what is wrong: counts that differ, and truths outside of the strict interval. */
export function judgeWorld(truths: readonly Comparison[], counts: readonly Agreement[]): string[] {
  printTable([
    ["", "truth", "found", "95 %", "n", ""],
    ...truths.map(({ what, truth, found, n, usual, strict }) => [
      what,
      percent(truth),
      found === null ? "-" : percent(found),
      range(usual),
      n.toLocaleString("en"),
      holds(usual, truth) ? "within" : holds(strict, truth) ? "beyond 95 %, within strict" : "MISSED",
    ]),
  ]);
  printTable([
    ["", "at the doors", "in the bank"],
    ...counts.map(({ what, atTheDoors, inTheBank }) => [
      what,
      atTheDoors.toLocaleString("en"),
      inTheBank.toLocaleString("en"),
    ]),
  ]);
  return [
    ...truths
      .filter(({ strict, truth }) => !holds(strict, truth))
      .map(({ what }) => `${what}: the truth is outside of the interval.`),
    ...counts
      .filter(({ atTheDoors, inTheBank }) => atTheDoors !== inTheBank)
      .map(({ what, atTheDoors, inTheBank }) => `${what}: ${atTheDoors} at the doors, ${inTheBank} in the bank.`),
  ];
}

const percent = (value: number): string => `${(100 * value).toFixed(2)} %`;
const range = ([low, high]: Interval): string =>
  low === null || high === null ? "no bounds yet" : `${percent(low)} to ${percent(high)}`;
