import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import * as tables from "#db/schema/index.ts";
import { Graph } from "#flow/graph.ts";
import { validate } from "#flow/validate.ts";
import { eventLimits } from "#server/door/ingest/limits.ts";
import { openTestDoor, post, type TestDoor } from "#server/door/test-door.ts";
import { TestRig } from "../test-rig.ts";

describe("11. limits are published, and each is refused one past its edge with a clear error", () => {
  let door: TestDoor;
  beforeAll(async () => {
    door = await openTestDoor(mkdtempSync(path.join(tmpdir(), "limits-")));
  });
  afterAll(() => door.close());

  const track = (properties: string) => `{"type":"track","userId":"p","event":"x","properties":${properties}}`;
  const sized = (bytes: number) => {
    const frame = track('{"a":""}').length;
    return track(`{"a":"${"x".repeat(bytes - frame)}"}`);
  };
  const deep = (levels: number) => track(`${'{"a":'.repeat(levels - 1)}1${"}".repeat(levels - 1)}`);
  const batch = (count: number) => `{"batch":[${Array.from({ length: count }, () => track("{}")).join(",")}]}`;

  test.each<[string, string, (size: number) => string, number, number]>([
    ["bytes of an event", "track", sized, eventLimits.eventBytes, 413],
    ["levels of an event", "track", deep, eventLimits.depth, 400],
    ["events of a batch", "batch", batch, eventLimits.batchItems, 413],
  ])("the door: %s", async (_, call, make, edge, status) => {
    const send = (size: number) => post(`${door.url}/v1/${call}`, door.tenant.writeKey, make(size));
    expect((await send(edge)).status).toBe(200);
    const refused = await send(edge + 1);
    expect(refused.status).toBe(status);
    expect(JSON.stringify(refused.body)).toMatch(/[a-z]{4}/);
  });

  const node = (id: string, type: string, data = {}) => ({ id, type, position: { x: 0, y: 0 }, data });
  const graph = (nodes: object[]) => ({ schemaVersion: 1, nodes, edges: [], settings: {} });

  test("a flow has 500 steps at most, and a wait 365 days", () => {
    const steps = (count: number) => graph(Array.from({ length: count }, (_, index) => node(`n${index}`, "exit")));
    expect(Graph.safeParse(steps(500)).success).toBe(true);
    expect(Graph.safeParse(steps(501)).error?.issues).toMatchObject([{ path: ["nodes"], maximum: 500 }]);
    const problems = (amount: number) => {
      const data = { mode: "duration", duration: { amount, unit: "days" } };
      const found = validate(Graph.parse(graph([node("wait", "wait", data)])), { templates: [] });
      return found.filter((problem) => problem.nodeId === "wait" && problem.field?.startsWith("duration"));
    };
    expect(problems(365)).toEqual([]);
    expect(problems(366)).toHaveLength(1);
  });
});

describe("7. the rates of a number and of a pair are never exceeded, however many workers share them", () => {
  let rig: TestRig;
  beforeEach(async () => {
    rig = await TestRig.open();
  });
  afterEach(() => rig.close());

  test("three workers at a number of 40 a second: the provider, which counts for itself, refuses nothing", async () => {
    const { db } = rig.database;
    await db.update(tables.channel).set({ messagesPerSecond: 40 });
    await rig.control("limits", { mps: 40, pair: true });
    const hello = {
      id: "hi",
      type: "send",
      data: { template: "hello", values: { first_name: { from: "path", path: "contact.firstName" } } },
    };
    await rig.world.publish("kyc", [hello], [["start", "next", "hi"]]);
    for (const person of await rig.world.addContacts(90)) await rig.world.sendEvent(person, "kyc");
    const begun = performance.now();
    for (const _ of [1, 2, 3]) rig.startWorker();
    await vi.waitFor(() => expect(rig.accepted).toHaveLength(90), { timeout: 40_000, interval: 20 });
    expect(performance.now() - begun).toBeGreaterThan(1_500);
    const refused = (await db.select().from(tables.message)).filter((message) => message.errorCode !== null);
    expect(refused).toEqual([]);
    const tries = await db.select({ attempts: tables.outbox.attempts }).from(tables.outbox);
    expect(tries.filter(({ attempts }) => attempts > 1)).toEqual([]);
  });
});
