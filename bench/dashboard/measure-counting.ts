import type pg from "pg";
import { foldCounts } from "#server/engine/rollup/fold-counts.ts";
import { round } from "../measure/statistics.ts";

const batch = 200;
const blocks = 15;
const batchesPerBlock = 10;

/** One more status for a batch of the newest messages, as the webhook reader writes them. */
const tell = `
  update message m set read_at = clock_timestamp()
  from (select id from message where workspace_id = $1 order by id desc limit ${batch} offset $2) x where m.id = x.id`;

/**
 * What counting costs the engine: statuses of 200 messages at a time, with and without the trigger that counts them, block by block. And
 * how fast one worker adds up what has gathered. Switching the trigger makes every session plan it anew: the first batch of a block pays for
 * that, and is not counted.
 */
export async function measureCounting(pool: pg.Pool, workspaceId: string) {
  const times = { counted: 0, uncounted: 0 };
  for (let block = 0; block < blocks; block += 1) {
    for (const what of ["counted", "uncounted"] as const) {
      await pool.query(`alter table message ${what === "counted" ? "enable" : "disable"} trigger message_changed`);
      for (let nth = 0; nth <= batchesPerBlock; nth += 1) {
        const began = performance.now();
        await pool.query(tell, [workspaceId, (block * (batchesPerBlock + 1) + nth) * batch]);
        if (nth > 0) times[what] += performance.now() - began;
      }
    }
  }
  await pool.query("alter table message enable trigger message_changed");
  const { rows } = await pool.query<{ n: string }>("select count(*) as n from message_change");
  const changes = Number(rows[0]?.n ?? 0);
  const began = performance.now();
  while ((await foldCounts(pool)) > 0);
  const folding = performance.now() - began;
  const told = blocks * batchesPerBlock * batch;
  const each = (total: number) => round((total * 1000) / told, 1);
  // The first batch of each block was counted as well.
  const toldCounted = told + blocks * batch;
  return {
    statusUs: { counted: each(times.counted), uncounted: each(times.uncounted) },
    changeRows: changes,
    foldUsPerStatus: round((folding * 1000) / toldCounted, 1),
    statusesPerSecondFolded: round((toldCounted * 1000) / folding),
  };
}
