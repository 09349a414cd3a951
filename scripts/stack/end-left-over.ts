import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { type Home, readRunNote } from "./home.ts";

const graceMs = 3_000;

/**
 * Ends processes that a killed start left behind (they end by themselves, but their ports are needed now). Call it with the home locked.
 * Process ids are used again, so one is ended only when its environment names this very home.
 */
export async function endLeftOver(home: Home): Promise<void> {
  const ours = (readRunNote(home)?.children ?? []).filter((pid) => isOurs(pid, home));
  const deadline = Date.now() + graceMs;
  while (ours.some((pid) => isOurs(pid, home)) && Date.now() < deadline) await delay(50);
  for (const pid of ours) {
    if (isOurs(pid, home)) process.kill(pid, "SIGKILL");
  }
}

function isOurs(pid: number, home: Home): boolean {
  try {
    // Without /proc nothing can be proven; the leash ends the children there within seconds.
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(`CHASQUI_HOME=${home.folder}`);
  } catch {
    return false;
  }
}
