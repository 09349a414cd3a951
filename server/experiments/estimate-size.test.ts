import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contact, event } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { emptyGraph, type Graph } from "#flow/graph.ts";
import { newId } from "#server/id.ts";
import { testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { sizeOf } from "./estimate-size.ts";
import { readEligible } from "./read-eligible.ts";

let database: TestDatabase;
let actor: Actor;
const now = new Date("2026-11-22T09:00:00Z");

beforeAll(async () => {
  database = await createTestDatabase();
  actor = await testActor(database.db);
});
afterAll(() => database.drop());

const graph: Graph = {
  ...emptyGraph(),
  nodes: [
    {
      id: "start",
      type: "trigger-event",
      position: { x: 0, y: 0 },
      data: { event: "credit.scored", rule: { path: "event.score", op: "gte", value: 650 } },
    },
  ],
};

/** One person and what they sent so many days ago. */
async function sent(events: { name?: string; score: number; daysAgo: number }[]): Promise<void> {
  const { workspaceId } = actor.session;
  const contactId = newId();
  await database.db.insert(contact).values({ id: contactId, workspaceId, shard: 0 });
  await database.db.insert(event).values(
    events.map(({ name = "credit.scored", score, daysAgo }) => {
      const at = new Date(now.getTime() - daysAgo * 86_400_000);
      const place = { id: newId(), workspaceId, shard: 0, contactId, messageId: newId(), type: "track" };
      return { ...place, name, properties: { score }, occurredAt: at, receivedAt: at };
    }),
  );
}

test("who could enter is counted from stored events, each person once, by the trigger's own rule", async () => {
  for (let person = 0; person < 8; person += 1)
    await sent([
      { score: 700, daysAgo: person * 3 },
      { score: 720, daysAgo: 1 },
    ]);
  await sent([{ score: 600, daysAgo: 2 }]);
  await sent([{ score: 700, daysAgo: 29 }]);
  await sent([{ name: "other", score: 700, daysAgo: 2 }]);
  const { workspaceId } = actor.session;
  const asked = { workspaceId, flowId: newId(), graph, now };
  expect(await readEligible(database.db, asked)).toEqual({ weeklyPeople: 2, from: "events" });
  const stranger = await testActor(database.db);
  const foreign = { ...asked, workspaceId: stranger.session.workspaceId };
  expect(await readEligible(database.db, foreign)).toEqual({ weeklyPeople: 0, from: "events" });
});

describe("how many people it takes", () => {
  const wish = { baseRate: 0.04, lift: 0.2, alpha: 0.05, power: 0.8, method: "fixed" as const };

  test("one look: as R's power.prop.test, and whole weeks", () => {
    const size = sizeOf(wish, { smallest: 0.5, weeklyPeople: 5_000 });
    expect(size).toMatchObject({ perArm: 10_317, people: 20_633, days: 35 });
  });

  test("looking every day asks for more, a small arm for much more", () => {
    const often = sizeOf({ ...wish, method: "sequential" }, { smallest: 0.5, weeklyPeople: 5_000 });
    const uneven = sizeOf(wish, { smallest: 0.1, weeklyPeople: 5_000 });
    expect(often.people).toBeGreaterThan(20_633);
    expect(uneven.people).toBe(103_162);
  });

  test("longer finds less, nobody finds nothing, and a rate cannot pass all", () => {
    const lifts = sizeOf(wish, { smallest: 0.5, weeklyPeople: 5_000 }).byWeek.map(({ lift }) => lift ?? 9);
    expect(lifts).toEqual(lifts.toSorted((a, b) => b - a));
    expect(sizeOf(wish, { smallest: 0.5, weeklyPeople: 0 })).toMatchObject({
      days: null,
      byWeek: [{ lift: null }, {}, {}, {}, {}, {}],
    });
    expect(sizeOf({ ...wish, baseRate: 0.9 }, { smallest: 0.5, weeklyPeople: 10 })).toMatchObject({
      people: null,
      days: null,
    });
  });
});
