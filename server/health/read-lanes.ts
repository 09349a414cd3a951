import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Actor } from "#server/trpc.ts";
import { type LaneName, lanes } from "./lanes.ts";
import { type WaitCount, waitPercentile } from "./wait-percentile.ts";

export type LaneState = "on-time" | "near" | "late" | "held";

export type Lane = {
  name: LaneName;
  promiseMs: number;
  /** Messages that may leave now and have not left, also for an earlier one of the same person. */
  waiting: number;
  /** How long the oldest of them has been allowed to leave; null when nothing waits. */
  oldestMs: number | null;
  /** Within this time 99 % of the last five minutes' messages left; null when none did. */
  slowestMs: number | null;
  perSecond: number;
  /** The largest backlog of each of the last sixty minutes, the oldest first. */
  backlog: number[];
  state: LaneState;
};

const Waiting = z.object({ lane: z.number(), waiting: z.coerce.number(), oldestMs: z.coerce.number().nullable() });
const Wait = z.object({ lane: z.number(), bucket: z.coerce.number(), count: z.coerce.number() });
const Rate = z.object({ lane: z.number(), sent: z.coerce.number() });
const Backlog = z.object({ lane: z.number(), minutesAgo: z.coerce.number(), waiting: z.coerce.number() });

/** Above this share of its promise a lane is near its limit. */
const nearShare = 0.8;

/** How each lane of the workspace keeps its promise. */
export async function readLanes({ db, clock, session }: Actor, { isHeld }: { isHeld: boolean }): Promise<Lane[]> {
  const { workspaceId } = session;
  const [waiting, waits, rates, backlog] = await Promise.all([
    db.execute(waitingNow(workspaceId, clock.now())).then(({ rows }) => z.array(Waiting).parse(rows)),
    db.execute(recentWaits(workspaceId)).then(({ rows }) => z.array(Wait).parse(rows)),
    db.execute(recentRates(workspaceId)).then(({ rows }) => z.array(Rate).parse(rows)),
    db.execute(backlogByMinute(workspaceId)).then(({ rows }) => z.array(Backlog).parse(rows)),
  ]);
  return lanes.map(({ name, promiseMs }, lane) => {
    const now = waiting.find((row) => row.lane === lane);
    const slowestMs = waitPercentile(waits.filter((row) => row.lane === lane) satisfies WaitCount[], 0.99);
    const oldestMs = now?.waiting ? Math.max(0, now.oldestMs ?? 0) : null;
    const minutes = new Map(backlog.filter((row) => row.lane === lane).map((row) => [row.minutesAgo, row.waiting]));
    return {
      name,
      promiseMs,
      waiting: now?.waiting ?? 0,
      oldestMs,
      slowestMs,
      perSecond: (rates.find((row) => row.lane === lane)?.sent ?? 0) / 60,
      backlog: Array.from({ length: 60 }, (_, index) => minutes.get(59 - index) ?? 0),
      state: isHeld ? "held" : stateOf(Math.max(oldestMs ?? 0, slowestMs ?? 0), promiseMs),
    };
  });
}

/** Judged by the worse of what has left and what still waits. */
function stateOf(worstMs: number, promiseMs: number): LaneState {
  if (worstMs > promiseMs) return "late";
  return worstMs > promiseMs * nearShare ? "near" : "on-time";
}

/**
 * One range of `outbox_due` and of `outbox_behind_due` per lane: who waits for an earlier message of the same person waits too. By the
 * product's clock, as the rows are. The time that sending was held does not count.
 */
const waitingNow = (workspaceId: string, now: Date) => sql`
  select lanes.lane, backlog.waiting, backlog.oldest_ms as "oldestMs"
  from (values (0), (1), (2), (3)) as lanes(lane)
  cross join lateral (
    select count(*) as waiting, extract(epoch from ${now.toISOString()}::timestamptz - greatest(min(not_before), (select sending_released_at from workspace where id = ${workspaceId}))) * 1000 as oldest_ms
    from (
      select not_before from outbox
      where status = 'queued' and workspace_id = ${workspaceId} and lane = lanes.lane and not_before <= ${now.toISOString()}
      union all
      select not_before from outbox
      where status = 'behind' and workspace_id = ${workspaceId} and lane = lanes.lane and not_before <= ${now.toISOString()}
    ) rows
  ) backlog`;

const recentWaits = (workspaceId: string) => sql`
  select lane, wait.bucket - 1 as bucket, sum(wait.count) as count
  from lane_sample, unnest(waits) with ordinality as wait(count, bucket)
  where at > now() - interval '5 minutes' and workspace_id = ${workspaceId} and wait.count > 0
  group by 1, 2`;

const recentRates = (workspaceId: string) => sql`
  select lane, sum(sent) as sent from lane_sample
  where at > now() - interval '1 minute' and workspace_id = ${workspaceId} group by 1`;

const backlogByMinute = (workspaceId: string) => sql`
  select lane, floor(extract(epoch from now() - at) / 60) as "minutesAgo", max(waiting) as waiting
  from backlog_sample where at > now() - interval '1 hour' and workspace_id = ${workspaceId} group by 1, 2`;
