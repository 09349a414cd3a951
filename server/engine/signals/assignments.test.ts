import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { startExperiments } from "#server/experiments/start-experiments.ts";
import { newId } from "#server/id.ts";
import { createLog } from "#server/log.ts";
import { SampleWorld } from "../sample-world.ts";
import { SignalHost } from "./signal-host.ts";

let database: TestDatabase;
let world: SampleWorld;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  world = new SampleWorld(database);
  await world.build();
});

const everyEvent = { reEntry: { mode: "every-event" as const } };
const split = (weights: Record<string, number>) => ({
  id: "test",
  type: "split",
  data: { experimentId: "wording", arms: Object.entries(weights).map(([id, weight]) => ({ id, name: id, weight })) },
});

async function drain(): Promise<void> {
  const clock = { now: () => new Date() };
  const host = new SignalHost({ pool: database.pool, clock, log: createLog("worker") });
  for (let works = 1; works > 0; ) ({ works } = await host.applyQueued());
}

async function enterAll(people: readonly string[], event = "go"): Promise<void> {
  for (const person of people) await world.sendEvent(person, event);
  await drain();
}

/** What publishing does beside the version itself. */
async function start(flowId: string): Promise<void> {
  const { db } = database;
  const [flow] = await db.select().from(tables.flow).where(eq(tables.flow.id, flowId));
  const [version] = await db
    .select()
    .from(tables.flowVersion)
    .where(eq(tables.flowVersion.id, flow?.versionId ?? ""));
  if (!version) throw new Error("The flow has no version.");
  const { id: versionId, graph, number } = version;
  const { workspaceId } = world;
  await db.transaction((tx) =>
    startExperiments(tx, { workspaceId, flowId, versionId, version: number, graph, actor: newId(), at: new Date() }),
  );
}

const experimentOf = async (flowId: string) => {
  const [row] = await database.db.select().from(tables.experiment).where(eq(tables.experiment.flowId, flowId));
  if (!row) throw new Error("No experiment has been started.");
  return row;
};

const assignedIn = (experimentId: string) =>
  database.db.select().from(tables.assignment).where(eq(tables.assignment.experimentId, experimentId));

/** The arms people went by, newest last. */
async function wentBy(flowId: string): Promise<Map<string, string[]>> {
  const rows = await database.db.select().from(tables.trace).where(eq(tables.trace.flowId, flowId));
  const left = rows
    .filter(({ nodeId, handle }) => nodeId === "test" && handle)
    .toSorted((x, y) => x.at.getTime() - y.at.getTime());
  const byPerson = Map.groupBy(left, ({ contactId }) => contactId);
  return new Map([...byPerson].map(([id, own]) => [id, own.map(({ handle }) => handle ?? "")]));
}

test("everybody who comes to a split is written down once, with the arm they took", async () => {
  const flowId = await world.publish("go", [split({ a: 50, b: 50 })], [["start", "next", "test"]], everyEvent);
  await start(flowId);
  const people = await world.addContacts(60);
  await enterAll(people);
  await enterAll(people);
  const { id } = await experimentOf(flowId);
  const rows = await assignedIn(id);
  const paths = await wentBy(flowId);
  expect(rows).toHaveLength(60);
  for (const { contactId, arm } of rows) expect(paths.get(contactId)).toEqual([arm, arm]);
  expect(new Set(rows.map(({ arm }) => arm))).toEqual(new Set(["a", "b"]));
});

test("nobody changes sides when the weights do or a bandit moves them, and who is new is drawn by the new ones", async () => {
  const flowId = await world.publish("go", [split({ a: 50, b: 50 })], [["start", "next", "test"]], everyEvent);
  await start(flowId);
  const first = await world.addContacts(40);
  await enterAll(first);
  const experiment = await experimentOf(flowId);
  const weightsId = newId();
  await database.db.insert(tables.experimentWeights).values({
    ...{ id: weightsId, workspaceId: world.workspaceId, experimentId: experiment.id, validFrom: new Date() },
    ...{ source: "bandit", weights: { a: 0, b: 100 } },
  });
  await database.db.update(tables.experiment).set({ weightsId }).where(eq(tables.experiment.id, experiment.id));
  const second = await world.addContacts(20);
  await enterAll([...first, ...second]);
  for (const own of (await wentBy(flowId)).values()) expect(new Set(own).size).toBe(1);
  const rows = await assignedIn(experiment.id);
  const late = rows.filter(({ contactId }) => second.includes(contactId));
  expect(late.map(({ arm, weightsId: by }) => [arm, by])).toEqual(second.map(() => ["b", weightsId]));
  expect(rows.filter(({ weightsId: by }) => by === null)).toHaveLength(40);
});

test("whose arm is gone goes another way and is counted as being in two", async () => {
  const flowId = await world.publish("go", [split({ a: 100, b: 0 })], [["start", "next", "test"]], everyEvent);
  await start(flowId);
  const people = await world.addContacts(3);
  await enterAll(people);
  await world.publishNext(flowId, 2, "go", {
    ...{ steps: [split({ b: 50, c: 50 })], paths: [["start", "next", "test"]], settings: everyEvent },
  });
  await enterAll(people);
  const { id } = await experimentOf(flowId);
  expect((await assignedIn(id)).map(({ arm }) => arm)).toEqual(["a", "a", "a"]);
  const strays = await database.db
    .select()
    .from(tables.assignmentStray)
    .where(eq(tables.assignmentStray.experimentId, id));
  expect(strays).toHaveLength(3);
});

test("a holdout writes down both sides, the flow's own and a step's", async () => {
  const step = { id: "keep", type: "holdout", data: { name: "spring", percent: 50 } };
  const flowId = await world.publish("go", [step], [["start", "next", "keep"]], { purpose: "marketing" });
  const whole = await world.publish("all", [], [], { purpose: "marketing", holdout: { percent: 50, salt: "autumn" } });
  await start(flowId);
  await start(whole);
  const people = await world.addContacts(40);
  await enterAll(people);
  await enterAll(people, "all");
  for (const id of [flowId, whole]) {
    const rows = await assignedIn((await experimentOf(id)).id);
    expect(rows).toHaveLength(40);
    expect(new Set(rows.map(({ arm }) => arm))).toEqual(new Set(["held-out", "next"]));
  }
});

test("an experiment that is over writes nobody down any more, and its people stay where they are", async () => {
  const flowId = await world.publish("go", [split({ a: 50, b: 50 })], [["start", "next", "test"]], everyEvent);
  await start(flowId);
  const [first = "", second = ""] = await world.addContacts(2);
  await enterAll([first]);
  const { id } = await experimentOf(flowId);
  await database.db.update(tables.experiment).set({ state: "stopped" }).where(eq(tables.experiment.id, id));
  const [row] = await assignedIn(id);
  const other = row?.arm === "a" ? { a: 0, b: 100 } : { a: 100, b: 0 };
  await world.publishNext(flowId, 2, "go", {
    ...{ steps: [split(other)], paths: [["start", "next", "test"]], settings: everyEvent },
  });
  await enterAll([first, second]);
  expect(await assignedIn(id)).toHaveLength(1);
  expect((await wentBy(flowId)).get(first)).toEqual([row?.arm, row?.arm]);
});
