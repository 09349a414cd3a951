import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { letOthersPass } from "../stack/unprivileged.ts";

const prefix = "chasqui-test-";
const clusters = ["data", "home/postgres/data"];

/**
 * A folder for one test run, with or without a Postgres in it. It goes with this process, however that ends: at its exit, or, after a kill,
 * with the next run, which also ends the Postgres that was left running.
 */
export function throwAwayFolder(): string {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const left = path.join(tmpdir(), name);
    if (!isOwned(left)) discard(left);
  }
  const folder = mkdtempSync(path.join(tmpdir(), prefix));
  writeFileSync(path.join(folder, "owner"), String(process.pid));
  letOthersPass(folder);
  process.once("exit", () => discard(folder));
  return folder;
}

/** Ends what runs in a throw-away folder and removes it. At once: its data is worth nothing. */
export function discard(folder: string): void {
  for (const cluster of clusters) {
    const mark = path.join(folder, cluster, "postmaster.pid");
    if (existsSync(mark)) end(Number(readFileSync(mark, "utf8").split("\n")[0]));
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

function isOwned(folder: string): boolean {
  const owner = path.join(folder, "owner");
  // Made a moment ago by another run that has not signed it yet.
  if (!existsSync(owner)) return true;
  try {
    process.kill(Number(readFileSync(owner, "utf8")), 0);
    return true;
  } catch {
    return false;
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGQUIT");
  } catch {
    // Gone already.
  }
}
