import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { newId } from "#server/id.ts";
import { createLog } from "#server/log.ts";
import { SampleWorld } from "../sample-world.ts";
import { SignalHost } from "./signal-host.ts";

let database: TestDatabase;
let world: SampleWorld;

beforeAll(async () => {
  database = await createTestDatabase();
  world = new SampleWorld(database);
  await world.build();
});
afterAll(() => database.drop());

const armNames = ["a", "b"];
const split = (weights: number[]) => ({
  id: "test",
  type: "split",
  data: { experimentId: "wording", arms: weights.map((weight, index) => ({ id: armNames[index], name: "x", weight })) },
});

async function drain(): Promise<void> {
  const clock = { now: () => new Date() };
  const host = new SignalHost({ pool: database.pool, clock, log: createLog("worker") });
  for (let works = 1; works > 0; ) ({ works } = await host.applyQueued());
}

/** Everybody's arms in the order of their entries. */
async function armsTaken(flowId: string): Promise<Map<string, (string | null)[]>> {
  const rows = await database.db.select().from(tables.trace).where(eq(tables.trace.flowId, flowId));
  const left = rows
    .filter((row) => row.nodeId === "test" && row.handle)
    .toSorted((x, y) => x.at.getTime() - y.at.getTime());
  return new Map([...Map.groupBy(left, (row) => row.contactId)].map(([id, own]) => [id, own.map((row) => row.handle)]));
}

test("whoever comes again, into this flow or another one with the same experiment, takes the same arm; only grown arms gain", async () => {
  const settings = { reEntry: { mode: "every-event" as const } };
  const flowId = await world.publish("again", [split([50, 50])], [["start", "next", "test"]], settings);
  const otherId = await world.publish("other", [split([50, 50])], [["start", "next", "test"]], settings);
  const people = await world.addContacts(400);
  const enterAll = async (event: string) => {
    for (const person of people) await world.sendEvent(person, event);
    await drain();
  };
  await enterAll("again");
  await enterAll("again");
  await enterAll("other");
  const elsewhere = await armsTaken(otherId);
  for (const [person, own] of await armsTaken(flowId)) {
    expect(new Set(own).size).toBe(1);
    expect(elsewhere.get(person)).toEqual([own[0]]);
  }
  await changeWeights(flowId, [70, 30]);
  await enterAll("again");
  const after = await armsTaken(flowId);
  expect(after.size).toBe(people.length);
  for (const [first, , now] of after.values()) expect([first, now]).not.toEqual(["a", "b"]);
  const moved = [...after.values()].filter(([first, , now]) => first !== now);
  expect(moved.length).toBeGreaterThan(0);
});

/** Publishes the flow once more with other weights, as a maker does it: a new version, and nobody inside is touched. */
async function changeWeights(flowId: string, weights: number[]): Promise<void> {
  const { db } = database;
  const [old] = await db.select().from(tables.flowVersion).where(eq(tables.flowVersion.flowId, flowId));
  if (!old) throw new Error("The flow has no version.");
  const nodes = old.graph.nodes.map((node) => (node.id === "test" ? { ...node, data: split(weights).data } : node));
  const id = newId();
  await db.insert(tables.flowVersion).values({ ...old, id, number: 2, hash: id, graph: { ...old.graph, nodes } });
  await db.update(tables.flow).set({ versionId: id }).where(eq(tables.flow.id, flowId));
}
