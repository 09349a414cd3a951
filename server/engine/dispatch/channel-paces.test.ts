import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { connect } from "#db/client.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import type { RefusalClass, SendResult } from "#server/channels/channel.ts";
import { newId } from "#server/id.ts";
import { ChannelPaces } from "./channel-paces.ts";
import { burstShare, flowShare } from "./pace-statements.ts";

let database: TestDatabase;
let wide: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  wide = connect(database.url, { name: "race", max: 16, onError: () => undefined }).pool;
});
afterAll(async () => {
  await wide.end();
  await database.drop();
});

const accepted: SendResult = { outcome: "accepted", wamid: "w", waId: null };
const unknown: SendResult = { outcome: "unknown", detail: "" };
const refused = (kind: RefusalClass, retryAfterMs: number | null = null): SendResult => ({
  outcome: "refused",
  class: kind,
  code: 1,
  detail: "",
  retryAfterMs,
});

const patience = { timeout: 40_000, interval: 5 };

/** One taking: the database granted somewhere between the two times, which this process cannot tell closer. */
type Taking = { askedAt: number; answeredAt: number; granted: number };

/** Takes as fast as it can for a while, as a worker does. */
async function takeAll(
  channelId: string,
  { perSecond, workers, ms }: { perSecond: number; workers: number; ms: number },
): Promise<Taking[]> {
  const takings: Taking[] = [];
  const until = performance.now() + ms;
  await Promise.all(
    Array.from({ length: workers }, async () => {
      const paces = new ChannelPaces(wide);
      for (let askedAt = performance.now(); askedAt < until; askedAt = performance.now()) {
        const grants = await paces.take([{ channelId, perSecond, workers: 1, most: 64 }]);
        takings.push({ askedAt, answeredAt: performance.now(), granted: grants.get(channelId)?.granted ?? 0 });
      }
    }),
  );
  return takings.toSorted((a, b) => a.askedAt - b.askedAt);
}

const sum = (takings: readonly Taking[]) => takings.reduce((all, { granted }) => all + granted, 0);

/** The most that was certainly granted within a second. */
function busiestSecond(takings: readonly Taking[]): number {
  const some = takings.filter(({ granted }) => granted > 0);
  const within = ({ askedAt }: Taking) =>
    some.filter((other) => other.askedAt >= askedAt && other.answeredAt < askedAt + 1000);
  return Math.max(...some.map((first) => sum(within(first))));
}

/** How long somebody asked: while the whole machine stands still, a bucket that is full loses what flows. */
function askedMs(takings: readonly Taking[], bucketMs: number): number {
  const times = takings.map(({ answeredAt }) => answeredAt).toSorted((a, b) => a - b);
  return times.reduce((all, at, index) => all + Math.min(bucketMs, index === 0 ? 0 : at - (times[index - 1] ?? 0)), 0);
}

/** A number whose bucket is full. */
async function aNumber(): Promise<string> {
  const channelId = newId();
  await database.pool.query(
    "insert into channel_pace (channel_id, tokens, filled_at) values ($1, 0, now() - interval '1 minute')",
    [channelId],
  );
  return channelId;
}

const one = (channelId: string, perSecond = 80) => [{ channelId, perSecond, workers: 1, most: 64 }];
const takeOne = async (paces: ChannelPaces, channelId: string, perSecond = 80) =>
  (await paces.take(one(channelId, perSecond))).get(channelId) ?? { granted: -1, againInMs: 0 };

test.each([1, 5, 40, 80, 400])(
  "a number of %i a second never gives more within any second, whoever asks on 16 connections, and hardly less",
  async (perSecond) => {
    const takings = await takeAll(await aNumber(), { perSecond, workers: 16, ms: 2500 });
    expect(busiestSecond(takings)).toBeLessThanOrEqual(perSecond);
    const askedFor = askedMs(takings, (burstShare / flowShare) * 1000) / 1000;
    expect(sum(takings)).toBeGreaterThanOrEqual(Math.floor(perSecond * askedFor * 0.75));
  },
);

test("a worker's hands hold its share of a bucket at most, and what it does not use is given back", async () => {
  const channelId = await aNumber();
  const paces = new ChannelPaces(wide);
  const request = { channelId, perSecond: 1000, workers: 4, most: 64 };
  expect((await paces.take([request])).get(channelId)?.granted).toBe(20);
  await paces.giveBack(new Map([[channelId, 20]]));
  const all = (await paces.take([{ ...request, workers: 1, most: 100 }])).get(channelId)?.granted;
  expect(all).toBe(80);
});

test("a number that nobody has used yet begins with an empty bucket", async () => {
  const channelId = newId();
  const paces = new ChannelPaces(wide);
  expect((await takeOne(paces, channelId)).granted).toBe(0);
  await vi.waitFor(async () => expect((await takeOne(paces, channelId)).granted).toBeGreaterThan(0), patience);
});

describe("Retry-After", () => {
  test.each(["throttle", "transient"] as const)(
    "of a %s answer holds for the other workers too, to the millisecond",
    async (kind) => {
      const restMs = 1_500;
      const channelId = await aNumber();
      const [first, second] = [new ChannelPaces(wide), new ChannelPaces(wide)];
      first.learn(channelId, refused(kind, restMs));
      const toldAt = performance.now();
      await first.taught();
      const resting = await takeOne(second, channelId);
      expect(resting.granted).toBe(0);
      expect(resting.againInMs).toBeGreaterThan(restMs - (performance.now() - toldAt));
      // A success of a call that was under way does not cut it short.
      first.learn(channelId, accepted);
      await vi.waitFor(async () => expect((await takeOne(second, channelId)).granted).toBeGreaterThan(0), patience);
      expect(performance.now() - toldAt).toBeGreaterThanOrEqual(restMs);
    },
  );

  test("of one number rests no other", async () => {
    const [loud, quiet] = [await aNumber(), await aNumber()];
    const paces = new ChannelPaces(wide);
    paces.learn(loud, refused("throttle", 60_000));
    const grants = await paces.take([...one(loud), ...one(quiet)]);
    expect(grants.get(loud)?.granted).toBe(0);
    expect(grants.get(quiet)?.granted).toBeGreaterThan(0);
  });
});

test("a complaint about the rate halves it, once a second at most", async () => {
  const paces = new ChannelPaces(wide);
  const complain = async (): Promise<string> => {
    const number = await aNumber();
    const begun = performance.now();
    for (let index = 0; index < 5; index += 1) {
      paces.learn(number, refused("throttle"));
      await paces.taught();
    }
    // On a machine that stood still in between, the last one may rightly have halved it again.
    return performance.now() - begun < 900 ? number : complain();
  };
  const channelId = await complain();
  const { rows } = await database.pool.query("select slow_to from channel_pace where channel_id = $1", [channelId]);
  expect(rows[0].slow_to).toBeCloseTo(0.5, 2);
});

describe("the breaker", () => {
  const openIt = async (paces: ChannelPaces, channelId: string) => {
    for (let failure = 0; failure < 5; failure += 1)
      paces.learn(channelId, failure % 2 ? unknown : refused("transient"));
    await paces.taught();
  };
  const restIsOver = (channelId: string) =>
    database.pool.query(
      "update channel_pace set rest_until = now() - interval '1 second', tokens = 6 where channel_id = $1",
      [channelId],
    );

  test("opens after five failures of any workers; then one message feels the way each five seconds, whoever asks", async () => {
    const channelId = await aNumber();
    const [first, second] = [new ChannelPaces(wide), new ChannelPaces(wide)];
    for (let failure = 0; failure < 4; failure += 1) first.learn(channelId, unknown);
    await first.taught();
    expect((await takeOne(second, channelId)).granted).toBeGreaterThan(0);
    second.learn(channelId, refused("transient"));
    expect((await takeOne(second, channelId)).granted).toBe(0);
    const { granted, againInMs } = await takeOne(first, channelId);
    expect(granted).toBe(0);
    expect(againInMs).toBeGreaterThan(4000);
    await restIsOver(channelId);
    const tries = await Promise.all([first, second, first, second].map((paces) => takeOne(paces, channelId)));
    expect(tries.reduce((sum, grant) => sum + grant.granted, 0)).toBe(1);
    expect(Math.max(...tries.map((grant) => grant.againInMs))).toBeLessThanOrEqual(5000);
  });

  test("is closed by a success of any worker", async () => {
    const channelId = await aNumber();
    const [first, second] = [new ChannelPaces(wide), new ChannelPaces(wide)];
    await openIt(first, channelId);
    await restIsOver(channelId);
    expect((await takeOne(second, channelId)).granted).toBe(1);
    second.learn(channelId, accepted);
    await second.taught();
    await vi.waitFor(async () => expect((await takeOne(first, channelId)).granted).toBeGreaterThan(1), patience);
  });

  test("gives its one try back when nothing could use it", async () => {
    const channelId = await aNumber();
    const paces = new ChannelPaces(wide);
    await openIt(paces, channelId);
    await restIsOver(channelId);
    expect((await takeOne(paces, channelId)).granted).toBe(1);
    await paces.giveBack(new Map([[channelId, 1]]));
    expect((await takeOne(paces, channelId)).granted).toBe(1);
  });

  test.each(["recipient", "template", "window", "cap", "pair"] as const)(
    "does not open for a %s refusal",
    async (kind) => {
      const channelId = await aNumber();
      const paces = new ChannelPaces(wide);
      for (let index = 0; index < 8; index += 1) paces.learn(channelId, refused(kind));
      expect((await takeOne(paces, channelId)).granted).toBeGreaterThan(1);
    },
  );
});
