import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const leash = path.join(root, "scripts", "leash.mjs");

const doorEntry = "server/door/main.ts";

/**
 * How Node runs one of our processes. Its nursery for young objects grows to three times 32 MB by itself, mostly while the modules
 * are loaded, and never shrinks: with 16 MB a worker is 80 MB smaller. The door keeps hundreds of half-done requests at a time, which
 * a small nursery copies again and again: with 64 MB an event costs it about a tenth less, and the room is only taken under load.
 */
export const nodeFlagsOf = (entry: string): readonly string[] => [
  `--max-semi-space-size=${entry === doorEntry ? 64 : 16}`,
];

export type Errand = {
  /** The program file, relative to the root, and its arguments; run by the Node that runs us. */
  command: string[];
  env: NodeJS.ProcessEnv;
  /** Emptied first; gets all output. */
  logFile: string;
  signal?: AbortSignal;
};

/** Runs a Node program to its end and answers its exit code (null: ended by a signal, also by ours). */
export function runOnce({ command, env, logFile, signal }: Errand): Promise<number | null> {
  const [file = "", ...given] = command;
  const log = openSync(logFile, "w", 0o600);
  const child = spawn(process.execPath, ["--import", leash, path.join(root, file), ...given], {
    cwd: root,
    env: { ...env, CHASQUI_LEASH: "1", NO_COLOR: "1", FORCE_COLOR: "0" },
    stdio: ["ignore", log, log, "ipc"],
    // Not in our process group: Ctrl-C is ours to pass on.
    detached: process.platform !== "win32",
    signal,
  });
  closeSync(log);
  return new Promise((resolve, reject) => {
    child.once("error", (error) => (error.name === "AbortError" ? undefined : reject(error)));
    child.once("exit", (code) => resolve(code));
  });
}

/** The line of a log that says best why its program ended. */
export function lastWords(logFile: string): string {
  const lines = readFileSync(logFile, "utf8").trim().split("\n").slice(-40);
  const named = lines.findLast((line) => /error:|cannot|can't|not found|must be/i.test(line) && !/^\s+at /.test(line));
  const line = named ?? lines.at(-1) ?? "";
  return messageOf(line).trim().slice(0, 300);
}

/** The message of a JSON log line; any other line as it is. */
function messageOf(line: string): string {
  try {
    const entry: unknown = JSON.parse(line);
    if (typeof entry === "object" && entry !== null && "msg" in entry) return String(entry.msg);
  } catch {
    // A plain line.
  }
  return line;
}
