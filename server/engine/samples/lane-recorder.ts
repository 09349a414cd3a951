import type pg from "pg";
import type { SettledMessage } from "../dispatch/settled-message.ts";
import { query, type Statement } from "../query.ts";

/** Buckets of `waits`: index n counts messages that waited up to 2^n ms; the last one holds all that waited longer than 4.6 hours. */
export const waitBuckets = 26;

export const bucketOf = (waitedMs: number): number =>
  waitedMs <= 1 ? 0 : Math.min(waitBuckets - 1, Math.ceil(Math.log2(waitedMs)));

type Sum = { workspace_id: string; lane: number; sent: number; failed: number; waits: number[]; waited_ms: number };

/**
 * The sample of these ten seconds and the totals, in one statement. A worker that flushes twice within ten seconds adds to its own
 * row. Totals are locked in one order, so that two workers never wait for each other in a circle.
 */
const writeSamples: Statement = {
  name: "samples-lanes",
  text: `
    with x as materialized (
      select * from jsonb_to_recordset($1::jsonb) as x(
        workspace_id uuid, lane smallint, sent integer, failed integer, waits jsonb, waited_ms bigint)
    ), sampled as (
      insert into lane_sample as s (at, workspace_id, lane, worker_id, sent, failed, waits)
      select date_bin('10 seconds', now(), 'epoch'), workspace_id, lane, $2, sent, failed,
             array(select jsonb_array_elements_text(waits)::integer)
      from x
      on conflict (at, workspace_id, lane, worker_id) do update
      set sent = s.sent + excluded.sent, failed = s.failed + excluded.failed,
          waits = array(select a + b from unnest(s.waits, excluded.waits) as u(a, b))
    )
    insert into lane_total as t (workspace_id, lane, sent, failed, waits, waited_ms)
    select workspace_id, lane, sent, failed, array(select jsonb_array_elements_text(waits)::bigint), waited_ms
    from x order by workspace_id, lane
    on conflict (workspace_id, lane) do update
    set sent = t.sent + excluded.sent, failed = t.failed + excluded.failed, waited_ms = t.waited_ms + excluded.waited_ms,
        waits = array(select a + b from unnest(t.waits, excluded.waits) as u(a, b))`,
};

/** Counts what a worker settled, by workspace and lane, and writes it down now and then: a few rows, however many messages. */
export class LaneRecorder {
  #sums = new Map<string, Sum>();

  readonly record = (settled: readonly SettledMessage[]): void => {
    for (const { workspaceId, lane, waitedMs, isSent } of settled) {
      const sum = this.#sumOf(workspaceId, lane);
      if (!isSent) {
        sum.failed += 1;
        continue;
      }
      const bucket = bucketOf(waitedMs);
      sum.sent += 1;
      sum.waits[bucket] = (sum.waits[bucket] ?? 0) + 1;
      sum.waited_ms += Math.max(0, Math.round(waitedMs));
    }
  };

  /** Writes what was counted since the last time. When that fails, it is kept for the next. */
  async flush(pool: pg.Pool, workerId: string): Promise<void> {
    const sums = this.#sums;
    if (sums.size === 0) return;
    this.#sums = new Map();
    try {
      await query(pool, writeSamples, [JSON.stringify([...sums.values()]), workerId]);
    } catch (error) {
      for (const sum of sums.values()) this.#add(sum);
      throw error;
    }
  }

  #sumOf(workspaceId: string, lane: number): Sum {
    const key = `${workspaceId} ${lane}`;
    const known = this.#sums.get(key);
    if (known) return known;
    const waits = new Array<number>(waitBuckets).fill(0);
    const fresh = { workspace_id: workspaceId, lane, sent: 0, failed: 0, waits, waited_ms: 0 };
    this.#sums.set(key, fresh);
    return fresh;
  }

  #add(sum: Sum): void {
    const known = this.#sumOf(sum.workspace_id, sum.lane);
    known.sent += sum.sent;
    known.failed += sum.failed;
    known.waited_ms += sum.waited_ms;
    known.waits = known.waits.map((count, index) => count + (sum.waits[index] ?? 0));
  }
}
