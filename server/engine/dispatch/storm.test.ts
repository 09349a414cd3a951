import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as tables from "#db/schema/index.ts";
import { TestRig } from "../test-rig.ts";
import { DispatchScene, patience } from "./test-scene.ts";

let rig: TestRig;
let scene: DispatchScene;
beforeEach(async () => {
  rig = await TestRig.open();
  scene = new DispatchScene(rig);
});
afterEach(() => rig.close());

const queueMany = async (count: number, event: string) => {
  for (const person of await rig.world.addContacts(count)) await rig.world.sendEvent(person, event);
  await scene.applyQueued();
};
/** Sends the sandbox has been asked for, with its time of each. */
const attempts = () => rig.sandbox.sandbox.requests.list().filter(({ method }) => method === "POST");
const restMs = 4_000;
/** The sends from the first one on that came after a rest which had begun by this time. */
const afterRest = (since: number) => {
  const times = attempts()
    .map(({ at }) => Date.parse(at))
    .toSorted((a, b) => a - b);
  const first = times.findIndex((at, index) => at > since && at - (times[index - 1] ?? at) >= restMs);
  return first < 0 ? [] : times.slice(first);
};
const sending = () => rig.database.db.$count(tables.outbox, eq(tables.outbox.status, "sending"));
const paces = () => rig.database.db.select().from(tables.channelPace);

test("in a storm of failures the number rests for all workers, one message feels the way, and all leave afterwards", async () => {
  await scene.sends("paid");
  await rig.database.db.update(tables.channel).set({ messagesPerSecond: 50 });
  await rig.control("faults", { mode: "sync", code: 131_016, count: null });
  await queueMany(60, "paid");
  for (const _ of [1, 2, 3]) rig.startWorker();
  await vi.waitFor(async () => expect((await paces())[0]?.failures).toBeGreaterThanOrEqual(5), patience);
  // What the workers had in hand still leaves; the rest shows in the gap before the first one that feels the way.
  await vi.waitFor(async () => expect(await sending()).toBe(0), patience);
  const restedAt = Date.now();
  await vi.waitFor(() => expect(afterRest(restedAt)).not.toEqual([]), patience);
  await vi.waitFor(async () => expect(await sending()).toBe(0), patience);
  const feelers = afterRest(restedAt);
  expect(feelers.filter((at, index) => at - (feelers[index - 1] ?? Number.NEGATIVE_INFINITY) < restMs)).toEqual([]);
  expect(attempts().length - 1).toBeLessThan(40);
  await rig.control("reset", {});
  await vi.waitFor(() => expect(rig.accepted).toHaveLength(60), { timeout: 40_000, interval: 50 });
  expect(new Set(scene.takenIds).size).toBe(60);
});

test("no worker sends before the time that the provider named", async () => {
  await scene.sends("paid");
  await rig.database.db.update(tables.channel).set({ messagesPerSecond: 40 });
  await rig.control("faults", { mode: "sync", code: 130_429, retry_after_s: 5 });
  await queueMany(30, "paid");
  for (const _ of [1, 2, 3]) rig.startWorker();
  await vi.waitFor(async () => expect((await paces())[0]?.toldUntil).toBeTruthy(), patience);
  const toldUntil = (await paces())[0]?.toldUntil?.getTime() ?? 0;
  const known = attempts().length;
  await vi.waitFor(() => expect(rig.accepted.length).toBeGreaterThan(known), patience);
  // The first two of the five seconds belong to what other workers had in hand when it was told.
  const early = attempts()
    .map(({ at }) => Date.parse(at))
    .filter((at) => at > toldUntil - 3000 && at < toldUntil);
  expect(early).toEqual([]);
  await vi.waitFor(() => expect(rig.accepted).toHaveLength(30), patience);
});

test("a slow provider's calls never fill the hands so that an alert has to wait", async () => {
  await scene.sends("promo", { purpose: "marketing" });
  await scene.sends("fraud", { purpose: "fraud" });
  // Everybody's but those to numbers that end in 7, as the victim's does.
  for (const digit of "012345689")
    await rig.control("faults", { mode: "slow", delay_ms: 12_000, count: null, match: { to: digit } });
  await queueMany(300, "promo");
  rig.startWorker();
  await vi.waitFor(async () => expect(await sending()).toBeGreaterThan(64), patience);
  const [victim = ""] = await rig.world.addContacts(1, { phone: "+14155557777" });
  await scene.queue(victim, "fraud");
  const isAlertTaken = () => rig.accepted.some(({ waId }) => waId === "14155557777");
  await vi.waitFor(() => expect(isAlertTaken()).toBe(true), patience);
  // It did not wait for a hand to become free: none of the slow calls has been answered, and all are still under way.
  expect(rig.accepted.filter(({ waId }) => !waId.endsWith("7"))).toEqual([]);
  expect(await sending()).toBeGreaterThan(64);
});
