import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { outbox } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { newId } from "#server/id.ts";
import { bucketOf, LaneRecorder } from "./lane-recorder.ts";
import { sampleBacklog } from "./sample-backlog.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => database.pool.query("truncate lane_sample, lane_total, backlog_sample, outbox"));

const workspaceId = newId();
const rowsOf = async (table: string) => (await database.pool.query(`select * from ${table} order by lane`)).rows;

test.each([
  [0, 0],
  [1, 0],
  [2, 1],
  [3, 2],
  [2000, 11],
  [2048, 11],
  [2049, 12],
  [10 ** 12, 25],
])("a wait of %i ms falls into bucket %i", (waitedMs, bucket) => expect(bucketOf(waitedMs)).toBe(bucket));

test("what two workers settled within ten seconds stays apart in the samples and is added up in the totals", async () => {
  const settled = (lane: number, waitedMs: number, isSent = true) => ({ workspaceId, lane, waitedMs, isSent });
  const [one, other] = [new LaneRecorder(), new LaneRecorder()];
  one.record([settled(0, 100), settled(0, 3000), settled(3, 50, false)]);
  other.record([settled(0, 100)]);
  const [first, second] = [newId(), newId()];
  await one.flush(database.pool, first);
  await one.flush(database.pool, first);
  await other.flush(database.pool, second);
  const totals = await rowsOf("lane_total");
  expect(totals).toMatchObject([
    { lane: 0, sent: "3", failed: "0", waited_ms: "3200" },
    { lane: 3, sent: "0", failed: "1" },
  ]);
  expect(totals[0].waits[7]).toBe("2");
  expect(totals[0].waits[12]).toBe("1");
  const samples = (await rowsOf("lane_sample")).filter((row) => row.lane === 0);
  expect(new Set(samples.map((row) => row.worker_id))).toEqual(new Set([first, second]));
});

test("what could not be written is written the next time, with what came meanwhile", async () => {
  const recorder = new LaneRecorder();
  recorder.record([{ workspaceId, lane: 1, waitedMs: 10, isSent: true }]);
  await database.pool.query("alter table lane_total rename to away");
  await expect(recorder.flush(database.pool, newId())).rejects.toThrow();
  await database.pool.query("alter table away rename to lane_total");
  recorder.record([{ workspaceId, lane: 1, waitedMs: 10, isSent: true }]);
  await recorder.flush(database.pool, newId());
  expect(await rowsOf("lane_total")).toMatchObject([{ sent: "2" }]);
});

test("the backlog counts what is due, also behind an earlier one, not what waits for its hour, and is sampled once in ten seconds", async () => {
  const now = new Date();
  const queue = (lane: number, dueInMs: number, status: "queued" | "behind" = "queued") =>
    database.db.insert(outbox).values({
      messageId: newId(),
      workspaceId,
      shard: 0,
      contactId: newId(),
      status,
      lane,
      request: { template: "hello", purpose: "service", values: {}, links: {}, sendingHours: null },
      notBefore: new Date(now.getTime() + dueInMs),
      createdAt: now,
    });
  await queue(2, -5000);
  await queue(2, -1000);
  await queue(2, 60_000);
  await queue(3, 60_000);
  await queue(2, -7000, "behind");
  await queue(0, -500, "behind");
  await queue(0, 60_000, "behind");
  await database.pool.query(
    "insert into backlog_sample (at, workspace_id, lane, waiting, oldest_ms) values (now() - interval '25 hours', $1, 0, 1, 1)",
    [workspaceId],
  );
  const stretch = () => Math.floor(Date.now() / 10_000);
  const first = stretch();
  await Promise.all([sampleBacklog(database.pool, now), sampleBacklog(database.pool, now)]);
  const rounds = Map.groupBy(await rowsOf("backlog_sample"), (row) => String(row.at));
  // Two samples only where ten seconds ended between them.
  expect(rounds.size).toBeLessThanOrEqual(stretch() - first + 1);
  expect(rounds.size).toBeGreaterThan(0);
  for (const rows of rounds.values())
    expect(rows).toMatchObject([
      { lane: 0, waiting: 1, oldest_ms: 500 },
      { lane: 2, waiting: 3, oldest_ms: 7000 },
    ]);
});
