import { eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { loadCandidates } from "../dispatch/load-facts.ts";
import { settle } from "../dispatch/settle.ts";
import type { SampleWorld } from "../sample-world.ts";
import { HookRig, statusValue, testMoment } from "./test-hook-rig.ts";

let rig: HookRig;
beforeAll(async () => {
  rig = await HookRig.open();
});
afterAll(() => rig.close());

type Step = "accepted" | "sent" | "delivered" | "read" | "failed";
/** When each happens, in seconds from the test's moment: the provider accepts half a second before it says "sent". */
const secondOf = { accepted: 0, sent: 0, delivered: 2, read: 3, failed: 4 };

function* permutations<Item>(items: readonly Item[]): Generator<Item[]> {
  if (items.length === 0) yield [];
  for (const [index, item] of items.entries())
    for (const rest of permutations(items.toSpliced(index, 1))) yield [item, ...rest];
}

/** Every choice of the provider's four statuses. */
const choices = Array.from({ length: 16 }, (_, bits) =>
  (["sent", "delivered", "read", "failed"] as const).filter((_status, index) => bits & (1 << index)),
);

type Sending = Awaited<ReturnType<HookRig["addSending"]>>;
const claim = "worker-1";

/** Notes what is needed to settle these messages later, as the dispatcher does when it claims them. */
async function candidatesOf(sendings: readonly Sending[]) {
  const client = await rig.database.pool.connect();
  const ids = sendings.map(({ id }) => id);
  const candidates = await loadCandidates(client, ids, testMoment);
  client.release();
  return new Map(candidates.map((candidate) => [candidate.messageId, candidate]));
}

type Candidates = Awaited<ReturnType<typeof candidatesOf>>;

/** The provider's answer to the call, settled: half a second after the full second that its "sent" status tells. */
async function accept(world: SampleWorld, candidates: Candidates, sendings: readonly Sending[]) {
  const settled = sendings.flatMap(({ id, wamid }) => {
    const message = candidates.get(id);
    const settlement = { kind: "sent" as const, wamid, waId: null };
    return message ? [{ message, channelId: world.channelId, claim, at: testMoment, settlement }] : [];
  });
  await settle(rig.database.pool, settled);
}

const rowsOf = (sendings: readonly Sending[]) =>
  rig.database.db
    .select()
    .from(tables.message)
    .where(
      inArray(
        tables.message.id,
        sendings.map(({ id }) => id),
      ),
    )
    .orderBy(tables.message.id);

const shapeOf = ({ id: _, wamid: __, enrollmentId: ___, ...row }: typeof tables.message.$inferSelect) => row;

const signalsOf = async ({ enrollmentId }: Sending) => {
  const rows = await rig.database.db
    .select()
    .from(tables.signalQueue)
    .where(eq(tables.signalQueue.enrollmentId, enrollmentId));
  return rows.map(({ payload }) => payload.status);
};

const orphans = (world: SampleWorld) =>
  rig.database.db.select().from(tables.orphanStatus).where(eq(tables.orphanStatus.workspaceId, world.workspaceId));

/** A generator of its own, so that a failure can be repeated. */
function shuffler(seed: number) {
  let state = seed;
  const next = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const shuffle = <Item>(items: readonly Item[]): Item[] => {
    const rest = [...items];
    return items.flatMap(() => rest.splice(next(rest.length), 1));
  };
  return { next, shuffle };
}

test.each([null, "resent"])(
  "P7: accepted, sent, delivered, read and failed, all or some, in every order and repeated, give the same message (%s before)",
  async (reason) => {
    const { next, shuffle } = shuffler(7);
    const world = await rig.world();
    const [contactId = ""] = await world.addContacts(1);
    const orders = choices.flatMap((choice) => [...permutations<Step>(["accepted", ...choice])]);
    const sendings: Sending[] = [];
    for (const _ of orders) sendings.push(await rig.addSending(world, contactId, { claim, reason }));
    const candidates = await candidatesOf(sendings);
    // Each step of an order comes once to three times, and again at any later place.
    const plans = orders.map((order) =>
      order.flatMap((step, index) => [step, ...order.slice(0, index).filter(() => next(3) === 0)]),
    );
    const hosts = [rig.host(), rig.host(), rig.host()];
    for (let turn = 0; turn < Math.max(...plans.map((plan) => plan.length)); turn += 1) {
      const due = sendings.map((sending, index) => ({ sending, step: plans[index]?.[turn] }));
      await accept(
        world,
        candidates,
        due.filter(({ step }) => step === "accepted").map(({ sending }) => sending),
      );
      const calls = due.flatMap(({ sending: { id, wamid }, step }) =>
        step === undefined || step === "accepted"
          ? []
          : [statusValue(step, { wamid, ref: id, second: secondOf[step] })],
      );
      await rig.store(world, ...shuffle(calls));
      for (let open = calls.length; open > 0; ) {
        const applied = await Promise.all(hosts.map((host) => host.apply(1 + next(40))));
        open -= applied.reduce((sum, each) => sum + each.calls, 0);
      }
    }
    const shapes = (await rowsOf(sendings)).map(shapeOf);
    const groups = Map.groupBy(shapes.keys(), (index) => (orders[index] ?? []).toSorted().join());
    for (const [name, [first = 0, ...others]] of groups) {
      const failed = { status: "failed", reason: reason ?? "undelivered", errorCode: 131_026 };
      const isFailed = name.includes("failed") && !/delivered|read/.test(name);
      expect(shapes[first]).toMatchObject({ sentAt: testMoment, ...(isFailed ? failed : { reason, errorCode: null }) });
      for (const other of others) expect(shapes[other]).toEqual(shapes[first]);
    }
    expect(await orphans(world)).toEqual([]);
  },
  120_000,
);

describe("F19: duplicates", () => {
  test("ten equal statuses, applied by several workers at once while the provider's answer is settled, are one transition and one signal", async () => {
    const world = await rig.world();
    const [contactId = ""] = await world.addContacts(1);
    const sendings: Sending[] = [];
    for (let index = 0; index < 20; index += 1) sendings.push(await rig.addSending(world, contactId, { claim }));
    const candidates = await candidatesOf(sendings);
    const call = ({ wamid, id }: Sending) => statusValue("delivered", { wamid, ref: id, second: 1 });
    for (let copy = 0; copy < 10; copy += 1) await rig.store(world, ...sendings.map(call));
    const hosts = Array.from({ length: 6 }, () => rig.host());
    const settling = accept(world, candidates, sendings);
    for (let open = 200; open > 0; ) {
      const applied = await Promise.all(hosts.map((host) => host.apply(9)));
      open -= applied.reduce((sum, { calls }) => sum + calls, 0);
    }
    await settling;
    expect(new Set((await rowsOf(sendings)).map(({ status }) => status))).toEqual(new Set(["delivered"]));
    for (const sending of sendings)
      expect((await signalsOf(sending)).filter((status) => status === "delivered")).toHaveLength(1);
  });
});

describe("F20: out of order", () => {
  test("a status by our id, before our own settling, moves the message and ends the wait for the answer", async () => {
    const world = await rig.world();
    const [contactId = ""] = await world.addContacts(1);
    const sending = await rig.addSending(world, contactId, { claim });
    const candidates = await candidatesOf([sending]);
    await rig.store(world, statusValue("delivered", { wamid: sending.wamid, ref: sending.id, second: 1 }));
    await rig.host().apply();
    expect(await rowsOf([sending])).toMatchObject([{ status: "delivered", wamid: sending.wamid }]);
    // Whatever the call comes to now, nothing is left that could be sent once more.
    expect(await rig.database.db.$count(tables.outbox, eq(tables.outbox.messageId, sending.id))).toBe(0);
    await accept(world, candidates, [sending]);
    expect(await rowsOf([sending])).toMatchObject([{ status: "delivered", reason: null, sentAt: testMoment }]);
    expect(await orphans(world)).toEqual([]);
  });

  test("statuses by the provider's id alone, before our own settling, wait as orphans and are joined after it", async () => {
    const world = await rig.world();
    const [contactId = ""] = await world.addContacts(1);
    const sending = await rig.addSending(world, contactId, { claim });
    const candidates = await candidatesOf([sending]);
    const { wamid } = sending;
    await rig.store(
      world,
      statusValue("read", { wamid, second: 3 }),
      statusValue("delivered", {
        wamid,
        second: 2,
        pricing: { pricing_model: "PMP", type: "regular", category: "utility" },
      }),
      statusValue("read", { wamid, second: 3 }),
    );
    await rig.host().apply();
    expect(await rowsOf([sending])).toMatchObject([{ status: "sending" }]);
    expect((await orphans(world)).map(({ status }) => status).toSorted()).toEqual(["delivered", "read"]);
    await accept(world, candidates, [sending]);
    const { signals } = await rig.host().apply();
    expect(signals).toBe(1);
    expect(await rowsOf([sending])).toMatchObject([
      {
        status: "read",
        deliveredAt: new Date("2026-11-22T12:00:02Z"),
        pricingType: "regular",
        pricingCategory: "utility",
      },
    ]);
    expect(await orphans(world)).toEqual([]);
  });

  test("an orphan's failure keeps its code when it is joined", async () => {
    const world = await rig.world();
    const [contactId = ""] = await world.addContacts(1);
    const sending = await rig.addSending(world, contactId, { claim });
    const candidates = await candidatesOf([sending]);
    await rig.store(world, statusValue("failed", { wamid: sending.wamid, second: 2 }));
    await rig.host().apply();
    await accept(world, candidates, [sending]);
    await rig.host().apply();
    expect(await rowsOf([sending])).toMatchObject([{ status: "failed", reason: "undelivered", errorCode: 131_026 }]);
  });
});

describe("F21: a status that is not ours", () => {
  test.each([
    ["of a message nobody knows", async () => ({ wamid: "wamid.strange", ref: undefined })],
    ["with a reference that is no id of ours", async () => ({ wamid: "wamid.tool", ref: "order-17" })],
    ["of another workspace's message, by its id", async (other: Sending) => ({ wamid: "wamid.other", ref: other.id })],
    [
      "of another workspace's message, by the provider's id",
      async (other: Sending) => ({ wamid: other.wamid, ref: undefined }),
    ],
  ])("%s is kept as an orphan and attached to nothing", async (_, name) => {
    const [world, otherWorld] = [await rig.world(), await rig.world()];
    const [contactId = ""] = await otherWorld.addContacts(1);
    const other = await rig.addSending(otherWorld, contactId, { claim });
    await accept(otherWorld, await candidatesOf([other]), [other]);
    const before = await rowsOf([other]);
    const { wamid, ref } = await name(other);
    await rig.store(world, statusValue("read", { wamid, ...(ref === undefined ? {} : { ref }), second: 3 }));
    await rig.host().apply();
    await rig.host().apply();
    expect(await rowsOf([other])).toEqual(before);
    expect(await orphans(world)).toMatchObject([
      { wamid, status: "read", ref: ref ?? null, channelId: world.channelId },
    ]);
    expect(await orphans(otherWorld)).toEqual([]);
  });
});
