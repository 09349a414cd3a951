import type pg from "pg";
import type { BacktestProgress } from "#db/schema/index.ts";

/** How often a process says how far it is, and that it lives. */
const everyMs = 400;

/** One backtest of a workspace runs at a time: this lock, of the session, is its turn. */
const turnLock = "select pg_advisory_lock(hashtext('backtest'), hashtext($1))";

const write = `
  update backtest set progress = coalesce($2, progress), beat_at = now(), status = case when status = 'queued' and $3 then 'running' else status end
  where id = $1 and status in ('queued', 'running') returning status`;

/**
 * The running process's own row: waits for its turn, says how far it is, and hears whether somebody has cancelled it. `report` answers
 * false from then on.
 */
export function tellProgress(pool: pg.Pool, { id, workspaceId }: { id: string; workspaceId: string }) {
  let turn: pg.PoolClient | null = null;
  let begunAt = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  const tell = async (progress: BacktestProgress | null, isRunning: boolean): Promise<boolean> => {
    const { rows } = await pool.query(write, [id, progress && JSON.stringify(progress), isRunning]);
    return rows.length > 0;
  };
  return {
    /** Waits until no other one of the workspace runs. False: it was cancelled meanwhile. */
    begin: async (): Promise<boolean> => {
      const beat = setInterval(() => void tell(null, false).catch(() => undefined), 1_000);
      try {
        turn = await pool.connect();
        await turn.query("set lock_timeout = 0; set statement_timeout = 0");
        await turn.query(turnLock, [workspaceId]);
      } finally {
        clearInterval(beat);
      }
      begunAt = performance.now();
      return tell(null, true);
    },
    report: async ({ read, total, entered }: { read: number; total: number; entered: number }): Promise<boolean> => {
      const now = performance.now();
      if (now - toldAt < everyMs && read < total) return true;
      toldAt = now;
      const share = total === 0 ? 1 : read / total;
      // The first moments say little about the rest.
      const isTelling = share > 0.02 && now - begunAt > 1_000;
      const secondsLeft = isTelling ? Math.ceil(((now - begunAt) / 1_000) * (1 / share - 1)) : null;
      return tell({ read, total, entered, secondsLeft }, true);
    },
    end: async (): Promise<void> => {
      // The lock goes with the connection.
      turn?.release(true);
    },
  };
}
