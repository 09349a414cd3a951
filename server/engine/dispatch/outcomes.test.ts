import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as tables from "#db/schema/index.ts";
import { gateChecks } from "#flow/gate/decide-send.ts";
import type { Purpose } from "#flow/graph.ts";
import { metaCloud } from "#server/channels/meta-cloud/meta-cloud.ts";
import { TestRig } from "../test-rig.ts";
import type { ToSend } from "./claim-messages.ts";
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

const settleAll = (results: Parameters<typeof settle>[1]) => settle(rig.database.pool, results);
const leasesRunOut = () => rig.database.db.update(tables.outbox).set({ leaseUntil: new Date(Date.now() - 1000) });
const call = ({ channel, candidate, to, prepared }: ToSend) => {
  if (!channel.connection) throw new Error("The channel is not open.");
  const outgoing = { ref: candidate.messageId, to, message: prepared.outgoing };
  return metaCloud.send(channel.connection, outgoing, AbortSignal.timeout(5000));
};

async function claimOne(purpose: Purpose) {
  await scene.sends(purpose, { purpose });
  const [person = ""] = await rig.world.addContacts(1);
  await scene.queue(person, purpose);
  const [claimed] = await scene.claim();
  if (!claimed) throw new Error("Nothing was claimed.");
  return claimed;
}

describe("an answer that proves nothing leaves the outcome unknown, and the message is not sent twice:", () => {
  test.each([
    ["a reset before the answer", "accept-then-drop"],
    ["a reset within the body", "accept-then-half-body"],
    ["half of the JSON", "accept-then-half-json"],
    ["a page of HTML with status 200", "accept-then-html"],
    ["status 200 without a message id", "accept-without-id"],
    ["a body that unpacks to 100 MB", "accept-then-gzip-bomb"],
    ["status 500 without a body of Meta's", "accept-then-500"],
  ])("%s", async (_, mode) => {
    const claimed = await claimOne("service");
    await rig.control("faults", { mode });
    const before = process.memoryUsage().rss;
    const result = await call(claimed);
    expect(result).toMatchObject({ outcome: "unknown" });
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
    await settleAll([scene.settled(claimed, { kind: "unknown", detail: "" })]);
    expect(await scene.messages()).toMatchObject([{ status: "unknown", reason: "unknown-outcome" }]);
    expect(await scene.claim()).toHaveLength(0);
    expect(rig.accepted).toHaveLength(1);
  });
});

test.each<[Purpose, number, string]>([
  ["fraud", 1, "resent"],
  ["transaction", 1, "resent"],
  ["service", 0, "unknown-outcome"],
  ["marketing", 0, "unknown-outcome"],
])(
  "a dead worker's %s message is unknown; without a status it is sent again %i times",
  async (purpose, resent, reason) => {
    await claimOne(purpose);
    await leasesRunOut();
    expect(await reconcile(rig.database.pool)).toMatchObject({ unknown: 1, resent: 0 });
    await leasesRunOut();
    expect(await reconcile(rig.database.pool)).toMatchObject({ unknown: 0, resent });
    expect(await scene.messages()).toMatchObject([{ reason, content: { body: "Hello Ana, how are you?" } }]);
    expect(await rig.database.db.$count(tables.outbox)).toBe(resent);
  },
);

describe("a status that is faster than our own commit", () => {
  const takeIn = async (purpose: Purpose) => {
    await rig.subscribe();
    const claimed = await claimOne(purpose);
    await call(claimed);
    return claimed;
  };
  const deliver = async (purpose: Purpose = "transaction") => {
    const claimed = await takeIn(purpose);
    rig.startWorker();
    await vi.waitFor(async () => expect(await scene.messages()).toMatchObject([{ status: "read" }]), patience);
    return claimed;
  };

  test("is not taken back by the answer, and the message says what was sent", async () => {
    const claimed = await deliver();
    await settleAll([scene.settled(claimed, { kind: "sent", wamid: "w", waId: null })]);
    expect(await scene.messages()).toMatchObject([
      { status: "read", content: { body: "Hello Ana, how are you?" }, channelId: rig.world.channelId },
    ]);
    expect((await scene.messages())[0]?.checks).toHaveLength(gateChecks.length);
    expect(await rig.database.db.$count(tables.outbox)).toBe(0);
  });

  test("ends an alert whose worker died before it settled: it is not sent again when the lease is over", async () => {
    await deliver("fraud");
    expect(await scene.outbox()).toEqual([]);
    await leasesRunOut();
    for (const _ of ["unknown", "judged"])
      expect(await reconcile(rig.database.pool)).toEqual({ unknown: 0, resent: 0, released: 0 });
    expect(await scene.messages()).toMatchObject([{ status: "read", content: { body: "Hello Ana, how are you?" } }]);
    expect(rig.accepted).toHaveLength(1);
  });

  test("ends it as well when its outcome was unknown already", async () => {
    await takeIn("fraud");
    await leasesRunOut();
    expect(await reconcile(rig.database.pool)).toMatchObject({ unknown: 1, resent: 0 });
    rig.startWorker();
    await vi.waitFor(async () => expect(await scene.messages()).toMatchObject([{ status: "read" }]), patience);
    expect(await scene.outbox()).toEqual([]);
    expect(await reconcile(rig.database.pool)).toMatchObject({ unknown: 0, resent: 0 });
    expect(rig.accepted).toHaveLength(1);
  });

  test.each([
    ["the answer was lost", { kind: "unknown", detail: "" } as const],
    [
      "the answer was a refusal",
      { kind: "retry", notBefore: 0, reason: "provider-down", code: 2, detail: "", pausesChannel: false } as const,
    ],
  ])("ends the message although %s: even a payment's is not sent twice", async (_, settlement) => {
    const claimed = await deliver();
    await settleAll([scene.settled(claimed, settlement)]);
    expect(await scene.messages()).toMatchObject([{ status: "read" }]);
    expect(await rig.database.db.$count(tables.outbox)).toBe(0);
  });
});

test("a second attempt that is refused does not say what became of the first", async () => {
  await claimOne("fraud");
  await leasesRunOut();
  await reconcile(rig.database.pool);
  await leasesRunOut();
  await reconcile(rig.database.pool);
  const [again] = await scene.claim();
  if (!again) throw new Error("Nothing was claimed.");
  await settleAll([scene.settled(again, { kind: "failed", reason: "undeliverable", code: 131_026, detail: "" })]);
  expect(await scene.messages()).toMatchObject([{ status: "unknown", reason: "unknown-outcome", errorCode: 131_026 }]);
});

test("an expired token pauses the number and is told once, however many messages it fails", async () => {
  await scene.sends("paid");
  const people = await rig.world.addContacts(5);
  for (const person of people) await scene.queue(person, "paid");
  const claimed = await scene.claim();
  const refused = {
    kind: "retry",
    notBefore: Date.now(),
    reason: "channel-paused",
    code: 190,
    detail: "",
    pausesChannel: true,
  } as const;
  const told = await Promise.all(claimed.map((each) => settleAll([scene.settled(each, refused)])));
  expect(told.flatMap(({ paused }) => paused)).toHaveLength(1);
  expect(await rig.database.db.select().from(tables.channel)).toMatchObject([{ status: "paused" }]);
});
