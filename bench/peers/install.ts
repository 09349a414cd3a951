import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const folder = path.join(import.meta.dirname, "sides");
const stamp = path.join(folder, "node_modules", ".chasqui-stamp");

/** Installs the peers' packages by their lockfile, once and whenever it changes. Never part of the product's own installation. */
export function installPeers(report: (line: string) => void): void {
  const wanted = createHash("sha256")
    .update(readFileSync(path.join(folder, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  report("Installing the peers' packages into bench/peers/sides/node_modules (once, about 270 MB) ...");
  // Not "npm ci": it wants every platform's optional packages in the lockfile, also those that a registry does not have.
  const given = ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const result = spawnSync("npm", given, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  if (result.status !== 0) throw new Error("The peers' packages cannot be installed; npm says why above.");
  writeFileSync(stamp, wanted);
}

/** True when a program can be found on the machine. */
export const isInstalled = (command: string): boolean => spawnSync("which", [command]).status === 0;
