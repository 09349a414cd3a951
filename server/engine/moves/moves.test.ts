import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { MovePlan, type MoveStep } from "#flow/move-plan.ts";
import { newId } from "#server/id.ts";
import { TestHost } from "../test-host.ts";
import { closeMoves } from "./close-moves.ts";

const hour = 3_600_000;
const { enrollment, flow, flowMove, flowVersion, outbox, trace } = tables;

let database: TestDatabase;
let rig: TestHost;
let flowId: string;
let first: string;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  rig = await TestHost.open(database, { batchSize: 10 });
  flowId = await rig.world.publish("kyc", steps(48), paths, { exitOn: [{ event: "done" }] });
  const [version] = await database.db.select().from(flowVersion).where(eq(flowVersion.flowId, flowId));
  first = version?.id ?? "";
});

const steps = (hours: number) => [
  { id: "wait", type: "wait", data: { mode: "duration", duration: { amount: hours, unit: "hours" } } },
  { id: "hi", type: "send", data: { template: "hello", values: {} } },
  {
    id: "answer",
    type: "wait-until",
    data: { sources: [{ kind: "event", id: "paid", event: "paid" }], timeout: { amount: 9, unit: "days" } },
  },
];
const paths: [string, string, string][] = [
  ["start", "next", "wait"],
  ["wait", "next", "hi"],
  ["hi", "next", "answer"],
];

const enter = (count: number) => rig.enter("kyc", count);

async function publish(
  step: Omit<MoveStep, "versionId" | "to"> & { to?: string },
  { hours = 24, spreadMinutes = 120 } = {},
): Promise<{ versionId: string; moveId: string }> {
  const drawn = { steps: steps(hours), paths, settings: { exitOn: [{ event: "done" }] } };
  const versionId = await rig.world.publishNext(flowId, 2, "kyc", drawn);
  const plan = MovePlan.parse({ steps: [{ to: null, ...step, versionId: first }], spreadMinutes });
  const moveId = newId();
  const row = { id: moveId, workspaceId: rig.world.workspaceId, flowId, versionId, plan };
  await database.db.insert(flowMove).values({ ...row, createdBy: "test", createdAt: rig.now });
  return { versionId, moveId };
}

const ways = () => database.db.select().from(enrollment).where(eq(enrollment.flowId, flowId)).orderBy(enrollment.id);
const moveOf = async (id: string) => (await database.db.select().from(flowMove).where(eq(flowMove.id, id)))[0];
const later = (hours: number) => rig.later(hours * hour);

test("at the same step the wait is timed anew from when it began", async () => {
  await enter(25);
  later(10);
  const { versionId, moveId } = await publish({ nodeId: "wait", act: "move", to: "wait" });
  await rig.settle();
  const moved = await ways();
  expect(moved).toHaveLength(25);
  const wakeAt = new Date("2026-11-23T10:00:00Z");
  for (const way of moved) expect(way).toMatchObject({ versionId, nodeId: "wait", status: "waiting", wakeAt, moveId });
  expect(await moveOf(moveId)).toMatchObject({ moved: 25, exited: 0 });
  expect(await database.db.$count(outbox)).toBe(0);
});

test("waits that are over at once end over the spread, each at a moment of its own", async () => {
  await enter(40);
  later(30);
  await publish({ nodeId: "wait", act: "move", to: "wait" }, { hours: 24, spreadMinutes: 60 });
  await rig.host.applyMoves();
  while ((await rig.host.applyMoves()).works > 0);
  const times = (await ways()).map(({ wakeAt }) => (wakeAt?.getTime() ?? 0) - rig.now.getTime());
  expect(Math.min(...times)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...times)).toBeLessThanOrEqual(hour);
  expect(new Set(times).size).toBeGreaterThan(30);
  later(1);
  await rig.settle();
  expect(await database.db.$count(outbox, eq(outbox.workspaceId, rig.world.workspaceId))).toBe(40);
});

test("at another step people arrive as by an edge, once", async () => {
  await enter(12);
  const { versionId } = await publish({ nodeId: "wait", act: "move", to: "hi" });
  await rig.settle();
  await rig.settle();
  for (const way of await ways()) expect(way).toMatchObject({ versionId, nodeId: "answer", status: "waiting" });
  expect(await database.db.$count(outbox, eq(outbox.workspaceId, rig.world.workspaceId))).toBe(12);
  const rows = await database.db.select().from(trace).where(eq(trace.flowId, flowId));
  expect(rows.filter(({ kind }) => kind === "moved")).toHaveLength(12);
});

test("who is taken out leaves on their version and gets nothing more", async () => {
  await enter(12);
  const { moveId } = await publish({ nodeId: "wait", act: "exit" });
  await rig.settle();
  for (const way of await ways())
    expect(way).toMatchObject({ versionId: first, status: "ended", endReason: "stopped" });
  expect(await moveOf(moveId)).toMatchObject({ moved: 0, exited: 12 });
});

test("who is kept finishes on the old version, also past steps whose people move", async () => {
  await enter(5);
  const versionId = await rig.world.publishNext(flowId, 2, "kyc", { steps: steps(24), paths });
  const plan = MovePlan.parse({
    steps: [
      { versionId: first, nodeId: "wait", act: "keep" },
      { versionId: first, nodeId: "answer", act: "move", to: "answer" },
    ],
  });
  const row = { id: newId(), workspaceId: rig.world.workspaceId, flowId, versionId, plan };
  await database.db.insert(flowMove).values({ ...row, createdBy: "test", createdAt: rig.now });
  await rig.settle();
  later(49);
  await rig.settle();
  for (const way of await ways()) expect(way).toMatchObject({ versionId: first, nodeId: "answer" });
});

test("whoever is faster, the person or the sweep, goes by the plan once", async () => {
  const [person = ""] = await enter(1);
  const { versionId } = await publish({ nodeId: "wait", act: "move", to: "answer" });
  await rig.world.sendEvent(person, "paid");
  await rig.host.applyQueued();
  expect(await ways()).toMatchObject([{ versionId, status: "ended", endReason: "completed" }]);
  await rig.settle();
  const rows = await database.db.select().from(trace).where(eq(trace.flowId, flowId));
  expect(rows.filter(({ kind }) => kind === "moved")).toHaveLength(1);
});

describe("nobody is moved", () => {
  test("while the flow is held; after the release everybody is", async () => {
    const [person = ""] = await enter(3);
    const { versionId } = await publish({ nodeId: "wait", act: "move", to: "wait" });
    await database.db.update(flow).set({ status: "held" }).where(eq(flow.id, flowId));
    await rig.world.sendEvent(person, "anything");
    await rig.settle();
    expect(new Set((await ways()).map((way) => way.versionId))).toEqual(new Set([first]));
    await database.db.update(flow).set({ status: "active" }).where(eq(flow.id, flowId));
    await rig.settle();
    expect(new Set((await ways()).map((way) => way.versionId))).toEqual(new Set([versionId]));
  });

  test("who entered the new version already", async () => {
    const { moveId } = await publish({ nodeId: "wait", act: "exit" });
    await enter(3);
    expect(new Set((await ways()).map((way) => way.status))).toEqual(new Set(["waiting"]));
    expect(await moveOf(moveId)).toMatchObject({ exited: 0 });
  });
});

test("a killed worker's slice is done by the next one, and nobody twice", async () => {
  await enter(30);
  const { versionId, moveId } = await publish({ nodeId: "wait", act: "move", to: "hi" });
  let slices = 0;
  const dying = rig.hostWith({
    batchSize: 10,
    fence: async () => {
      slices += 1;
      if (slices === 2) throw Object.assign(new Error("terminated"), { code: "57014" });
    },
  });
  await dying.applyMoves();
  await expect(dying.applyMoves()).rejects.toThrow();
  await rig.settle();
  for (const way of await ways()) expect(way).toMatchObject({ versionId, nodeId: "answer" });
  expect(await database.db.$count(outbox, eq(outbox.workspaceId, rig.world.workspaceId))).toBe(30);
  expect(await moveOf(moveId)).toMatchObject({ moved: 30 });
});

test("a move is closed when nobody is left, and told to the audit log", async () => {
  await enter(4);
  const { moveId } = await publish({ nodeId: "wait", act: "move", to: "wait" });
  await closeMoves(database.db, rig.clock);
  expect(await moveOf(moveId)).toMatchObject({ finishedAt: null });
  await rig.settle();
  later(1);
  await closeMoves(database.db, rig.clock);
  expect(await moveOf(moveId)).toMatchObject({ finishedAt: rig.now, moved: 4 });
  const [told] = await database.db
    .select()
    .from(tables.audit)
    .where(eq(tables.audit.workspaceId, rig.world.workspaceId));
  expect(told).toMatchObject({ action: "move-people", actor: "system", detail: { moveId, moved: 4, exited: 0 } });
});
