import { eq } from "drizzle-orm";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { claimHandOff, resolveHandOff } from "#server/hand-offs/change-hand-off.ts";
import { joinWorkspace } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { SampleWorld } from "../sample-world.ts";
import { SignalHost } from "./signal-host.ts";

let database: TestDatabase;
let world: SampleWorld;
let agent: Actor;
let now: Date;
let host: SignalHost;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.query("truncate signal_queue, enrollment, hand_off");
  world = new SampleWorld(database);
  await world.build();
  agent = await joinWorkspace(database.db, world.workspaceId, { role: "agent" });
  now = new Date();
  host = new SignalHost({ pool: database.pool, clock: { now: () => now }, log: pino({ level: "silent" }) });
});

const { enrollment, flow, handOff } = tables;
const step = {
  id: "agent",
  type: "hand-off",
  data: { queue: "Help", priority: "normal", timeout: { amount: 1, unit: "hours" } },
};
const exit = { id: "out", type: "exit", data: {} };
const asked = ["start", "next", "agent"] as const;

/** One person who was handed over, in a flow that goes on by itself when the time is over. */
async function handOver({ waits = true, settings = {} } = {}) {
  const paths: [string, string, string][] = waits
    ? [[...asked], ["agent", "timeout", "out"], ["agent", "resolved", "out"]]
    : [[...asked]];
  const flowId = await world.publish("help", [step, exit], paths, settings);
  const [person = ""] = await world.addContacts(1);
  await world.sendEvent(person, "help");
  await applyAll();
  return { flowId, person };
}

async function applyAll(): Promise<void> {
  for (let works = 1; works > 0; ) {
    const applied = [await host.applyQueued(), await host.applyDue(), await host.stopArchived()];
    works = applied.reduce((sum, each) => sum + each.works, 0);
  }
}

const rows = () => database.db.select().from(handOff);
const idOf = async () => (await rows())[0]?.id ?? "";
const anHourLater = () => {
  now = new Date(now.getTime() + 3_600_001);
};

describe("an agent cannot own a conversation that the flow went on with:", () => {
  const ways = {
    "time-over": async () => anHourLater(),
    "flow-ended": async (person: string) => void (await world.sendEvent(person, "helped")),
    "flow-archived": async () => void (await database.db.update(flow).set({ status: "archived" })),
    erasure: async (person: string) => {
      await world.sendEvent(person, "anything");
      await database.db.delete(tables.contact).where(eq(tables.contact.id, person));
    },
  };

  test.each(Object.entries(ways))("%s closes the hand-off, taken or not", async (outcome, happens) => {
    for (const isTaken of [true, false]) {
      await database.pool.query("truncate signal_queue, enrollment, hand_off");
      await database.db.update(flow).set({ status: "paused" });
      const { person } = await handOver({ settings: { exitOn: [{ event: "helped" }] } });
      if (isTaken) await claimHandOff(agent, { handOffId: await idOf() });
      await happens(person);
      await applyAll();
      expect(await rows()).toMatchObject([{ status: "closed", outcome, resolvedAt: now }]);
      expect(await database.db.$count(enrollment, eq(enrollment.status, "waiting"))).toBe(0);
      const handOffId = await idOf();
      await expect(claimHandOff(agent, { handOffId })).rejects.toMatchObject({ code: "conflict" });
      await expect(resolveHandOff(agent, { handOffId, outcome: "x" })).rejects.toMatchObject({ code: "conflict" });
    }
  });
});

test("what an agent resolved in time stays as they wrote it", async () => {
  await handOver();
  await resolveHandOff(agent, { handOffId: await idOf(), outcome: "Called back" });
  anHourLater();
  await applyAll();
  expect(await rows()).toMatchObject([{ status: "resolved", outcome: "Called back" }]);
  expect(await database.db.select().from(enrollment)).toMatchObject([{ status: "ended" }]);
});

test("a flow that ends with its hand-off leaves the person to the agents", async () => {
  await handOver({ waits: false });
  anHourLater();
  await applyAll();
  expect(await rows()).toMatchObject([{ status: "open", outcome: null }]);
});
