import { eq } from "drizzle-orm";
import type pg from "pg";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as tables from "#db/schema/index.ts";
import { capDay } from "#flow/gate/frequency-cap.ts";
import { inTransaction } from "../query.ts";
import { TestRig } from "../test-rig.ts";
import { applyStatuses } from "../webhooks/apply-statuses.ts";
import { expireMessages } from "./expire-messages.ts";
import { reconcile } from "./reconcile.ts";
import { settle } from "./settle.ts";
import { DispatchScene, patience } from "./test-scene.ts";

let rig: TestRig;
let scene: DispatchScene;
beforeEach(async () => {
  rig = await TestRig.open();
  scene = new DispatchScene(rig);
  await scene.sends("paid");
});
afterEach(() => rig.close());

type Claimed = Awaited<ReturnType<DispatchScene["claim"]>>[number];

/** One message under way to each of these people. */
async function claimed(people: readonly string[]): Promise<Claimed[]> {
  for (const person of people) await rig.world.sendEvent(person, "paid");
  while ((await scene.applyQueued()).works > 0);
  const claims = await scene.claim();
  expect(claims).toHaveLength(people.length);
  return claims;
}

const wamidOf = ({ candidate }: Claimed) => `wamid.${candidate.messageId}`;

const accept = (messages: readonly Claimed[]) =>
  settle(
    rig.database.pool,
    messages.map((each) => scene.settled(each, { kind: "sent", wamid: wamidOf(each), waId: null })),
  );

const fail = (messages: readonly Claimed[]) =>
  settle(
    rig.database.pool,
    messages.map((each) => scene.settled(each, { kind: "failed", reason: "undeliverable", code: 131_026, detail: "" })),
  );

const tell = (messages: readonly Claimed[]) =>
  inTransaction(rig.database.pool, (client) =>
    applyStatuses(
      client,
      rig.world,
      messages.map((each) => ({
        kind: "status" as const,
        phoneNumberId: "1",
        wamid: wamidOf(each),
        ref: each.candidate.messageId,
        status: "delivered" as const,
        at: Date.now(),
        errorCode: null,
        errorDetail: null,
        errorClass: null,
        isUnreachable: false,
        recipient: { waId: null, bsuid: null },
        pricing: null,
        conversation: null,
      })),
    ),
  );

const rowsOf = {
  message: "select 1 from message where id = $1",
  outbox: "select 1 from outbox where message_id = $1",
  pair_pace: "select 1 from pair_pace where contact_id = $1",
};
type Table = keyof typeof rowsOf;

const keyOf = ({ candidate }: Claimed, table: Table) =>
  table === "pair_pace" ? candidate.contactId : candidate.messageId;

/** Runs `work` while another connection has the row, and lets go afterwards. */
async function holding(table: Table, message: Claimed, work: (pid: number) => Promise<void>): Promise<void> {
  await inTransaction(rig.database.pool, async (client) => {
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    await client.query(`${rowsOf[table]} for update`, [keyOf(message, table)]);
    await work(rows[0]?.pid ?? 0);
  });
}

async function someoneWaitsFor(pid: number): Promise<void> {
  const text = "select 1 from pg_stat_activity where $1 = any(pg_blocking_pids(pid))";
  await vi.waitFor(async () => expect((await rig.database.pool.query(text, [pid])).rows).toHaveLength(1), patience);
}

/** Those of the tables whose row nobody has. */
async function freeOf(list: readonly Table[], message: Claimed): Promise<Table[]> {
  const free: Table[] = [];
  for (const table of list) {
    const isFree = (client: pg.PoolClient) =>
      client.query(`${rowsOf[table]} for update skip locked`, [keyOf(message, table)]);
    if ((await inTransaction(rig.database.pool, isFree)).rowCount === 1) free.push(table);
  }
  return free;
}

describe("whoever waits for a row about a message holds none that comes later in the order", () => {
  const actors = { accept, fail, tell };
  const later: [Table, Table[]][] = [
    ["message", ["outbox", "pair_pace"]],
    ["outbox", ["pair_pace"]],
  ];
  const cases = (["accept", "fail", "tell"] as const).flatMap((actor) =>
    later.map(([table, rest]) => [actor, table, rest] as const),
  );

  test.each(cases)("%s, stopped at its %s", async (actor, table, rest) => {
    const [message] = await claimed(await rig.world.addContacts(1));
    if (!message) throw new Error("Nothing was claimed.");
    const work: Promise<unknown>[] = [];
    await holding(table, message, async (pid) => {
      work.push(actors[actor]([message]));
      await someoneWaitsFor(pid);
      expect(await freeOf(rest, message)).toEqual(rest);
    });
    await Promise.all(work);
    expect(await scene.outbox()).toEqual([]);
    expect(await rig.database.db.select().from(tables.pairPace)).toMatchObject([{ busyUntil: null }]);
  });
});

describe("whoever finds its work in the outbox waits for no message and no outbox row", () => {
  test.each(["message", "outbox"] as const)("take-over, with the %s in other hands", async (table) => {
    const [message] = await claimed(await rig.world.addContacts(1));
    if (!message) throw new Error("Nothing was claimed.");
    await rig.database.db.update(tables.outbox).set({ leaseUntil: new Date(0) });
    await holding(table, message, async () => {
      expect(await reconcile(rig.database.pool)).toEqual({ unknown: 0, resent: 0, released: 0 });
    });
    expect(await reconcile(rig.database.pool)).toMatchObject({ unknown: 1 });
  });

  test.each(["message", "outbox"] as const)("claim and expiry, with the %s in other hands", async (table) => {
    const [message] = await claimed(await rig.world.addContacts(1));
    if (!message) throw new Error("Nothing was claimed.");
    const back = scene.settled(message, { kind: "returned" });
    await settle(rig.database.pool, [back]);
    // Nobody may write to the person any more: the gate says no, and the message would say so.
    await rig.database.db.update(tables.contact).set({ suppressedAt: new Date(), suppressedReason: "opt-out" });
    await holding(table, message, async () => {
      expect(await scene.claim()).toEqual([]);
      expect(await scene.outbox()).toMatchObject([{ status: "queued" }]);
      expect(await expireMessages(rig.database.pool, new Date())).toBe(0);
    });
    expect(await scene.claim()).toEqual([]);
    expect(await scene.messages()).toMatchObject([{ status: "skipped", reason: "opt-out" }]);
    expect(await scene.outbox()).toEqual([]);
  });

  test("the release of those behind, with theirs in other hands", async () => {
    const [first] = await claimed(await rig.world.addContacts(1));
    if (!first) throw new Error("Nothing was claimed.");
    await scene.queue(first.candidate.contactId, "paid");
    expect(await scene.claim()).toEqual([]);
    const behind = (await scene.messages()).find(({ reason }) => reason === "earlier-first");
    const second = { ...first, candidate: { ...first.candidate, messageId: behind?.id ?? "" } };
    await holding("outbox", second, async () => {
      expect(await accept([first])).toMatchObject({ released: 0 });
    });
    expect(await reconcile(rig.database.pool)).toMatchObject({ released: 1 });
  });
});

describe("whoever waits for a budget has no cap", () => {
  const lastYear = { month: "2025-01", currency: "USD" };
  const capsFree = () =>
    inTransaction(rig.database.pool, async (client) => {
      const free = await client.query("select 1 from cap_counter for update skip locked");
      const { rows } = await client.query<{ n: number }>("select count(*)::integer as n from cap_counter");
      return free.rowCount === rows[0]?.n;
    });

  /** Runs `work` while another connection has the budget of a month long gone, until somebody waits for it. */
  async function holdingBudget(work: () => Promise<unknown>): Promise<void> {
    const { workspaceId } = rig.world;
    await rig.database.db.insert(tables.spending).values({ workspaceId, ...lastYear, micros: 10 });
    const running: Promise<unknown>[] = [];
    await inTransaction(rig.database.pool, async (client) => {
      const { rows } = await client.query<{ pid: number }>(
        "select pg_backend_pid() as pid from spending where month = $1 for update",
        [lastYear.month],
      );
      running.push(work());
      await someoneWaitsFor(rows[0]?.pid ?? 0);
      expect(await capsFree()).toBe(true);
    });
    await Promise.all(running);
  }

  const paid = { capDay: "2025-01-31", budgetMonth: lastYear.month, budgetMicros: 3, budgetCurrency: "USD" };

  test("a claim that drops what has paid, beside one that pays", async () => {
    const [first = "", second = ""] = await rig.world.addContacts(2);
    await scene.sends("reminder", { purpose: "service" });
    await scene.queue(first, "reminder");
    await scene.queue(second, "reminder");
    const { workspaceId } = rig.world;
    // The one it would take is there already, so that somebody else can see whether it is locked.
    await rig.database.db.insert(tables.capCounter).values([
      { workspaceId, contactId: first, day: paid.capDay, used: 1 },
      { workspaceId, contactId: second, day: capDay(Date.now(), "UTC"), used: 0 },
    ]);
    await rig.database.db.update(tables.outbox).set(paid).where(eq(tables.outbox.contactId, first));
    await rig.database.db
      .update(tables.contact)
      .set({ suppressedAt: new Date(), suppressedReason: "opt-out" })
      .where(eq(tables.contact.id, first));
    await holdingBudget(() => scene.claim());
    expect((await scene.messages()).map(({ reason }) => reason).sort()).toEqual([null, "opt-out"]);
    expect(await rig.database.db.select().from(tables.spending)).toMatchObject([{ micros: 7 }]);
  });

  test("a settlement of what was never called and of what failed", async () => {
    await scene.sends("reminder", { purpose: "service" });
    for (const person of await rig.world.addContacts(2)) await scene.queue(person, "reminder");
    const [one, other] = await scene.claim();
    if (!one || !other) throw new Error("Two messages were to be claimed.");
    await rig.database.db
      .update(tables.outbox)
      .set({ ...paid, capDay: undefined })
      .where(eq(tables.outbox.messageId, other.candidate.messageId));
    const failed = { kind: "failed", reason: "undeliverable", code: 131_026, detail: "" } as const;
    await holdingBudget(() =>
      settle(rig.database.pool, [scene.settled(one, { kind: "returned" }), scene.settled(other, failed)]),
    );
    expect(await rig.database.db.select().from(tables.spending)).toMatchObject([{ micros: 7 }]);
  });
});

test("settlements and statuses of the same messages at the same time never wait in a circle", async () => {
  const people = await rig.world.addContacts(240);
  for (let round = 0; round < 4; round += 1) {
    const messages = await claimed(people.slice(round * 60, round * 60 + 60));
    const odd = messages.filter((_, index) => index % 2 === 1);
    const half = messages.slice(0, 30);
    const done = await Promise.allSettled([
      accept(messages),
      tell(messages.toReversed()),
      tell(odd),
      accept(half.toReversed()),
      fail(odd),
      reconcile(rig.database.pool),
    ]);
    expect(
      done.flatMap((each) => (each.status === "rejected" ? [`${each.reason} ${each.reason.detail}`] : [])),
    ).toEqual([]);
    expect(await scene.outbox()).toEqual([]);
  }
  const statuses = new Set((await scene.messages()).map(({ status }) => status));
  expect(statuses).toEqual(new Set(["delivered"]));
});
