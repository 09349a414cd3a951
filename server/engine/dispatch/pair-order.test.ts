import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as tables from "#db/schema/index.ts";
import { newId } from "#server/id.ts";
import { TestRig } from "../test-rig.ts";
import { expireMessages } from "./expire-messages.ts";
import { reconcile } from "./reconcile.ts";
import { settle } from "./settle.ts";
import { DispatchScene, patience } from "./test-scene.ts";

let rig: TestRig;
let scene: DispatchScene;
beforeEach(async () => {
  rig = await TestRig.open();
  scene = new DispatchScene(rig);
});
afterEach(() => rig.close());

const idsOf = (messages: { id: string }[]) => messages.map(({ id }) => id);

describe("messages to one person arrive in the order of their asking", () => {
  test("although the first call is slow and three workers are there", async () => {
    await scene.sends("paid");
    const [person = "", other = ""] = await rig.world.addContacts(2);
    await rig.control("faults", { mode: "slow", delay_ms: 2500, match: { to: "5551001" } });
    await scene.queue(person, "paid");
    for (const _ of [1, 2, 3]) rig.startWorker();
    // The others are asked for while it is on its way, and the two together.
    await vi.waitFor(async () => expect(await scene.outbox()).toMatchObject([{ status: "sending" }]), patience);
    await scene.queue(person, "paid", "paid");
    await scene.queue(other, "paid");
    await vi.waitFor(() => expect(rig.accepted).toHaveLength(4), patience);
    const messages = await scene.messages();
    const own = messages.filter((message) => message.contactId === person);
    const ownIds = new Set(idsOf(own));
    expect(scene.takenIds.filter((id) => ownIds.has(id ?? ""))).toEqual(idsOf(own));
    // Nobody else had to wait for the slow one.
    expect(ownIds.has(scene.takenIds[0] ?? "")).toBe(false);
  });

  test("also when the first one is refused and has to be tried again", async () => {
    await scene.sends("paid");
    const [person = ""] = await rig.world.addContacts(1);
    await scene.queue(person, "paid", "paid");
    await rig.control("faults", { mode: "sync", code: 131_016 });
    for (const _ of [1, 2]) rig.startWorker();
    await vi.waitFor(async () => {
      expect(await scene.messages()).toMatchObject([
        { status: "queued", reason: "provider-down" },
        { status: "queued", reason: "earlier-first" },
      ]);
    }, patience);
    await vi.waitFor(() => expect(rig.accepted).toHaveLength(2), patience);
    expect(scene.takenIds).toEqual(idsOf(await scene.messages()));
  });

  test("but an alert does not wait for an offer that is to be tried again", async () => {
    await scene.sends("promo", { purpose: "marketing" });
    await scene.sends("fraud", { purpose: "fraud" });
    const [person = ""] = await rig.world.addContacts(1);
    await rig.control("faults", { mode: "sync", code: 131_016 });
    rig.startWorker();
    await scene.queue(person, "promo");
    await vi.waitFor(async () => expect(await scene.messages()).toMatchObject([{ reason: "provider-down" }]), patience);
    await scene.queue(person, "fraud");
    await vi.waitFor(async () => {
      expect(await scene.messages()).toMatchObject([{ status: "queued" }, { purpose: "fraud", status: "sent" }]);
    }, patience);
  });
});

test("who dies with a message in hand does not silence its person: the next one leaves after the take-over", async () => {
  await scene.sends("paid");
  const [person = ""] = await rig.world.addContacts(1);
  await scene.queue(person, "paid", "paid");
  const dead = newId();
  expect(await scene.claim(dead)).toHaveLength(1);
  expect(await scene.claim()).toHaveLength(0);
  expect(await scene.outbox()).toMatchObject([{ status: "sending" }, { status: "behind" }]);
  expect(await reconcile(rig.database.pool)).toEqual({ unknown: 0, resent: 0, released: 0 });
  const at = new Date();
  await rig.database.db.insert(tables.worker).values({
    id: dead,
    name: "worker-7",
    host: "gone",
    fence: 1,
    state: "lost",
    startedAt: at,
    beatAt: at,
    leaseUntil: at,
    takenOverAt: at,
  });
  expect(await reconcile(rig.database.pool)).toMatchObject({ unknown: 1, released: 1 });
  expect(await scene.messages()).toMatchObject([
    { status: "unknown", reason: "unknown-outcome", content: { body: "Hello Ana, how are you?" } },
    { status: "queued" },
  ]);
  expect(await scene.claim()).toHaveLength(1);
});

test("a message that has become too old between two tries is dropped with its reason, and the next one leaves", async () => {
  await scene.sends("paid");
  const [person = ""] = await rig.world.addContacts(1);
  await scene.queue(person, "paid", "paid");
  const [first] = await scene.claim();
  if (!first) throw new Error("Nothing was claimed.");
  const notBefore = Date.now() + 60_000;
  const retry = {
    kind: "retry" as const,
    notBefore,
    reason: "provider-down",
    code: 2,
    detail: "",
    pausesChannel: false,
  };
  await settle(rig.database.pool, [scene.settled(first, retry)]);
  expect(await scene.claim()).toHaveLength(0);
  await reconcile(rig.database.pool);
  expect(await scene.outbox()).toMatchObject([{ holdsBack: true }, { status: "behind" }]);
  const own = eq(tables.outbox.messageId, first.candidate.messageId);
  await rig.database.db.update(tables.outbox).set({ expiresAt: new Date() }).where(own);
  expect(await expireMessages(rig.database.pool, new Date())).toBe(1);
  expect(await rig.database.db.select().from(tables.capCounter)).toEqual([]);
  expect(await scene.messages()).toMatchObject([{ status: "skipped", reason: "expired" }, { status: "queued" }]);
  await reconcile(rig.database.pool);
  expect(await scene.claim()).toHaveLength(1);
});

test("what came back for another try is due later than the next one, and leaves before it all the same", async () => {
  await scene.sends("paid");
  const [person = ""] = await rig.world.addContacts(1);
  await scene.queue(person, "paid");
  const [first] = await scene.claim();
  if (!first) throw new Error("Nothing was claimed.");
  await scene.queue(person, "paid");
  const retry = { kind: "retry" as const, reason: "provider-down", code: 2, detail: "", pausesChannel: false };
  await settle(rig.database.pool, [scene.settled(first, { ...retry, notBefore: Date.now() })]);
  expect((await scene.claim()).map(({ candidate }) => candidate.messageId)).toEqual([first.candidate.messageId]);
});

/** What one pair may have at once (pair-pace.ts). */
const burst = 44;

test("the pair's rate is foreseen: a burst to one person is cut before the provider refuses, and goes on in order", async () => {
  await scene.sends("paid");
  await rig.control("limits", { pair: true });
  const [person = "", other = ""] = await rig.world.addContacts(2);
  for (let index = 0; index < burst + 15; index += 1) await rig.world.sendEvent(person, "paid");
  await rig.world.sendEvent(other, "paid");
  await scene.applyQueued();
  const own = async () => (await scene.messages()).filter((message) => message.contactId === person);
  const begun = Date.now();
  for (const _ of [1, 2]) rig.startWorker();
  const cutAt = await vi.waitFor(async () => {
    const [first, ...others] = await scene.outbox();
    expect(first).toMatchObject({ status: "queued", holdsBack: true });
    expect(first?.notBefore.getTime()).toBeGreaterThan(Date.now() + 1000);
    expect(others.filter(({ status, holdsBack }) => status !== "behind" || holdsBack)).toEqual([]);
    const messages = await own();
    const reasons = messages.filter(({ status }) => status === "queued").map(({ reason }) => reason);
    expect(reasons).toEqual(["pair-rate", ...others.map(() => "earlier-first")]);
    return messages.length - reasons.length;
  }, patience);
  // One more each six seconds, which a slow machine may have needed.
  expect(cutAt).toBeGreaterThanOrEqual(burst);
  expect(cutAt).toBeLessThanOrEqual(burst + Math.ceil((Date.now() - begun) / 6000));
  const ownTaken = () => rig.accepted.filter(({ waId }) => waId === "14155551001");
  await vi.waitFor(() => expect(ownTaken().length).toBeGreaterThan(cutAt), patience);
  expect(rig.accepted.length).toBeGreaterThan(ownTaken().length);
  expect((await scene.messages()).filter(({ errorCode }) => errorCode !== null)).toEqual([]);
  expect(ownTaken().map(({ ref }) => ref)).toEqual(idsOf(await own()).slice(0, ownTaken().length));
});

test("what the provider says of one pair makes nobody else wait", async () => {
  await scene.sends("paid");
  const [person = "", other = ""] = await rig.world.addContacts(2);
  await rig.control("faults", { mode: "sync", code: 131_056, match: { to: "5551001" } });
  await scene.queue(person, "paid");
  rig.startWorker();
  await vi.waitFor(async () => expect(await scene.messages()).toMatchObject([{ reason: "pair-rate" }]), patience);
  await scene.queue(other, "paid");
  await vi.waitFor(() => expect(rig.accepted).toHaveLength(1), patience);
  await vi.waitFor(() => expect(rig.accepted).toHaveLength(2), patience);
  const pace = await rig.database.db.select().from(tables.channelPace);
  expect(pace).toMatchObject([{ toldUntil: null, failures: 0, slowTo: 1 }]);
});
