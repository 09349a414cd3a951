import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, ftruncateSync, mkdtempSync, openSync, statfsSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "#scripts/stack/run-once.ts";
import { letOthersPass, unprivilegedRunner } from "#scripts/stack/unprivileged.ts";

/** Why there can be no small disk here; null: there can. */
export function whyNoSmallDisk(): string | null {
  if (process.platform !== "linux" || process.getuid?.() !== 0)
    return "a small disk takes root on Linux (mount -t tmpfs)";
  const { status } = spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]);
  return status === 0 ? null : "this machine does not let us mount a tmpfs";
}

/**
 * A disk of a few megabytes that can be filled and emptied: a tmpfs, held by a process of its own that takes it down when the harness
 * is gone.
 */
export class SmallDisk {
  readonly folder: string;
  readonly #keeper: ChildProcess;
  readonly #ballast: string;

  private constructor(folder: string, keeper: ChildProcess) {
    this.folder = folder;
    this.#keeper = keeper;
    this.#ballast = path.join(folder, "ballast");
  }

  static async open(megabytes: number): Promise<SmallDisk> {
    // Beside the harness's folder and not in it: that one is removed while this may still be mounted.
    const folder = mkdtempSync(path.join(tmpdir(), "chasqui-disk-"));
    letOthersPass(folder);
    const { owner } = unprivilegedRunner([folder]);
    const given = [folder, String(megabytes), String(owner?.uid ?? 0), String(owner?.gid ?? 0)];
    const keeper = spawn(process.execPath, [path.join(root, "bench/faults/stack/keep-small-disk.ts"), ...given], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const [word] = await Promise.race([once(keeper, "message"), once(keeper, "exit")]);
    if (word !== "mounted") throw new Error("The small disk could not be mounted.");
    return new SmallDisk(folder, keeper);
  }

  /** Fills it up to the last so many kilobytes. */
  fill(kilobytesLeft: number): void {
    const { bavail, bsize } = statfsSync(this.folder);
    const bytes = Math.max(0, bavail * bsize - kilobytesLeft * 1024);
    const file = openSync(this.#ballast, "a");
    const block = Buffer.alloc(64 * 1024);
    for (let written = 0; written + block.length <= bytes; written += block.length) writeSync(file, block);
    closeSync(file);
  }

  /** Makes room again. */
  empty(): void {
    const file = openSync(this.#ballast, "a");
    ftruncateSync(file, 0);
    closeSync(file);
  }

  /** Nothing may use it any more. */
  async close(): Promise<void> {
    const ended = once(this.#keeper, "exit");
    this.#keeper.disconnect();
    await ended;
  }
}
