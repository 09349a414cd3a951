// Runs before any dependency is there and under any Node from 20.19 on: imports nothing but node: modules.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const wantedNode = 24;
const hash = (value) => createHash("sha256").update(value).digest("hex").slice(0, 16);
const stampFile = path.join(root, "node_modules", ".chasqui-stamp");
const leash = path.join(root, "scripts", "leash.mjs");

/** Runs a file of the project under Node 24 with the dependencies in place: in this process when its Node will do, else in a child. */
export async function runUnderNode24(file, given) {
  try {
    await ensureDependencies();
  } catch (error) {
    fail(error.message);
  }
  const isNewEnough = Number(process.versions.node.split(".")[0]) >= wantedNode;
  const node = path.join(root, "node_modules", `node-${process.platform}-${process.arch}`, "bin", "node");
  if (!isNewEnough && !existsSync(node))
    fail(`Chasqui needs Node ${wantedNode} or newer here; this is Node ${process.versions.node}.`);
  const folder = isNewEnough ? path.dirname(process.execPath) : path.dirname(node);
  const inherited = process.env.PATH ?? "";
  if (inherited.split(path.delimiter)[0] !== folder) process.env.PATH = `${folder}${path.delimiter}${inherited}`;
  endWithNpm();
  if (!isNewEnough) return runChild(node, [path.join(root, file), ...given]);
  process.argv = [process.execPath, path.join(root, file), ...given];
  await import(pathToFileURL(path.join(root, file)).href);
}

/** Installs what package-lock.json says, when it changed since the last time. */
async function ensureDependencies() {
  if (isInstalled()) return;
  const release = await installLock();
  try {
    if (isInstalled()) return;
    say("Installing dependencies (once, about a minute)...");
    const given = [
      "ci",
      "--ignore-scripts",
      "--include=dev",
      "--include=optional",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
    ];
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    const result = spawnSync(npm, given, {
      cwd: root,
      stdio: ["ignore", "ignore", "pipe"],
      encoding: "utf8",
      shell: process.platform === "win32",
    });
    if (result.status !== 0) {
      const said = (result.stderr || result.error?.message || "").replaceAll(/^npm error ?/gm, "").split("\n");
      const why = said
        .filter((line) => line.trim() !== "")
        .slice(0, 4)
        .join("\n");
      throw new Error(
        `Installing the dependencies failed; run "npm ci --ignore-scripts" to see all of it. It says:\n${why}`,
      );
    }
    writeFileSync(stampFile, wantedStamp());
  } finally {
    release();
  }
}

const wantedStamp = () =>
  `${hash(readFileSync(path.join(root, "package-lock.json")))} ${process.platform}-${process.arch}`;
const isInstalled = () => existsSync(stampFile) && readFileSync(stampFile, "utf8") === wantedStamp();

/** Two commands at once in one checkout must not install over each other: the second waits. */
async function installLock() {
  const file = path.join(tmpdir(), `chasqui-install-${hash(root)}.lock`);
  for (let waited = 0; ; waited++) {
    try {
      const handle = openSync(file, "wx");
      writeFileSync(handle, String(process.pid));
      closeSync(handle);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== "EEXIST") return () => undefined;
      if (waited > 1_200 || !isAlive(holderOf(file))) rmSync(file, { force: true });
      else await delay(250);
    }
  }
}

function holderOf(file) {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return 0;
  }
}

function isAlive(pid) {
  // Not written yet, or just released.
  if (!pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** A killed npm cannot pass a signal on: what it ran ends when it is gone, instead of holding ports and data folder. */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const npm = process.ppid;
  setInterval(() => process.ppid !== npm && process.kill(process.pid, "SIGTERM"), 300).unref();
}

/** Passes signals on and ends as the child ends. The leash ends the child when we are killed. */
function runChild(node, given) {
  const child = spawn(node, ["--import", leash, ...given], {
    cwd: root,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => fail(`${node} cannot be run: ${error.message}.`));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
}

/** On stderr: what a command prints on stdout may be read by another program. */
function say(text) {
  process.stderr.write(`${text}\n`);
}

function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
