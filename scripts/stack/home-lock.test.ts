import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openHome, writeRunNote } from "./home.ts";
import { lockHome, tryLock } from "./home-lock.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "chasqui-home-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Another process that holds the lock until it is killed. */
async function holder(file: string) {
  const source = `import { tryLock } from ${JSON.stringify(path.resolve("scripts/stack/home-lock.ts"))};
    globalThis.release = tryLock(${JSON.stringify(file)}); process.stdout.write("held"); setInterval(() => globalThis.release, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", source], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

test("two starts do not share a data folder: the second says who has it", async () => {
  const home = openHome(folder);
  const other = await holder(home.lock);
  writeRunNote(home, { pid: other.pid ?? 0, state: "running", children: [] });
  await expect(lockHome(home)).rejects.toThrow(
    `Chasqui is already running on ${folder} (process ${other.pid}); stop it first`,
  );
  other.kill("SIGKILL");
  await once(other, "exit");
});

test("the lock of a killed start is free at once, and one that is stopping is waited for", async () => {
  const home = openHome(folder);
  const other = await holder(home.lock);
  writeRunNote(home, { pid: other.pid ?? 0, state: "stopping", children: [] });
  const waiting = lockHome(home);
  expect(tryLock(home.lock)).toBeNull();
  other.kill("SIGKILL");
  const release = await waiting;
  release();
  expect(tryLock(home.lock)).not.toBeNull();
});
