import { eq, sql } from "drizzle-orm";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { newId } from "#server/id.ts";
import { discardDeadLetters, retryDeadLetters } from "../dead-letters.ts";
import { SampleWorld } from "../sample-world.ts";
import { SignalHost } from "./signal-host.ts";

const hello = {
  id: "hi",
  type: "send",
  data: { template: "hello", values: { first_name: { from: "path", path: "contact.firstName" } } },
};
const waitFor = (event: string) => ({
  id: "wait",
  type: "wait-until",
  data: { sources: [{ kind: "event", id: "done", event }], timeout: { amount: 1, unit: "days" } },
});

let database: TestDatabase;
let world: SampleWorld;
let now = new Date("2026-11-22T10:00:00Z");

const newHost = () =>
  new SignalHost({ pool: database.pool, clock: { now: () => now }, log: pino({ level: "silent" }), batchSize: 200 });

async function drain(host = newHost()): Promise<void> {
  for (let works = 1; works > 0; ) ({ works } = await host.applyQueued());
}

const enrollmentsOf = (flowId: string) =>
  database.db.select().from(tables.enrollment).where(eq(tables.enrollment.flowId, flowId));
const waitThenHello: [string, string, string][] = [
  ["start", "next", "wait"],
  ["wait", "done", "hi"],
];
const letters = () =>
  database.db.select().from(tables.deadLetter).where(eq(tables.deadLetter.workspaceId, world.workspaceId));

const letterIds = async () => (await letters()).map((letter) => letter.id);

/** Settings that no publish would let pass: the version cannot be read. */
const setExitOn = (flowId: string, exitOn: string) =>
  database.db
    .update(tables.flowVersion)
    .set({ graph: sql`jsonb_set(graph, '{settings,exitOn}', ${exitOn}::jsonb)` })
    .where(eq(tables.flowVersion.flowId, flowId));
/** A memory that no step can work with: whoever moves on throws. */
const setVisits = (flowId: string, visits: string) =>
  database.db
    .update(tables.enrollment)
    .set({ state: sql`jsonb_set(state, '{visitsByNode}', ${visits}::jsonb)` })
    .where(eq(tables.enrollment.flowId, flowId));

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.query("truncate signal_queue, enrollment");
  now = new Date("2026-11-22T10:00:00Z");
  world = new SampleWorld(database);
  await world.build();
});

test("a signal that cannot be stored is isolated, tried five times and put aside with its cause; its neighbours go on", async () => {
  const flowId = await world.publish("enter", [hello], [["start", "next", "hi"]]);
  const people = await world.addContacts(20);
  const [poisoned = "", ...others] = people;
  for (const person of others) await world.sendEvent(person, "enter");
  // Not an event id: no enrollment can be stored for it.
  await world.sendEvent(poisoned, "enter", {}, "not-a-uuid");
  await world.sendEvent(poisoned, "enter");
  const host = newHost();
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    expect(await letters()).toHaveLength(0);
    await host.applyQueued();
    expect((await enrollmentsOf(flowId)).length).toBeGreaterThanOrEqual(19);
  }
  expect(await letters()).toMatchObject([{ contactId: poisoned, attempts: 5, flowId }]);
  expect((await letters())[0]?.error).toMatch(/invalid input syntax for type uuid.*22P02/);
  await drain(host);
  expect(await enrollmentsOf(flowId)).toHaveLength(20);
  expect(await database.db.$count(tables.signalQueue)).toBe(0);
});

test("a poison signal makes its batch fail once: from then on it is tried apart from its neighbours", async () => {
  await world.publish("enter", [hello], [["start", "next", "hi"]]);
  const [poisoned = "", ...others] = await world.addContacts(50);
  await world.sendEvent(poisoned, "enter", {}, "not-a-uuid");
  await drain();
  for (const person of others) await world.sendEvent(person, "enter");
  let transactions = 0;
  const count = () => {
    transactions += 1;
  };
  database.pool.on("acquire", count);
  expect(await newHost().applyQueued()).toMatchObject({ works: 49 });
  database.pool.off("acquire", count);
  expect(transactions).toBeLessThan(8);
});

test("a step that always throws keeps nobody else up, not even the same person's other flows", async () => {
  const broken = await world.publish("enter", [waitFor("done"), hello], waitThenHello);
  const sound = await world.publish("enter", [waitFor("done"), hello], waitThenHello);
  const people = await world.addContacts(10);
  for (const person of people) await world.sendEvent(person, "enter");
  await drain();
  await setVisits(broken, "null");
  for (const person of people) await world.sendEvent(person, "done");
  expect(await newHost().applyQueued()).toMatchObject({ works: 10, sends: 10 });
  expect((await enrollmentsOf(sound)).map((row) => row.status)).toEqual(people.map(() => "ended"));
  expect((await enrollmentsOf(broken)).map((row) => row.status)).toEqual(people.map(() => "waiting"));
  const dead = await letters();
  expect(dead).toHaveLength(10);
  expect(dead[0]).toMatchObject({ flowId: broken, nodeId: "wait", attempts: 1, error: expect.stringMatching(/null/) });
  expect(await database.db.$count(tables.signalQueue)).toBe(0);
});

test("a timer that cannot be applied is a dead letter and does not come again by itself", async () => {
  const flowId = await world.publish("enter", [waitFor("done")], [["start", "next", "wait"]]);
  const [person = ""] = await world.addContacts(1);
  await world.sendEvent(person, "enter");
  await drain();
  await setExitOn(flowId, "null");
  now = new Date(now.getTime() + 2 * 86_400_000);
  const host = newHost();
  expect((await host.applyDue()).works).toBe(1);
  expect((await host.applyDue()).works).toBe(0);
  expect(await letters()).toMatchObject([{ flowId, nodeId: "wait", payload: { kind: "timer" } }]);
  await setExitOn(flowId, "[]");
  await retryDeadLetters(database.db, { workspaceId: world.workspaceId, ids: await letterIds() });
  await drain();
  expect(await enrollmentsOf(flowId)).toMatchObject([{ status: "ended" }]);
});

test("a retried dead letter is applied where it failed, and only there", async () => {
  const broken = await world.publish("enter", [waitFor("done"), hello], waitThenHello);
  const every = { reEntry: { mode: "every-event" } } as const;
  const opened = await world.publish("done", [hello], [["start", "next", "hi"]], every);
  const [person = ""] = await world.addContacts(1);
  await world.sendEvent(person, "enter");
  await drain();
  await setVisits(broken, "null");
  await world.sendEvent(person, "done");
  await drain();
  expect(await enrollmentsOf(opened)).toHaveLength(1);
  await setVisits(broken, "{}");
  const ids = await letterIds();
  expect(await retryDeadLetters(database.db, { workspaceId: world.workspaceId, ids })).toEqual(ids);
  expect(await letters()).toEqual([]);
  await drain();
  expect(await enrollmentsOf(broken)).toMatchObject([{ status: "ended" }]);
  expect(await enrollmentsOf(opened)).toHaveLength(1);
});

test("an event that could not open one flow opens only that one when it is retried", async () => {
  const every = { reEntry: { mode: "every-event" } } as const;
  const broken = await world.publish("enter", [hello], [["start", "next", "hi"]], every);
  const sound = await world.publish("enter", [hello], [["start", "next", "hi"]], every);
  const [person = ""] = await world.addContacts(1);
  const id = await world.sendEvent(person, "enter");
  await drain();
  await database.pool.query("delete from enrollment where flow_id = $1", [broken]);
  const { workspaceId } = world;
  const payload = { kind: "event", event: { id, name: "enter", properties: {}, at: 0 }, onlyFlowId: broken };
  await database.db
    .insert(tables.deadLetter)
    .values({ id: newId(), workspaceId, contactId: person, payload, error: "x", attempts: 1, at: now });
  await retryDeadLetters(database.db, { workspaceId, ids: await letterIds() });
  await drain();
  expect(await enrollmentsOf(broken)).toHaveLength(1);
  expect(await enrollmentsOf(sound)).toHaveLength(1);
});

test("dead letters are discarded and retried within their own workspace only", async () => {
  const row = {
    workspaceId: world.workspaceId,
    contactId: newId(),
    payload: { kind: "timer" },
    error: "x",
    attempts: 5,
    at: now,
  };
  const id = newId();
  await database.db.insert(tables.deadLetter).values({ ...row, id });
  const elsewhere = { workspaceId: newId(), ids: [id] };
  expect(await retryDeadLetters(database.db, elsewhere)).toEqual([]);
  expect(await discardDeadLetters(database.db, elsewhere)).toEqual([]);
  expect(await letters()).toHaveLength(1);
  expect(await discardDeadLetters(database.db, { workspaceId: world.workspaceId, ids: [id] })).toEqual([id]);
  expect(await letters()).toEqual([]);
});

test("a timer on whose step the code throws is put aside with the step's name", async () => {
  const wait = { id: "wait", type: "wait", data: { mode: "duration", duration: { amount: 1, unit: "hours" } } };
  const flowId = await world.publish(
    "enter",
    [wait, hello],
    [
      ["start", "next", "wait"],
      ["wait", "next", "hi"],
    ],
  );
  const people = await world.addContacts(5);
  for (const person of people) await world.sendEvent(person, "enter");
  await drain();
  await setVisits(flowId, "null");
  now = new Date(now.getTime() + 3_600_000);
  const host = newHost();
  expect(await host.applyDue()).toMatchObject({ works: 5 });
  expect(await host.applyDue()).toMatchObject({ works: 0 });
  expect(await letters()).toHaveLength(5);
});
