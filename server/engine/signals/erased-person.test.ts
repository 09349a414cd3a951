import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { createLog } from "#server/log.ts";
import { queueSignal } from "../queue-signal.ts";
import { SampleWorld } from "../sample-world.ts";
import { SignalHost } from "./signal-host.ts";

const hour = 3_600_000;
const hello = { id: "hi", type: "send", data: { template: "hello", values: {} } };
const sleep = { id: "sleep", type: "wait", data: { mode: "duration", duration: { amount: 1, unit: "hours" } } };
const until = {
  id: "until",
  type: "wait-until",
  data: { sources: [{ kind: "event", id: "done", event: "done" }], timeout: { amount: 2, unit: "hours" } },
};

let database: TestDatabase;
let world: SampleWorld;
let host: SignalHost;
let now: Date;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  now = new Date("2026-11-22T10:00:00Z");
  world = new SampleWorld(database);
  await world.build();
  host = new SignalHost({ pool: database.pool, clock: { now: () => now }, log: createLog("worker") });
  await world.publish(
    "loan",
    [sleep, hello],
    [
      ["start", "next", "sleep"],
      ["sleep", "next", "hi"],
    ],
  );
  await world.publish("loan", [until], [["start", "next", "until"]]);
  await world.publish(
    "loan",
    [{ ...hello }, { ...sleep }],
    [
      ["start", "next", "hi"],
      ["hi", "next", "sleep"],
    ],
  );
});

const enrollmentsOf = (contactId: string) =>
  database.db.select().from(tables.enrollment).where(eq(tables.enrollment.contactId, contactId));

async function enterAndErase(): Promise<string> {
  const [person = ""] = await world.addContacts(1);
  await world.sendEvent(person, "loan");
  await host.applyQueued();
  expect((await enrollmentsOf(person)).map((each) => each.status)).toEqual(["waiting", "waiting", "waiting"]);
  await database.db.delete(tables.contact).where(eq(tables.contact.id, person));
  return person;
}

test("the timers of a person who was erased end their enrollments, send nothing and do not come again", async () => {
  const person = await enterAndErase();
  now = new Date(now.getTime() + 3 * hour);
  expect((await host.applyDue()).works).toBe(3);
  const ended = await enrollmentsOf(person);
  expect(ended.map(({ status, endReason, wakeAt }) => ({ status, endReason, wakeAt }))).toEqual(
    Array(3).fill({ status: "ended", endReason: "stopped", wakeAt: null }),
  );
  expect((await host.applyDue()).works).toBe(0);
  expect(await database.db.$count(tables.message, eq(tables.message.contactId, person))).toBe(1);
});

test.each([
  ["an event", { kind: "event", event: { id: crypto.randomUUID(), name: "done", properties: {}, at: 0 } }],
  ["a late status", { kind: "status", visit: 2, status: "delivered", reason: null }],
] as const)("%s about a person who was erased ends what still waits, and brings nobody back", async (_, signal) => {
  const person = await enterAndErase();
  await queueSignal(database.db, { workspaceId: world.workspaceId, contactId: person, enrollmentId: null }, signal);
  await host.applyQueued();
  expect((await enrollmentsOf(person)).map((each) => each.status)).toEqual(["ended", "ended", "ended"]);
  expect(await database.db.$count(tables.contact, eq(tables.contact.id, person))).toBe(0);
  const traces = await database.db.select().from(tables.trace).where(eq(tables.trace.contactId, person));
  expect(traces.filter(({ kind }) => kind === "ended").map(({ detail }) => detail)).toEqual(
    Array(3).fill({ reason: "stopped", by: "erasure" }),
  );
});
