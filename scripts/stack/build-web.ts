import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { tryLock } from "./home-lock.ts";
import { Refusal } from "./refusal.ts";
import { lastWords, root, runOnce } from "./run-once.ts";

const sources = ["app", "components", "server", "flow", "db", "messages", "public"];
const sourceFiles = ["package-lock.json", "next.config.ts", "postcss.config.mjs", "tsconfig.json"];
const keptBuilds = 4;

export type BuildOptions = { logFile: string; onStart: () => void; signal?: AbortSignal };

/**
 * Builds the web app for the sources as they are now, unless that was done before. Each build has a folder of its own, named by a hash
 * of the sources: a new one never disturbs a server that runs from an older one, and `npm test` and `npm start` share them.
 * Answers the folder, relative to the root (NEXT_DIST_DIR).
 */
export async function buildWeb({ logFile, onStart, signal }: BuildOptions): Promise<string> {
  const folder = path.join(".next", "builds", sourcesHash());
  if (isComplete(folder)) return folder;
  mkdirSync(path.join(root, ".next"), { recursive: true });
  const release = await lockBuilds(signal);
  try {
    if (isComplete(folder)) return folder;
    onStart();
    await runBuild(folder, logFile, signal);
    writeFileSync(markOf(folder), "");
    removeOldBuilds();
  } finally {
    release();
  }
  return folder;
}

const markOf = (folder: string) => path.join(root, folder, ".complete");

function isComplete(folder: string): boolean {
  if (!existsSync(markOf(folder))) return false;
  // Touched, so that the oldest by use is removed first.
  utimesSync(markOf(folder), new Date(), new Date());
  return true;
}

/** One build at a time per checkout: it takes all cores and up to 2 GB. */
async function lockBuilds(signal?: AbortSignal): Promise<() => void> {
  for (;;) {
    signal?.throwIfAborted();
    const release = tryLock(path.join(root, ".next", "build.lock"));
    if (release) return release;
    await delay(250);
  }
}

/** A hash of everything that the build reads. Tests and folders that the web app never imports do not count. */
export function sourcesHash(): string {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch} `);
  const listed = sources.flatMap((folder) => filesBelow(folder)).sort();
  for (const file of [...sourceFiles, ...listed]) {
    const place = path.join(root, file);
    if (existsSync(place)) hash.update(`${file}\0`).update(readFileSync(place)).update("\0");
  }
  return hash.digest("hex").slice(0, 16);
}

function filesBelow(folder: string): string[] {
  if (!existsSync(path.join(root, folder))) return [];
  const entries = readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.ts$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

async function runBuild(folder: string, logFile: string, signal?: AbortSignal): Promise<void> {
  rmSync(path.join(root, folder), { recursive: true, force: true });
  const env = { ...process.env, ...buildEnvironment, NEXT_DIST_DIR: folder };
  const code = await runOnce({ command: ["node_modules/next/dist/bin/next", "build"], env, logFile, signal });
  // Next writes it for editors; it names this build's folder, which a later build removes. next.d.ts stands in for it.
  rmSync(path.join(root, "next-env.d.ts"), { force: true });
  signal?.throwIfAborted();
  if (code !== 0 || !existsSync(path.join(root, folder, "BUILD_ID")))
    throw new Refusal(`The web app cannot be built: ${lastWords(logFile)} (see ${logFile})`);
}

// The build must not depend on who runs it: values that satisfy the environment's check and lead nowhere.
const buildEnvironment = {
  NODE_ENV: "production",
  NEXT_TELEMETRY_DISABLED: "1",
  DATABASE_URL: "postgres://nobody@127.0.0.1:1/build",
  CHASQUI_SECRET: "0".repeat(64),
  CHASQUI_DEMO: "0",
} as const;

function removeOldBuilds(): void {
  const folder = path.join(root, ".next", "builds");
  const usedAt = (name: string) => {
    const mark = path.join(folder, name, ".complete");
    return existsSync(mark) ? statSync(mark).mtimeMs : 0;
  };
  const oldest = readdirSync(folder).sort((left, right) => usedAt(right) - usedAt(left));
  for (const name of oldest.slice(keptBuilds)) rmSync(path.join(folder, name), { recursive: true, force: true });
}
