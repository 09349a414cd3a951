import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

/** CPU of a statement in microseconds: taking its parameters in and planning it, and running it. `text` without line breaks. */
export type StatementCpu = { text: string; calls: number; bindUs: number; runUs: number };

/** Has Postgres write what each message of a client cost, and whose it was (Postgres manual, "Statistics monitoring"). */
export const cpuSettings = ["log_statement_stats=on", "log_min_error_statement=log"];

const opening = /LOG: {2}(BIND|EXECUTE|QUERY)(?: MESSAGE)? STATISTICS$/;
const usage = /^\t!\t(\d+\.\d+) s user, (\d+\.\d+) s system, /;
const statement = /STATEMENT: {2}(.*)$/;

/**
 * What a log that was written with `cpuSettings` says of each statement, the dearest first, from the byte `start` on: by the
 * kernel's account of the back-end's CPU. Unlike the clock it does not hold what a statement waits for, the log and other processes.
 */
export async function readStatementCpu(logFile: string, start = 0): Promise<StatementCpu[]> {
  const found = new Map<string, StatementCpu>();
  let entry: { kind: string; us: number | null; lines: string[] | null } | null = null;
  const close = () => {
    if (entry?.lines && entry.us !== null) count(found, { ...entry, us: entry.us, lines: entry.lines });
    entry = null;
  };
  for await (const line of createInterface({ input: createReadStream(logFile, { start }) })) {
    const kind = opening.exec(line)?.[1];
    if (kind) {
      close();
      entry = { kind, us: null, lines: null };
      continue;
    }
    if (!entry) continue;
    const [, user, system] = usage.exec(line) ?? [];
    const text = statement.exec(line)?.[1];
    if (user !== undefined && entry.us === null) entry.us = (Number(user) + Number(system)) * 1_000_000;
    else if (text !== undefined) entry.lines = [text];
    else if (line.startsWith("\t")) entry.lines?.push(line);
    else if (entry.lines) close();
  }
  close();
  return [...found.values()].sort((a, b) => b.bindUs + b.runUs - a.bindUs - a.runUs);
}

function count(found: Map<string, StatementCpu>, { kind, us, lines }: { kind: string; us: number; lines: string[] }) {
  const text = lines.join(" ").replace(/\s+/g, " ").trim();
  const known = found.get(text) ?? { text, calls: 0, bindUs: 0, runUs: 0 };
  found.set(text, known);
  if (kind === "BIND") known.bindUs += us;
  else {
    known.calls += 1;
    known.runUs += us;
  }
}
