import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Refusal } from "./refusal.ts";
import { letOthersPass } from "./unprivileged.ts";

/** CHASQUI_HOME: everything a running Chasqui keeps on disk. Layout: docs/operating.md. */
export type Home = {
  folder: string;
  logs: string;
  postgres: string;
  sandbox: string;
  secrets: string;
  lock: string;
  run: string;
};

/** What a start notes about itself for the next one: who holds the folder, whether it is on its way out, its children's process ids. */
export type RunNote = { pid: number; state: "running" | "stopping"; children: number[]; postgresPort?: number };

const largestLogBytes = 20 * 1024 * 1024;

/** Makes the folder and proves that it can be written. Throws a Refusal where it cannot. */
export function openHome(folder: string): Home {
  const inside = (name: string) => path.join(folder, name);
  const home: Home = {
    folder,
    logs: inside("logs"),
    postgres: inside("postgres"),
    sandbox: inside("sandbox"),
    secrets: inside("secrets.json"),
    lock: inside("lock"),
    run: inside("run.json"),
  };
  try {
    for (const place of [home.folder, home.logs, home.postgres, home.sandbox]) makeFolder(place);
    for (const place of [home.folder, home.logs, home.postgres]) letOthersPass(place);
    const probe = inside(`.write-${process.pid}`);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Refusal(`CHASQUI_HOME (${folder}) cannot be written: ${why}.`, { cause: error });
  }
  return home;
}

/** Makes a folder and those above it. Not mkdir's own `recursive`: below /proc it never comes back. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/** The log file of a process, emptied into `<name>.log.1` when it has grown large. */
export function logFile(home: Home, name: string): string {
  const file = path.join(home.logs, `${name}.log`);
  if (existsSync(file) && statSync(file).size > largestLogBytes) renameSync(file, `${file}.1`);
  return file;
}

export function writeRunNote(home: Home, note: RunNote): void {
  // Renamed into place: a start that looks at the same moment reads the old note or the new one, never half of one.
  writeFileSync(`${home.run}.new`, JSON.stringify(note));
  renameSync(`${home.run}.new`, home.run);
}

/** The note of the last or the running start; null when there is none that can be read. */
export function readRunNote(home: Home): RunNote | null {
  try {
    return JSON.parse(readFileSync(home.run, "utf8")) as RunNote;
  } catch {
    return null;
  }
}
