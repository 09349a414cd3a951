import type pg from "pg";
import type { Clock } from "#server/clock.ts";
import type { Log } from "#server/log.ts";
import type { Loop, NextStep } from "../loop.ts";
import { makeDays } from "./days.ts";
import { forget } from "./forget.ts";
import type { KeepDays } from "./keep-days.ts";

type Parts = { pool: pg.Pool; clock: Clock; log: Log; keep: KeepDays };

const hourMs = 3_600_000;
/** A stop waits for the step under way, so one does not delete for longer than this. */
const stepMs = 3_000;

/** Makes the days ahead each hour, and forgets what is old once a day, the first time an hour after the start. */
export function storageLoop(
  { pool, clock, log, keep }: Parts,
  loop: (name: string, step: () => Promise<NextStep>) => Loop,
): Loop {
  let forgetsAt = performance.now() + hourMs;
  return loop("storage", async () => {
    const made = await makeDays(pool, clock.now());
    if (made.length > 0) log.info({ made }, "tables for the days ahead are made");
    if (performance.now() < forgetsAt) return { withinMs: hourMs };
    const until = performance.now() + stepMs;
    const isCut = () => performance.now() > until;
    const forgotten = await forget(pool, { now: clock.now(), keep, isStopping: isCut });
    if (forgotten.length > 0) log.info({ forgotten }, "what was older than it is kept is forgotten");
    if (isCut()) return "again";
    forgetsAt = performance.now() + 24 * hourMs;
    return { withinMs: hourMs };
  });
}
