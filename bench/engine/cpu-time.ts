import { readdirSync, readFileSync } from "node:fs";

/** Kernel ticks are 100 a second on every Linux that Node runs on. */
const microsecondsPerTick = 10_000;

type Stat = { parent: number; own: number; withDeadChildren: number };

function statOf(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The command, in brackets, may hold spaces: fields are counted behind it.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const [parent, utime, stime, cutime, cstime] = [1, 11, 12, 13, 14].map((index) => Number(fields[index]));
    const own = (utime ?? 0) + (stime ?? 0);
    return { parent: parent ?? 0, own, withDeadChildren: own + (cutime ?? 0) + (cstime ?? 0) };
  } catch {
    return null;
  }
}

/** CPU time of a process so far, in microseconds; 0 for one that is gone. */
export const processCpuUs = (pid: number): number => (statOf(pid)?.own ?? 0) * microsecondsPerTick;

/** CPU time of a Postgres server, in microseconds: the postmaster, its living children and those that have ended. */
export function postgresCpuUs(backendPid: number): number {
  const postmaster = statOf(backendPid)?.parent ?? 0;
  const withDead = () => statOf(postmaster)?.withDeadChildren ?? 0;
  for (let dead = withDead(); ; ) {
    const living = readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((name) => statOf(Number(name)))
      .filter((stat) => stat?.parent === postmaster);
    const now = withDead();
    // A child that ended in between would be counted twice, or not at all.
    if (now === dead) return living.reduce((sum, stat) => sum + (stat?.own ?? 0), now) * microsecondsPerTick;
    dead = now;
  }
}
