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
const paces = () => rig.database.db.select().from(tables.channelPace);

test("in a storm of failures the number rests for all workers, one message feels the way, and all leave afterwards", async () => {
  await scene.sends("paid");
  await rig.database.db.update(tables.channel).set({ messagesPerSecond: 50 });
  await rig.control("faults", { mode: "sync", code: 131_016, count: null });
  await queueMany(60, "paid");
  const startedAt = Date.now();
  for (const _ of [1, 2, 3]) rig.startWorker();
  await vi.waitFor(async () => expect((await paces())[0]?.failures).toBeGreaterThanOrEqual(5), patience);
  expect(Date.now() - startedAt).toBeLessThan(10_000);
  const opened = attempts().length;
  expect(opened).toBeLessThan(40);
  await vi.waitFor(() => expect(attempts().length).toBeGreaterThan(opened + 1), { timeout: 15_000, interval: 10 });
  expect(attempts().length - opened).toBeLessThanOrEqual(3);
  await rig.control("reset", {});
  await vi.waitFor(() => expect(rig.accepted).toHaveLength(60), { timeout: 40_000, interval: 50 });
  expect(new Set(scene.takenIds).size).toBe(60);
}, 70_000);

test("no worker sends before the time that the provider named", async () => {
  await scene.sends("paid");
  await rig.database.db.update(tables.channel).set({ messagesPerSecond: 40 });
  await rig.control("faults", { mode: "sync", code: 130_429, retry_after_s: 3 });
  await queueMany(30, "paid");
  for (const _ of [1, 2, 3]) rig.startWorker();
  await vi.waitFor(async () => expect((await paces())[0]?.toldUntil).toBeTruthy(), patience);
  const toldUntil = (await paces())[0]?.toldUntil?.getTime() ?? 0;
  const known = attempts().length;
  await vi.waitFor(() => expect(rig.accepted.length).toBeGreaterThan(known), patience);
  const early = attempts()
    .map(({ at }) => Date.parse(at))
    .filter((at) => at > toldUntil - 2900 && at < toldUntil);
  expect(early).toEqual([]);
  await vi.waitFor(() => expect(rig.accepted).toHaveLength(30), patience);
}, 30_000);

test("a slow provider's calls never fill the hands so that an alert has to wait", async () => {
  await scene.sends("promo", { purpose: "marketing" });
  await scene.sends("fraud", { purpose: "fraud" });
  // Everybody's but those to numbers that end in 7, as the victim's does.
  for (const digit of "012345689")
    await rig.control("faults", { mode: "slow", delay_ms: 8000, count: null, match: { to: digit } });
  await queueMany(300, "promo");
  rig.startWorker();
  await vi.waitFor(async () => {
    const sending = await rig.database.db.$count(tables.outbox, eq(tables.outbox.status, "sending"));
    expect(sending).toBeGreaterThan(64);
  }, patience);
  const [victim = ""] = await rig.world.addContacts(1, { phone: "+14155557777" });
  const askedAt = Date.now();
  await scene.queue(victim, "fraud");
  const isAlertTaken = () => rig.accepted.some(({ waId }) => waId === "14155557777");
  await vi.waitFor(() => expect(isAlertTaken()).toBe(true), { timeout: 5000, interval: 10 });
  expect(Date.now() - askedAt).toBeLessThan(2000);
  expect(rig.accepted.length).toBeLessThan(100);
}, 30_000);
