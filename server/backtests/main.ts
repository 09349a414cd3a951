import { setPriority } from "node:os";
import { eq } from "drizzle-orm";
import { connect } from "#db/client.ts";
import { backtest } from "#db/schema/index.ts";
import { DatabaseClock } from "../clock.ts";
import { DomainError } from "../errors.ts";
import { createLog } from "../log.ts";
import { runBacktest } from "./run-backtest.ts";
import { tellProgress } from "./tell-progress.ts";

/**
 * One backtest in a process of its own, `node server/backtests/main.ts <id>`: web, door and engine go on beside it, and it gives way
 * to them. What it finds is in its row; ended from outside, it leaves a row that is silent.
 */
const [id = ""] = process.argv.slice(2);
const url = process.env.DATABASE_URL ?? "";
const log = createLog("backtest");
/** Lower than everything that people and providers wait for. */
setPriority(10);

const { pool, db } = connect(url, {
  name: "backtest",
  max: 6,
  onError: (error) => log.warn({ error: String(error) }, "connection lost"),
  backstops: { statementMs: 120_000 },
});
const clock = new DatabaseClock(pool, { isDemo: process.env.CHASQUI_DEMO === "1" });

try {
  await clock.refresh();
  const [row] = await db.select().from(backtest).where(eq(backtest.id, id));
  if (row && row.status === "queued") await run(row);
} finally {
  await pool.end();
}

async function run(row: typeof backtest.$inferSelect): Promise<void> {
  const progress = tellProgress(pool, row);
  try {
    if (!(await progress.begin())) return;
    const result = await runBacktest(row, { pool, db, onProgress: progress.report, clock: () => performance.now() });
    const done = result ? { status: "done" as const, result } : { status: "cancelled" as const };
    await db
      .update(backtest)
      .set({ ...done, finishedAt: clock.now() })
      .where(eq(backtest.id, row.id));
  } catch (error) {
    log.error({ backtestId: row.id, error: String(error) }, "backtest failed");
    const told = error instanceof DomainError ? error.message : null;
    await db
      .update(backtest)
      .set({ status: "failed", error: told, finishedAt: clock.now() })
      .where(eq(backtest.id, row.id));
  } finally {
    await progress.end();
  }
}
