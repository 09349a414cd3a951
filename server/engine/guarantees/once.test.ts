import { eq, isNotNull } from "drizzle-orm";
import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { newId } from "#server/id.ts";
import { fingerprint } from "#server/secret.ts";
import { SampleWorld } from "../sample-world.ts";
import { SignalHost } from "../signals/signal-host.ts";
import { TestRig } from "../test-rig.ts";

const patience = { timeout: 40_000, interval: 20 };
const waitFor = (event: string) => ({
  id: "wait",
  type: "wait-until",
  data: { sources: [{ kind: "event", id: "done", event }], timeout: { amount: 1, unit: "days" } },
});
const hello = {
  id: "hi",
  type: "send",
  data: { template: "hello", values: { first_name: { from: "path", path: "contact.firstName" } } },
};

describe("1. an accepted event gives exactly one enrollment per flow, re-entry rule and key, whatever is retried, duplicated or killed", () => {
  let rig: TestRig;
  beforeEach(async () => {
    rig = await TestRig.open();
  });
  afterEach(() => rig.close());

  /** Sends one event as a source system does: again and again until it is accepted. */
  async function deliver(messageId: string, userId: string): Promise<void> {
    const body = JSON.stringify({ userId, event: "kyc", messageId, properties: { loan: messageId.slice(0, 3) } });
    const authorization = `Basic ${Buffer.from("rig-write:").toString("base64")}`;
    await vi.waitFor(async () => {
      const url = `http://127.0.0.1:${rig.door.port}/v1/track`;
      expect((await fetch(url, { method: "POST", body, headers: { authorization } })).ok).toBe(true);
    }, patience);
  }

  test("80 events, each delivered three times at once, while all workers lose their connections again and again", async () => {
    const { db, pool } = rig.database;
    const { workspaceId } = rig.world;
    const key = { kind: "write", name: "rig", hash: fingerprint("rig-write"), last4: "rite" } as const;
    await db.insert(tables.accessKey).values({ id: newId(), workspaceId, ...key });
    const every = { reEntry: { mode: "every-event" } } as const;
    const [everyEvent = "", never = "", perLoan = ""] = await Promise.all([
      rig.world.publish("kyc", [waitFor("never")], [["start", "next", "wait"]], every),
      rig.world.publish("kyc", [waitFor("never")], [["start", "next", "wait"]], { reEntry: { mode: "never" } }),
      rig.world.publish("kyc", [waitFor("never")], [["start", "next", "wait"]], {
        reEntry: { mode: "never" },
        enrollmentKey: "event.loan",
      }),
    ]);
    for (const _ of [1, 2]) rig.startWorker({ batchSize: 20 });
    const events = Array.from({ length: 80 }, (_, index) => ({
      messageId: `l${index % 4}-${index}`,
      userId: `user-${index % 20}`,
    }));
    const delivered = Promise.all(
      [...events, ...events.toReversed(), ...events].map((each) => deliver(each.messageId, each.userId)),
    );
    const kill = `select pg_terminate_backend(pid) from pg_stat_activity
                  where datname = current_database() and application_name like 'chasqui-worker-%'`;
    // Each time in the middle of the work: of the 120 enrollments so many are there.
    for (const entered of [0, 25, 50, 75]) {
      await vi.waitFor(async () => {
        expect(await db.$count(tables.enrollment)).toBeGreaterThanOrEqual(entered);
      }, patience);
      await pool.query(kill);
    }
    await delivered;
    await vi.waitFor(async () => expect(await db.$count(tables.signalQueue)).toBe(0), patience);
    const count = (flowId: string) => db.$count(tables.enrollment, eq(tables.enrollment.flowId, flowId));
    expect([await count(everyEvent), await count(never), await count(perLoan)]).toEqual([80, 20, 20]);
    expect(await db.$count(tables.deadLetter)).toBe(0);
  });
});

describe("3. a step visit happens once, and a loop without a wait is cut at run time", () => {
  let database: TestDatabase;
  let world: SampleWorld;
  let now = new Date("2026-11-22T10:00:00Z");
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.pool.query("truncate signal_queue, enrollment, outbox, message");
    world = new SampleWorld(database);
    await world.build();
  });
  const newHost = () =>
    new SignalHost({ pool: database.pool, clock: { now: () => now }, log: pino({ level: "silent" }), batchSize: 40 });
  async function drain(host = newHost()): Promise<void> {
    for (let works = 1; works > 0; ) ({ works } = await host.applyQueued());
  }

  test("four workers that are woken by the same 200 timers send 200 messages", async () => {
    await world.publish(
      "enter",
      [{ id: "wait", type: "wait", data: { mode: "duration", duration: { amount: 1, unit: "hours" } } }, hello],
      [
        ["start", "next", "wait"],
        ["wait", "next", "hi"],
      ],
    );
    for (const person of await world.addContacts(200)) await world.sendEvent(person, "enter");
    await drain();
    now = new Date(now.getTime() + 3_600_000);
    const asleep = () => database.db.$count(tables.enrollment, eq(tables.enrollment.status, "waiting"));
    // Not so many rounds each: who finds all in the hands of another has soon used his up.
    const wake = async (host: SignalHost) => {
      while ((await asleep()) > 0) await host.applyDue();
    };
    await Promise.all([newHost(), newHost(), newHost(), newHost()].map(wake));
    const sent = await database.db.select().from(tables.outbox);
    expect(sent).toHaveLength(200);
    expect(new Set(sent.map((row) => `${row.enrollmentId} ${row.visit}`)).size).toBe(200);
    // The last line of defence is the table itself.
    const [first] = await database.db.select().from(tables.message).where(isNotNull(tables.message.visit));
    if (!first) throw new Error("Nothing was sent.");
    const again = database.db.insert(tables.message).values({ ...first, id: newId() });
    await expect(again).rejects.toThrow();
  });

  const always = (id: string, target: string) => ({
    step: { id, type: "condition", data: { branches: [{ id: "yes", name: "Yes", rule: { all: [] } }] } },
    path: [id, "yes", target] as [string, string, string],
  });
  const ring = (length: number) =>
    Array.from({ length }, (_, index) => always(`n${index}`, `n${(index + 1) % length}`));
  const opening: [string, string, string] = ["start", "next", "n0"];

  test.each([
    ["a step that leads to itself", ring(1), 20],
    ["two steps in a circle", ring(2), 40],
    ["a circle of 400 steps", ring(400), 1_000],
  ])("%s ends with the limit, in less than a second of CPU", async (_, drawn, visits) => {
    const flowId = await world.publish(
      "enter",
      drawn.map((each) => each.step),
      [opening, ...drawn.map((each) => each.path)],
    );
    const [person = ""] = await world.addContacts(1);
    await world.sendEvent(person, "enter");
    const before = process.cpuUsage();
    await drain();
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(1);
    const [ended] = await database.db.select().from(tables.enrollment).where(eq(tables.enrollment.flowId, flowId));
    expect(ended).toMatchObject({ status: "ended", endReason: "limit" });
    expect(ended?.state.visit).toBeLessThanOrEqual(visits + 1);
  });

  test.each<
    [string, { id: string; type: string; data?: Record<string, unknown> }[], [string, string, string][], string]
  >([
    [
      "two edges from one handle: the first counts",
      [waitFor("x"), hello],
      [
        ["start", "next", "wait"],
        ["start", "next", "hi"],
      ],
      "waiting",
    ],
    ["a step that nobody reaches", [hello, { id: "alone", type: "exit" }], [["start", "next", "hi"]], "ended"],
    ["an edge from a handle that is not there", [hello], [["start", "nowhere", "hi"]], "ended"],
    ["a step of a type that nobody knows", [{ id: "x", type: "teleport" }], [["start", "next", "x"]], "ended"],
    [
      "a split whose weights do not add up",
      [
        {
          id: "x",
          type: "split",
          data: {
            experimentId: "e",
            arms: [
              { id: "a", name: "A", weight: 10 },
              { id: "b", name: "B", weight: 10 },
            ],
          },
        },
      ],
      [["start", "next", "x"]],
      "ended",
    ],
    ["a template that does not exist", [{ ...hello, data: { template: "gone" } }], [["start", "next", "hi"]], "ended"],
    [
      "two triggers",
      [{ id: "second", type: "trigger-event", data: { event: "enter", rule: { all: [] } } }, hello],
      [
        ["start", "next", "hi"],
        ["second", "next", "hi"],
      ],
      "ended",
    ],
  ])(
    "a graph that no publish lets pass, forced into the database, is told and harms nobody: %s",
    async (_, steps, paths, status) => {
      const flowId = await world.publish("enter", steps, paths);
      const [person = ""] = await world.addContacts(1);
      await world.sendEvent(person, "enter");
      await drain();
      const rows = await database.db.select().from(tables.enrollment).where(eq(tables.enrollment.flowId, flowId));
      expect(rows).toMatchObject([{ status }]);
      expect(status === "waiting" || rows[0]?.endReason !== null).toBe(true);
      expect(await database.db.$count(tables.deadLetter)).toBe(0);
    },
  );
});
