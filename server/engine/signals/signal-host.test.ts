import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { createLog } from "#server/log.ts";
import { SampleWorld } from "../sample-world.ts";
import { SignalHost } from "./signal-host.ts";

const hello = {
  id: "hi",
  type: "send",
  data: { template: "hello", values: { first_name: { from: "path", path: "contact.firstName" } } },
};
const day = 86_400_000;

let database: TestDatabase;
let world: SampleWorld;
let now = new Date("2026-11-22T10:00:00Z");

const newHost = () =>
  new SignalHost({ pool: database.pool, clock: { now: () => now }, log: createLog("worker"), batchSize: 200 });

async function drain(host = newHost()): Promise<void> {
  for (let works = 1; works > 0; ) ({ works } = await host.applyQueued());
}

const enrollmentsOf = (flowId: string) =>
  database.db
    .select()
    .from(tables.enrollment)
    .where(eq(tables.enrollment.flowId, flowId))
    .orderBy(tables.enrollment.id);
const setStatus = (flowId: string, status: "active" | "paused" | "held" | "archived") =>
  database.db.update(tables.flow).set({ status }).where(eq(tables.flow.id, flowId));

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  now = new Date("2026-11-22T10:00:00Z");
  world = new SampleWorld(database);
  await world.build();
});

test("an event enrolls each person once and leaves one message per person", async () => {
  const flowId = await world.publish("kyc.incomplete", [hello], [["start", "next", "hi"]]);
  const people = await world.addContacts(50);
  for (const person of people) await world.sendEvent(person, "kyc.incomplete");
  await drain();
  expect(await enrollmentsOf(flowId)).toHaveLength(50);
  const outbox = await database.db.select().from(tables.outbox).where(eq(tables.outbox.workspaceId, world.workspaceId));
  expect(outbox).toHaveLength(50);
  expect(new Set(outbox.map((row) => row.contactId)).size).toBe(50);
  expect(await database.db.$count(tables.signalQueue)).toBe(0);
});

test("the same event twice in the queue opens one enrollment", async () => {
  const flowId = await world.publish("again", [hello], [["start", "next", "hi"]], { reEntry: { mode: "every-event" } });
  const [person = ""] = await world.addContacts(1);
  const id = await world.sendEvent(person, "again");
  await world.sendEvent(person, "again", {}, id);
  await drain();
  await world.sendEvent(person, "again", {}, id);
  await world.sendEvent(person, "again");
  await drain();
  expect(await enrollmentsOf(flowId)).toHaveLength(2);
  expect(await database.db.$count(tables.signalQueue)).toBe(0);
});

describe("re-entry", () => {
  const wait = {
    id: "wait",
    type: "wait-until",
    data: { sources: [{ kind: "event", id: "done", event: "done" }], timeout: { amount: 30, unit: "days" } },
  };
  test.each([
    ["never", { mode: "never" }, 1, 1, 1],
    ["after exit", { mode: "after-exit" }, 1, 2, 3],
    ["after 7 days", { mode: "after-days", days: 7 }, 1, 1, 2],
    ["every event", { mode: "every-event" }, 2, 3, 4],
  ] as const)("%s", async (_, reEntry, whileInside, afterExit, afterAWeek) => {
    const flowId = await world.publish("enter", [wait], [["start", "next", "wait"]], { reEntry });
    const [person = ""] = await world.addContacts(1);
    const counts: number[] = [];
    for (const names of [
      ["enter", "enter"],
      ["done", "enter"],
      ["done", "enter"],
    ]) {
      for (const name of names) await world.sendEvent(person, name);
      await drain();
      counts.push((await enrollmentsOf(flowId)).length);
      now = new Date(now.getTime() + 4 * day);
    }
    expect(counts).toEqual([whileInside, afterExit, afterAWeek]);
  });
});

test("a timer wakes an enrollment when its time has come, and only then", async () => {
  const flowId = await world.publish(
    "kyc",
    [{ id: "wait", type: "wait", data: { mode: "duration", duration: { amount: 24, unit: "hours" } } }, hello],
    [
      ["start", "next", "wait"],
      ["wait", "next", "hi"],
    ],
  );
  const [person = ""] = await world.addContacts(1);
  await world.sendEvent(person, "kyc");
  const host = newHost();
  await drain(host);
  expect(await enrollmentsOf(flowId)).toMatchObject([{ status: "waiting", nodeId: "wait" }]);
  now = new Date(now.getTime() + day - 1000);
  expect((await host.applyDue()).works).toBe(0);
  now = new Date(now.getTime() + 1000);
  expect(await host.applyDue()).toMatchObject({ works: 1, sends: 1 });
  expect((await host.applyDue()).works).toBe(0);
});

test("a paused flow lets nobody in and lets those inside go on", async () => {
  const wait = {
    id: "wait",
    type: "wait-until",
    data: { sources: [{ kind: "event", id: "done", event: "done" }], timeout: { amount: 1, unit: "days" } },
  };
  const flowId = await world.publish(
    "enter",
    [wait, hello],
    [
      ["start", "next", "wait"],
      ["wait", "done", "hi"],
    ],
  );
  const [inside = "", outside = ""] = await world.addContacts(2);
  await world.sendEvent(inside, "enter");
  await drain();
  await setStatus(flowId, "paused");
  await world.sendEvent(outside, "enter");
  await world.sendEvent(inside, "done");
  await drain();
  expect(await enrollmentsOf(flowId)).toHaveLength(1);
  expect(await database.db.$count(tables.outbox, eq(tables.outbox.contactId, inside))).toBe(1);
});

test("in a held flow nobody moves; after the release what was kept is applied in order", async () => {
  const wait = (id: string, event: string) => ({
    id,
    type: "wait-until",
    data: { sources: [{ kind: "event", id: "done", event }], timeout: { amount: 1, unit: "hours" } },
  });
  const flowId = await world.publish(
    "enter",
    [wait("a", "one"), wait("b", "two"), hello],
    [
      ["start", "next", "a"],
      ["a", "done", "b"],
      ["b", "done", "hi"],
    ],
  );
  const [person = ""] = await world.addContacts(1);
  await world.sendEvent(person, "enter");
  const host = newHost();
  await drain(host);
  await setStatus(flowId, "held");
  await world.sendEvent(person, "one");
  await drain(host);
  now = new Date(now.getTime() + 2 * 3_600_000);
  await host.applyDue();
  expect((await host.applyReleased()).works).toBe(0);
  expect(await enrollmentsOf(flowId)).toMatchObject([{ nodeId: "a", status: "waiting" }]);
  await setStatus(flowId, "active");
  await world.sendEvent(person, "two");
  // The new event comes first to the host, and still has to queue behind the one that was kept.
  await drain(host);
  expect(await enrollmentsOf(flowId)).toMatchObject([{ nodeId: "a" }]);
  await host.applyReleased();
  expect(await enrollmentsOf(flowId)).toMatchObject([{ status: "ended", endReason: "completed" }]);
  expect(await database.db.$count(tables.heldSignal)).toBe(0);
});

test("archiving a flow ends those who are inside", async () => {
  const flowId = await world.publish(
    "enter",
    [{ id: "wait", type: "wait", data: { mode: "duration", duration: { amount: 1, unit: "days" } } }],
    [["start", "next", "wait"]],
  );
  const [person = ""] = await world.addContacts(1);
  await world.sendEvent(person, "enter");
  const host = newHost();
  await drain(host);
  await setStatus(flowId, "archived");
  await host.stopArchived();
  expect(await enrollmentsOf(flowId)).toMatchObject([{ status: "ended", endReason: "stopped" }]);
});

test("2. per contact, signals are applied one after another in the order of acceptance, also with several workers at once", async () => {
  const steps = Array.from({ length: 8 }, (_, index) => ({
    id: `s${index}`,
    type: "wait-until",
    data: { sources: [{ kind: "event", id: "go", event: `go.${index}` }], timeout: { amount: 1, unit: "days" } },
  }));
  const flowId = await world.publish("enter", steps, [
    ["start", "next", "s0"],
    ...steps.slice(1).map((step, index): [string, string, string] => [`s${index}`, "go", step.id]),
  ]);
  const people = await world.addContacts(40);
  for (const person of people) await world.sendEvent(person, "enter");
  for (let index = 0; index < 8; index += 1) for (const person of people) await world.sendEvent(person, `go.${index}`);
  const host = () =>
    new SignalHost({ pool: database.pool, clock: { now: () => now }, log: createLog("worker"), batchSize: 60 });
  await Promise.all([drain(host()), drain(host()), drain(host())]);
  await drain();
  const ended = await enrollmentsOf(flowId);
  expect(ended).toHaveLength(40);
  expect(ended.filter((row) => row.endReason !== "completed" || row.state.visit !== 9)).toEqual([]);
});

test("a flow's change of a contact does not undo what somebody else writes at the same time", async () => {
  await world.publish(
    "enter",
    [{ id: "set", type: "update-contact", data: { changes: [{ op: "increment", attribute: "visits", by: 1 }] } }],
    [["start", "next", "set"]],
    { reEntry: { mode: "every-event" } },
  );
  const [person = ""] = await world.addContacts(1);
  for (let index = 0; index < 30; index += 1) await world.sendEvent(person, "enter");
  const host = new SignalHost({
    pool: database.pool,
    clock: { now: () => now },
    log: createLog("worker"),
    batchSize: 1,
  });
  const outside = async () => {
    for (let index = 0; index < 30; index += 1)
      await database.db
        .update(tables.contact)
        .set({ attributes: sql`jsonb_set(attributes, '{other}', ${String(index)}::jsonb)` })
        .where(eq(tables.contact.id, person));
  };
  await Promise.all([drain(host), outside()]);
  await drain(host);
  const [row] = await database.db.select().from(tables.contact).where(eq(tables.contact.id, person));
  expect(row?.attributes).toEqual({ visits: 30, other: 29 });
});
