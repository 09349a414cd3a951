import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as tables from "#db/schema/index.ts";
import { systemClock } from "#server/clock.ts";
import { flowStatusVerb } from "#server/flows/change-flow-status.ts";
import { holdSending } from "#server/health/hold-sending.ts";
import { newId } from "#server/id.ts";
import { createLog } from "#server/log.ts";
import { joinWorkspace } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { sampleSecret } from "../sample-world.ts";
import { TestRig } from "../test-rig.ts";
import { Dispatcher } from "./dispatcher.ts";
import { settle } from "./settle.ts";
import { DispatchScene, patience } from "./test-scene.ts";

let rig: TestRig;
let scene: DispatchScene;
let operator: Actor;
beforeEach(async () => {
  rig = await TestRig.open();
  scene = new DispatchScene(rig);
  operator = await joinWorkspace(rig.database.db, rig.world.workspaceId);
});
afterEach(() => rig.close());

/** The whole process stands still, as when its machine swaps or is stopped. */
const standStill = (ms: number) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

type Interference = { beforeCommit?: () => Promise<unknown>; standsStillMs?: number };

/** A dispatcher whose first claim is interfered with: before its commit, and between it and the calls. */
function dispatcherWith({ beforeCommit, standsStillMs = 0 }: Interference): Dispatcher {
  let claims = 0;
  let checks = 0;
  const lease = {
    id: newId(),
    fence: async () => {
      claims += 1;
      if (claims === 1) await beforeCommit?.();
    },
    get isHeld() {
      checks += 1;
      if (checks === 1) standStill(standsStillMs);
      return true;
    },
  };
  const { pool } = rig.database;
  const options = { pool, clock: systemClock, log: createLog("worker"), secret: sampleSecret, publicUrl: "http://x" };
  return new Dispatcher({ ...options, lease });
}

async function work(dispatcher: Dispatcher): Promise<void> {
  await dispatcher.claim();
  await dispatcher.settle();
}

async function queueOne(
  purpose: "marketing" | "transaction" = "marketing",
): Promise<{ flowId: string; person: string }> {
  const flowId = await scene.sends("promo", { purpose });
  const [person = ""] = await rig.world.addContacts(1);
  await scene.queue(person, "promo");
  return { flowId, person };
}

/** What the only message has used: of its person's cap, and of its pair's rate in messages. */
async function used() {
  const { rows } = await rig.database.pool.query<{ cap: number; pair: number }>(
    `select (select coalesce(sum(used), 0)::integer from cap_counter) as cap,
            (select round(greatest(0, extract(epoch from max(next_at) - clock_timestamp())) / 6)::integer from pair_pace) as pair`,
  );
  return rows[0];
}

const { flow, contact, templateLanguage } = tables;
const update = {
  hold: ({ flowId }: { flowId: string }) =>
    rig.database.db.update(flow).set({ status: "held" }).where(eq(flow.id, flowId)),
  stop: ({ person }: { person: string }) =>
    rig.database.db.update(contact).set({ suppressedAt: new Date() }).where(eq(contact.id, person)),
  pause: () => rig.database.db.update(templateLanguage).set({ status: "paused" }),
};

describe("a claimed message whose call has not begun after half a second is judged again:", () => {
  test.each([
    ["a hold", "hold", { status: "queued", reason: "flow-held" }],
    ["a STOP", "stop", { status: "skipped" }],
    ["a template's pause", "pause", { status: "skipped" }],
  ] as const)("%s that was committed after the gate had looked stops it", async (_, act, expected) => {
    const queued = await queueOne();
    const dispatcher = dispatcherWith({ beforeCommit: async () => update[act](queued), standsStillMs: 600 });
    await vi.waitFor(async () => {
      await work(dispatcher);
      expect(await scene.messages()).toMatchObject([expected]);
    }, patience);
    expect(rig.accepted).toEqual([]);
    expect(await used()).toEqual({ cap: 0, pair: 0 });
  });

  test("without such news it leaves once, and what it uses is used once", async () => {
    await queueOne();
    const dispatcher = dispatcherWith({ standsStillMs: 600 });
    await vi.waitFor(async () => {
      await work(dispatcher);
      expect(await scene.outbox()).toMatchObject([{ status: "queued", attempts: 0, capDay: null, holdsBack: true }]);
    }, patience);
    expect(rig.accepted).toEqual([]);
    expect(await used()).toEqual({ cap: 0, pair: 0 });
    await vi.waitFor(async () => {
      await work(dispatcher);
      expect(await scene.messages()).toMatchObject([{ status: "sent" }]);
    }, patience);
    expect(rig.accepted).toHaveLength(1);
    expect(await used()).toEqual({ cap: 1, pair: 1 });
  });

  test("one that paid for its cap on an earlier try has still paid", async () => {
    await queueOne();
    const [first] = await scene.claim();
    if (!first) throw new Error("Nothing was claimed.");
    const retry = { notBefore: Date.now(), reason: "provider-down", code: 2, detail: "", pausesChannel: false };
    await settle(rig.database.pool, [scene.settled(first, { kind: "retry", ...retry })]);
    const [second] = await scene.claim();
    if (!second) throw new Error("It was not claimed again.");
    await settle(rig.database.pool, [scene.settled(second, { kind: "returned" })]);
    expect(await used()).toMatchObject({ cap: 1 });
    expect(await scene.outbox()).toMatchObject([{ status: "queued", attempts: 1, capDay: expect.any(String) }]);
  });
});

describe("a hold is answered when nothing leaves any more:", () => {
  const holds = {
    "of a flow": (flowId: string) => flowStatusVerb("hold-flow")(operator, { flowId }),
    "of all sending": () => holdSending(operator, { isHeld: true }),
  };
  const isHeld = async () => {
    const { rows } = await rig.database.pool.query(
      "select 1 from flow where status = 'held' union select 1 from workspace where sending_held_at is not null",
    );
    return rows.length > 0;
  };

  test.each(Object.entries(holds))(
    "one %s waits for a claim that had not seen it, and for its calls",
    async (_, hold) => {
      const { flowId } = await queueOne("transaction");
      await rig.control("faults", { mode: "slow", delay_ms: 400 });
      let answered: number | null = null;
      let holding: Promise<unknown> | null = null;
      const dispatcher = dispatcherWith({
        beforeCommit: async () => {
          holding = hold(flowId).then(({ onTheirWay }) => {
            answered = onTheirWay;
            expect(rig.accepted).toHaveLength(1);
          });
          await vi.waitFor(async () => expect(await isHeld()).toBe(true), patience);
          await expectWaiterForClaims();
        },
      });
      await vi.waitFor(async () => {
        await dispatcher.claim();
        expect(holding).not.toBeNull();
      }, patience);
      expect(await scene.outbox()).toMatchObject([{ status: "sending" }]);
      expect(answered).toBeNull();
      await vi.waitFor(async () => {
        await dispatcher.settle();
        expect(await scene.outbox()).toEqual([]);
      }, patience);
      await holding;
      expect(answered).toBe(0);
    },
  );

  /** The hold has committed and asks whether the claims before it are over. */
  async function expectWaiterForClaims(): Promise<void> {
    await vi.waitFor(async () => {
      const { rows } = await rig.database.pool.query(
        `select 1 from pg_locks where locktype = 'advisory' and classid = 4207713 and not granted
         and database = (select oid from pg_database where datname = current_database())`,
      );
      expect(rows).toHaveLength(1);
    }, patience);
  }

  test("of a call that a slow provider does not answer in time it says that it may still arrive", async () => {
    const { flowId } = await queueOne("transaction");
    await scene.claim();
    expect(await flowStatusVerb("hold-flow")(operator, { flowId })).toMatchObject({ status: "held", onTheirWay: 1 });
    const other = await scene.sends("another");
    expect(await flowStatusVerb("hold-flow")(operator, { flowId: other })).toMatchObject({ onTheirWay: 0 });
  });
});
