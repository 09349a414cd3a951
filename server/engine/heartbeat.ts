import type pg from "pg";
import { query, type Statement } from "./query.ts";

const beat: Statement = {
  name: "heartbeat",
  text: `
    insert into worker_heartbeat (id, beat_at) values ($1, now())
    on conflict (id) do update set beat_at = now()`,
};

const countAlive: Statement = {
  name: "heartbeat-count",
  text: "select count(*)::integer as workers from worker_heartbeat where beat_at > now() - interval '6 seconds'",
};

const forget: Statement = {
  name: "heartbeat-forget",
  text: "delete from worker_heartbeat where id = $1 or beat_at < now() - interval '1 day'",
};

/** Says that this worker lives; answers how many do. */
export async function heartbeat(pool: pg.Pool, workerId: string): Promise<number> {
  await query(pool, beat, [workerId]);
  const [row] = await query<{ workers: number }>(pool, countAlive, []);
  return Math.max(1, row?.workers ?? 1);
}

/** Takes this worker, and any that are long gone, off the list. */
export const forgetWorker = (pool: pg.Pool, workerId: string) => query(pool, forget, [workerId]);
