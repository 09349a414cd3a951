import { eq } from "drizzle-orm";
import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { systemClock } from "#server/clock.ts";
import { flowStatusVerb } from "#server/flows/change-flow-status.ts";
import { joinWorkspace } from "#server/test-actor.ts";
import { SampleWorld } from "../sample-world.ts";
import { SignalHost } from "../signals/signal-host.ts";
import { TestRig } from "../test-rig.ts";

const patience = { timeout: 40_000, interval: 20 };
const log = pino({ level: "silent" });
const waitFor = (event: string, id = "wait") => ({
  id,
  type: "wait-until",
  data: { sources: [{ kind: "event", id: "done", event }], timeout: { amount: 1, unit: "days" } },
});
const send = (id: string) => ({
  id,
  type: "send",
  data: { template: "hello", values: { first_name: { from: "path", path: "contact.firstName" } } },
});
const exit = (id: string, reason: string) => ({ id, type: "exit", data: { reason } });

describe("9. publishing, rolling back, pausing and archiving leave everybody on the version they entered", () => {
  let database: TestDatabase;
  let world: SampleWorld;
  let host: SignalHost;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.pool.query("truncate signal_queue, enrollment, outbox, message");
    world = new SampleWorld(database);
    await world.build();
    host = new SignalHost({ pool: database.pool, clock: systemClock, log });
  });
  async function send(people: string[], event: string): Promise<void> {
    for (const person of people) await world.sendEvent(person, event);
    for (let works = 1; works > 0; ) ({ works } = await host.applyQueued());
  }
  const rows = () => database.db.select().from(tables.enrollment).orderBy(tables.enrollment.id);
  const endNotes = async () => (await rows()).map((row) => row.state.endNote);
  const v1 = {
    steps: [waitFor("done"), exit("out", "one")],
    paths: [
      ["start", "next", "wait"],
      ["wait", "done", "out"],
    ] as [string, string, string][],
  };
  // The step that the others wait on is gone.
  const v2 = {
    steps: [waitFor("done", "other"), exit("out", "two")],
    paths: [
      ["start", "next", "other"],
      ["other", "done", "out"],
    ] as [string, string, string][],
  };

  test("who waits on a step that the next version has no more goes on as drawn when they entered; a rollback is for new people only", async () => {
    const flowId = await world.publish("enter", v1.steps, v1.paths);
    const [first = []] = [await world.addContacts(20)];
    await send(first, "enter");
    const firstVersion = (await rows())[0]?.versionId ?? "";
    const secondVersion = await world.publishNext(flowId, 2, "enter", v2);
    const second = await world.addContacts(20);
    await send(second, "enter");
    await database.db.update(tables.flow).set({ versionId: firstVersion }).where(eq(tables.flow.id, flowId));
    const third = await world.addContacts(20);
    await send(third, "enter");
    await send([...third, ...second, ...first], "done");
    const ended = await rows();
    const expected = (people: string[], versionId: string, note: string) =>
      people.map((contactId) =>
        expect.objectContaining({ contactId, versionId, state: expect.objectContaining({ endNote: note }) }),
      );
    expect(ended).toHaveLength(60);
    expect(ended).toEqual(
      expect.arrayContaining([
        ...expected(first, firstVersion, "one"),
        ...expected(second, secondVersion, "two"),
        ...expected(third, firstVersion, "one"),
      ]),
    );
    const { rows: strayed } = await database.pool.query(
      "select 1 from trace t join enrollment e on e.id = t.enrollment_id where t.version_id <> e.version_id",
    );
    expect(strayed).toEqual([]);
  });

  test("a paused flow lets nobody in, those inside go on, and after the resume people enter again", async () => {
    const flowId = await world.publish("enter", v1.steps, v1.paths);
    const [inside = "", outside = "", later = ""] = await world.addContacts(3);
    const setStatus = (status: "paused" | "active") =>
      database.db.update(tables.flow).set({ status }).where(eq(tables.flow.id, flowId));
    await send([inside], "enter");
    await setStatus("paused");
    await send([outside], "enter");
    await send([inside], "done");
    expect(await endNotes()).toEqual(["one"]);
    await setStatus("active");
    await send([later], "enter");
    expect((await rows()).map((row) => row.contactId)).toEqual([inside, later]);
  });
});

describe("9. between the answer to a hold and its release nothing leaves and nobody moves; an archived flow ends", () => {
  let rig: TestRig;
  beforeEach(async () => {
    rig = await TestRig.open();
  });
  afterEach(() => rig.close());
  const { flow, outbox, message, enrollment } = tables;

  test("a hold in the middle of 300 messages stops them; after the release each leaves once", async () => {
    const { db } = rig.database;
    const operator = await joinWorkspace(db, rig.world.workspaceId);
    await db.update(tables.channel).set({ messagesPerSecond: 150 });
    await rig.control("faults", { mode: "slow", delay_ms: 150, count: 1000 });
    const flowId = await rig.world.publish("promo", [send("hi")], [["start", "next", "hi"]]);
    for (const person of await rig.world.addContacts(300)) await rig.world.sendEvent(person, "promo");
    // Everybody is inside before the first message leaves, however slow the machine is.
    const host = new SignalHost({ pool: rig.database.pool, clock: systemClock, log });
    for (let works = 1; works > 0; ) ({ works } = await host.applyQueued());
    for (const _ of [1, 2]) rig.startWorker();
    await vi.waitFor(() => expect(rig.accepted.length).toBeGreaterThan(20), patience);
    expect(await flowStatusVerb("hold-flow")(operator, { flowId })).toMatchObject({ status: "held", onTheirWay: 0 });
    const left = rig.accepted.length;
    expect(left).toBeLessThan(300);
    await vi.waitFor(async () => {
      expect(await db.$count(outbox, eq(outbox.status, "held"))).toBe(300 - left);
      expect(await db.$count(message, eq(message.status, "sent"))).toBe(left);
    }, patience);
    expect(rig.accepted).toHaveLength(left);
    await flowStatusVerb("release-flow")(operator, { flowId });
    await vi.waitFor(() => expect(rig.accepted).toHaveLength(300), patience);
    expect(new Set(rig.accepted.map((each) => each.ref)).size).toBe(300);
  });

  test("archiving in mid run ends everybody inside, and what waits to be sent is skipped with its reason", async () => {
    const { db } = rig.database;
    const flowId = await rig.world.publish(
      "promo",
      [send("hi"), waitFor("done")],
      [
        ["start", "next", "hi"],
        ["hi", "next", "wait"],
      ],
    );
    const host = new SignalHost({ pool: rig.database.pool, clock: systemClock, log });
    for (const person of await rig.world.addContacts(50)) await rig.world.sendEvent(person, "promo");
    for (let works = 1; works > 0; ) ({ works } = await host.applyQueued());
    expect(await db.$count(outbox)).toBe(50);
    await db.update(flow).set({ status: "archived" }).where(eq(flow.id, flowId));
    rig.startWorker();
    await vi.waitFor(
      async () => expect(await db.$count(enrollment, eq(enrollment.status, "ended"))).toBe(50),
      patience,
    );
    await vi.waitFor(async () => expect(await db.$count(outbox)).toBe(0), patience);
    const told = await db.select({ status: message.status, reason: message.reason }).from(message);
    expect(new Set(told.map((each) => `${each.status} ${each.reason}`))).toEqual(new Set(["skipped stopped"]));
    expect(rig.accepted).toHaveLength(0);
  });
});
