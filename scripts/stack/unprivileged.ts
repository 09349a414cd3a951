import { chmodSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/** How to run a program that refuses to run as root: its owner on disk, and what to put before the command. */
export type Runner = { owner: { uid: number; gid: number } | null; prefix: string[] };

const isRoot = () => process.getuid?.() === 0;

/**
 * Who runs Postgres: we ourselves unless we are root; then the user `postgres`, else `nobody`. Where one of the folders lies
 * below one that others may not enter (a checkout in root's home), the program runs in a user namespace instead: it
 * sees itself as nobody and reads the files with our own rights.
 */
export function unprivilegedRunner(folders: string[]): Runner {
  if (!isRoot()) return { owner: null, prefix: [] };
  const account = accountOf("postgres") ?? accountOf("nobody");
  if (account && folders.every(isOpenToOthers)) return { owner: account, prefix: [] };
  return { owner: { uid: 0, gid: 0 }, prefix: ["unshare", "--user", "--map-user=65534", "--map-group=65534"] };
}

/** Lets others pass through a folder of ours (not list it), so that Postgres' own user reaches its data below. */
export function letOthersPass(folder: string): void {
  if (isRoot()) chmodSync(folder, statSync(folder).mode | 0o011);
}

function accountOf(name: string): { uid: number; gid: number } | null {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
}

function isOpenToOthers(folder: string): boolean {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}
