import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { connect } from "#db/client.ts";
import * as tables from "#db/schema/index.ts";
import { capDay } from "#flow/gate/frequency-cap.ts";
import { addDays } from "#flow/local-time.ts";
import { newId } from "#server/id.ts";
import { inTransaction } from "../query.ts";
import { TestRig } from "../test-rig.ts";
import { type Charge, findUnaffordable, spend } from "./consume-budget.ts";
import { consumeCap } from "./consume-cap.ts";
import { settle } from "./settle.ts";
import { DispatchScene, hello } from "./test-scene.ts";

let rig: TestRig;
let scene: DispatchScene;
beforeEach(async () => {
  rig = await TestRig.open();
  scene = new DispatchScene(rig);
});
afterEach(() => rig.close());

const rule = (columns: Partial<typeof tables.workspace.$inferInsert>) =>
  rig.database.db.update(tables.workspace).set(columns).where(eq(tables.workspace.id, rig.world.workspaceId));
const today = () => capDay(Date.now(), "UTC");
const count = (contactId: string, day: string, used: number) =>
  rig.database.db.insert(tables.capCounter).values({ workspaceId: rig.world.workspaceId, contactId, day, used });
const spent = async () => (await rig.database.db.select().from(tables.spending)).map(({ micros }) => micros);
const signals = async () =>
  (await rig.database.db.select().from(tables.signalQueue)).filter(({ payload }) =>
    JSON.stringify(payload).includes("blocked"),
  );

/** One person to whom a service message is queued. */
async function queueOne(
  facts: Partial<typeof tables.contact.$inferInsert> = {},
  purpose: "service" | "fraud" = "service",
) {
  await scene.sends("reminder", { purpose });
  const [person = ""] = await rig.world.addContacts(1, facts);
  await scene.queue(person, "reminder");
  return person;
}

describe("the cap of several days", () => {
  test("counts what was sent on the days before", async () => {
    await rule({ capPerWindow: 4, capWindowDays: 7 });
    const person = await queueOne();
    await count(person, addDays(today(), -6), 4);
    expect(await scene.claim()).toEqual([]);
    expect(await scene.messages()).toMatchObject([{ status: "skipped", reason: "rolling-cap" }]);
  });

  test("forgets the day that has left the window", async () => {
    await rule({ capPerWindow: 4, capWindowDays: 7 });
    const person = await queueOne();
    await count(person, addDays(today(), -7), 4);
    expect(await scene.claim()).toHaveLength(1);
  });

  test("is never passed by 16 connections at once", async () => {
    await rule({ capPerDay: 3, capPerWindow: 5, capWindowDays: 7 });
    const people = Array.from({ length: 20 }, newId);
    for (const person of people) await count(person, addDays(today(), -2), 3);
    const { pool } = connect(rig.database.url, { name: "race", max: 16, onError: () => undefined });
    const wish = (contactId: string) => ({
      messageId: newId(),
      workspaceId: rig.world.workspaceId,
      contactId,
      day: today(),
      capPerDay: 3,
      rolling: { days: 7, most: 5 },
    });
    const granted = await Promise.all(
      Array.from({ length: 64 }, () => inTransaction(pool, (client) => consumeCap(client, people.map(wish)))),
    );
    await pool.end();
    expect(granted.reduce((sum, ids) => sum + ids.size, 0)).toBe(people.length * 2);
  });
});

test("the last place of a day is kept for the service message that waits for the same person", async () => {
  await rule({ capPerDay: 1 });
  await scene.sends("offer", { purpose: "marketing" });
  await scene.sends("reminder", { purpose: "service" });
  const [person = ""] = await rig.world.addContacts(1);
  await scene.queue(person, "offer", "reminder");
  const soon = new Date(Date.now() + 3_600_000);
  await rig.database.db.update(tables.outbox).set({ notBefore: soon }).where(eq(tables.outbox.lane, 2));
  expect(await scene.claim()).toEqual([]);
  const stopped = (await scene.messages()).find(({ purpose }) => purpose === "marketing");
  expect(stopped).toMatchObject({ status: "skipped", reason: "frequency-cap" });
  expect(stopped?.checks?.find(({ check }) => check === "cap")).toMatchObject({ seen: "0, + 1 kept", needed: "< 1" });
});

describe("a full cap", () => {
  test.each([
    ["handle", { status: "skipped", reason: "frequency-cap" }, 1],
    ["drop", { status: "skipped", reason: "frequency-cap" }, 0],
    ["later", { status: "queued", reason: "frequency-cap-later" }, 0],
  ] as const)("answered with %s", async (onCap, expected, told) => {
    await rule({ capPerDay: 1, onCap });
    // They are still in the flow when the gate decides, so that there is somebody to tell.
    const wait = { id: "wait", type: "wait", data: { mode: "duration", duration: { amount: 1, unit: "days" } } };
    await rig.world.publish(
      "reminder",
      [hello, wait],
      [
        ["start", "next", "hi"],
        ["hi", "next", "wait"],
      ],
      { purpose: "service" },
    );
    const [person = ""] = await rig.world.addContacts(1);
    await scene.queue(person, "reminder");
    await count(person, today(), 1);
    expect(await scene.claim()).toEqual([]);
    expect(await scene.messages()).toMatchObject([expected]);
    expect(await signals()).toHaveLength(told);
    const [waiting] = await scene.outbox();
    if (onCap === "later") expect(capDay(waiting?.notBefore.getTime() ?? 0, "UTC")).toBe(addDays(today(), 1));
    else expect(waiting).toBeUndefined();
  });

  test("in a race lets the loser be judged again instead of losing it", async () => {
    await rule({ capPerDay: 1, onCap: "later" });
    await scene.sends("reminder", { purpose: "service" });
    // Two contacts with one phone are one person.
    const people = await rig.world.addContacts(2, { phone: "+14155550123" });
    for (const person of people) await scene.queue(person, "reminder");
    expect(await scene.claim()).toHaveLength(1);
    expect(await scene.claim()).toEqual([]);
    expect((await scene.messages()).map(({ reason }) => reason).sort()).toEqual(["frequency-cap-later", null]);
  });
});

describe("the budget", () => {
  // A utility message to a number of +1 costs 3,400 millionths of a dollar.
  const costs = 3_400;

  test("lets leave what fits, and the rest next month", async () => {
    await rule({ budgetMicros: 2 * costs + 1 });
    await scene.sends("reminder", { purpose: "service" });
    for (const person of await rig.world.addContacts(3)) await scene.queue(person, "reminder");
    expect(await scene.claim()).toHaveLength(2);
    expect(await spent()).toEqual([2 * costs]);
    expect(await scene.claim()).toEqual([]);
    const [waiting] = (await scene.outbox()).filter(({ status }) => status === "queued");
    expect(waiting?.notBefore.toISOString().slice(5)).toMatch(/^\d\d-01T00:[0-2]\d/);
    expect((await scene.messages()).map(({ reason }) => reason).sort()).toEqual(["budget-later", null, null]);
  });

  test("never stops an alert, and counts it", async () => {
    await rule({ budgetMicros: 0, onBudget: "drop" });
    await queueOne({}, "fraud");
    expect(await scene.claim()).toHaveLength(1);
    expect(await spent()).toEqual([costs]);
  });

  test("gets back what certainly never left", async () => {
    await rule({ budgetMicros: 10 * costs });
    await queueOne();
    const [claimed] = await scene.claim();
    if (!claimed) throw new Error("Nothing was claimed.");
    expect(await spent()).toEqual([costs]);
    const failed = { kind: "failed", reason: "provider-refused", code: 132_000, detail: "" } as const;
    await settle(rig.database.pool, [scene.settled(claimed, failed)]);
    expect(await spent()).toEqual([0]);
  });

  test("gets it back in the currency in which it was paid, whatever the budget is in by now", async () => {
    await rule({ budgetMicros: 10 * costs });
    await queueOne();
    const [claimed] = await scene.claim();
    if (!claimed) throw new Error("Nothing was claimed.");
    await rule({ budgetCurrency: "EUR" });
    const failed = { kind: "failed", reason: "provider-refused", code: 132_000, detail: "" } as const;
    await settle(rig.database.pool, [scene.settled(claimed, failed)]);
    expect(await spent()).toEqual([0]);
  });

  test("is paid once by a message that is tried twice", async () => {
    await rule({ budgetMicros: 10 * costs });
    await queueOne();
    const retry = {
      kind: "retry",
      notBefore: 0,
      reason: "provider-down",
      code: 1,
      detail: "",
      pausesChannel: false,
    } as const;
    for (const _ of [1, 2]) {
      const [claimed] = await scene.claim();
      if (!claimed) throw new Error("Nothing was claimed.");
      await settle(rig.database.pool, [scene.settled(claimed, retry)]);
    }
    expect(await spent()).toEqual([costs]);
  });

  test("is kept as it was when the cap says no", async () => {
    await rule({ budgetMicros: 10 * costs, capPerDay: 1 });
    await scene.sends("reminder", { purpose: "service" });
    const people = await rig.world.addContacts(2, { phone: "+14155550123" });
    for (const person of people) await scene.queue(person, "reminder");
    expect(await scene.claim()).toHaveLength(1);
    expect(await spent()).toEqual([costs]);
  });

  test("is never overdrawn by 16 connections at once", async () => {
    const { pool } = connect(rig.database.url, { name: "race", max: 16, onError: () => undefined });
    const { workspaceId } = rig.world;
    const charge = (): Charge => ({
      messageId: newId(),
      workspaceId,
      month: "2026-11",
      currency: "USD",
      micros: 7,
      most: 1_000,
      isExempt: false,
    });
    const left = await Promise.all(
      Array.from({ length: 64 }, () =>
        inTransaction(pool, async (client) => {
          const charges = Array.from({ length: 5 }, charge);
          const refused = await findUnaffordable(client, charges);
          const paid = charges.filter(({ messageId }) => !refused.has(messageId));
          await spend(client, paid);
          return paid.length;
        }),
      ),
    );
    await pool.end();
    expect(left.reduce((sum, paid) => sum + paid, 0)).toBe(Math.floor(1_000 / 7));
    expect(await spent()).toEqual([Math.floor(1_000 / 7) * 7]);
  });
});

test.each([
  ["phone", "+14155550123"],
  ["customer", "C-1"],
] as const)(
  "whoever is listed by %s gets nothing, and is not listed without the workspace's word",
  async (kind, value) => {
    const { workspaceId } = rig.world;
    await rig.database.db
      .insert(tables.suppression)
      .values({ workspaceId, kind, value, note: "court order", addedBy: newId(), addedAt: new Date() });
    await rule({ suppressions: 1 });
    await queueOne({ phone: "+14155550123", externalId: "C-1" }, "fraud");
    expect(await scene.claim()).toEqual([]);
    expect(await scene.messages()).toMatchObject([{ status: "skipped", reason: "listed" }]);
  },
);

test("a flow that chases a debt asks for the collections hours of the person's country", async () => {
  await rule({ collectionsFrom: "00:00", collectionsTo: "23:59" });
  await scene.sends("due", { purpose: "service", collects: true });
  const [person = ""] = await rig.world.addContacts(1, { phone: "+919876543210", timezone: "Asia/Kolkata" });
  await scene.queue(person, "due");
  await scene.claim();
  const [message] = await scene.messages();
  const [outbox] = await scene.outbox();
  const hours = (message?.checks ?? outbox?.checks)?.find(({ check }) => check === "hours");
  expect(hours?.needed).toContain("collections 08:00-19:00");
});
