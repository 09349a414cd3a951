import type pg from "pg";
import { foldCounts } from "#server/engine/rollup/fold-counts.ts";
import { round } from "../measure/statistics.ts";

const batch = 200;
const batches = 150;

/** One more status for a batch of the newest messages, as the webhook reader writes them. */
const tell = `
  update message m set read_at = clock_timestamp()
  from (select id from message where workspace_id = $1 order by id desc limit ${batch} offset $2) x where m.id = x.id`;

/**
 * What counting costs the engine: statuses of 200 messages at a time, with and without the trigger that counts them, by turns. And how
 * fast one worker adds up what has gathered.
 */
export async function measureCounting(pool: pg.Pool, workspaceId: string) {
  const times = { counted: 0, uncounted: 0 };
  for (let nth = 0; nth < batches * 2; nth += 1) {
    const isCounted = nth % 2 === 0;
    await pool.query(`alter table message ${isCounted ? "enable" : "disable"} trigger message_changed`);
    const began = performance.now();
    await pool.query(tell, [workspaceId, Math.floor(nth / 2) * batch]);
    times[isCounted ? "counted" : "uncounted"] += performance.now() - began;
  }
  await pool.query("alter table message enable trigger message_changed");
  const { rows } = await pool.query<{ n: string }>("select count(*) as n from message_change");
  const changes = Number(rows[0]?.n ?? 0);
  const began = performance.now();
  while ((await foldCounts(pool)) > 0);
  const folding = performance.now() - began;
  const each = (total: number) => round((total * 1000) / (batches * batch), 1);
  return {
    statusUs: { counted: each(times.counted), uncounted: each(times.uncounted) },
    changeRows: changes,
    foldUsPerStatus: each(folding),
    statusesPerSecondFolded: round((batches * batch * 1000) / folding),
  };
}
