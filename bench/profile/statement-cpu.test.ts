import { mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { readStatementCpu } from "./statement-cpu.ts";

const at = (backend: number) => `2026-12-01 09:17:38.869 UTC [${backend}] `;

/** What Postgres 18 writes of one message. */
const entry = (kind: string, user: string, system: string, statement: string) => `${at(1)}LOG:  ${kind} STATISTICS
${at(1)}DETAIL:  ! system usage stats:
\t!\t${user} s user, ${system} s system, 0.900000 s elapsed
\t!\t[0.017263 s user, 0.000000 s system total]
\t!\t0/0 [1/3] voluntary/involuntary context switches
${at(1)}STATEMENT:  ${statement}
`;

const log = [
  `${at(1)}LOG:  database system is ready to accept connections\n`,
  entry("BIND MESSAGE", "0.000100", "0.000020", "\n\t    select a\n\t    from b"),
  entry("EXECUTE MESSAGE", "0.000300", "0.000000", "\n\t    select a\n\t    from b"),
  `${at(2)}WARNING:  something else\n`,
  entry("EXECUTE MESSAGE", "0.000500", "0.000100", "\n\t    select a\n\t    from b"),
  entry("QUERY", "0.000010", "0.000000", "begin"),
];

function fileOf(entries: readonly string[]): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "statement-cpu-")), "postgres.log");
  writeFileSync(file, entries.join(""));
  return file;
}

const rounded = async (file: string, start?: number) =>
  (await readStatementCpu(file, start)).map(({ text, calls, bindUs, runUs }) => [
    text,
    calls,
    Math.round(bindUs),
    Math.round(runUs),
  ]);

test("the CPU of a statement is that of all its messages, whatever it waited for", async () => {
  expect(await rounded(fileOf(log))).toEqual([
    ["select a from b", 2, 120, 900],
    ["begin", 1, 0, 10],
  ]);
});

test("what was written before a phase is not counted in it", async () => {
  const before = statSync(fileOf(log.slice(0, 4))).size;
  expect(await rounded(fileOf(log), before)).toEqual([
    ["select a from b", 1, 0, 600],
    ["begin", 1, 0, 10],
  ]);
});
