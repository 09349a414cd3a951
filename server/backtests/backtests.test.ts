import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { systemClock } from "#server/clock.ts";
import { SampleWorld } from "#server/engine/sample-world.ts";
import { readEnv } from "#server/env.ts";
import { newId, shardOf } from "#server/id.ts";
import { joinWorkspace } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { cancelBacktest } from "./cancel-backtest.ts";
import { listBacktests } from "./list-backtests.ts";
import { listPaths } from "./list-paths.ts";
import { startBacktest } from "./start-backtest.ts";
import { tellProgress } from "./tell-progress.ts";

const patience = { timeout: 60_000, interval: 50 };
const { audit, backtest, event } = tables;

let database: TestDatabase;
let world: SampleWorld;
let owner: Actor;
let flowId: string;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  world = new SampleWorld(database);
  await world.build();
  const home = mkdtempSync(path.join(tmpdir(), "chasqui-backtests-"));
  const env = readEnv({ DATABASE_URL: database.url, CHASQUI_SECRET: "0".repeat(64), CHASQUI_HOME: home });
  owner = { ...(await joinWorkspace(database.db, world.workspaceId)), clock: systemClock, env };
  flowId = await world.publish(
    "loan.due",
    [{ id: "hi", type: "send", data: { template: "hello", values: { first_name: { from: "text", text: "you" } } } }],
    [["start", "next", "hi"]],
  );
});

/** Events that source systems sent in the last hours. */
async function remember(count: number): Promise<string[]> {
  const people = await world.addContacts(count);
  const { workspaceId } = world;
  const rows = people.map((contactId, nth) => {
    const at = new Date(Date.now() - 3_600_000 + nth * 100);
    const row = { id: newId(), receivedAt: at, occurredAt: at, workspaceId, contactId };
    return {
      ...row,
      shard: shardOf(workspaceId, contactId),
      messageId: newId(),
      type: "track",
      name: "loan.due",
      properties: {},
    };
  });
  await database.db.insert(event).values(rows);
  return people;
}

const newest = async () => (await listBacktests(owner, { flowId }))[0];
const acts = async () =>
  (await database.db.select().from(audit).where(eq(audit.subjectId, flowId)).orderBy(audit.sequence)).map(
    ({ action }) => action,
  );
/** A row as its process would have left it, `silentSeconds` after its last word. */
async function leave(status: "queued" | "running", silentSeconds: number): Promise<string> {
  const id = newId();
  const { draft } = (await database.db.select().from(tables.flow).where(eq(tables.flow.id, flowId)))[0] ?? {};
  if (!draft) throw new Error("The flow is gone.");
  const request = {
    graph: draft,
    hash: "x",
    days: 7,
    since: Date.now() - 7 * 86_400_000,
    until: Date.now(),
    policy: null,
    versionId: null,
  };
  const row = { id, workspaceId: world.workspaceId, flowId, request, status, createdBy: "test", createdAt: new Date() };
  await database.db.insert(backtest).values({ ...row, beatAt: sql`now() - make_interval(secs => ${silentSeconds})` });
  return id;
}

test("a backtest is begun, tells how far it is, and leaves its figures and the people's ways", {
  timeout: 90_000,
}, async () => {
  const people = await remember(120);
  const { backtestId } = await startBacktest(owner, { flowId, days: 7, policy: { capPerDay: 1 } });
  await vi.waitFor(async () => expect(await newest()).toMatchObject({ id: backtestId, status: "done" }), patience);
  const done = await newest();
  expect(done).toMatchObject({
    isCurrent: true,
    days: 7,
    policy: { capPerDay: 1 },
    error: null,
    by: owner.session.name,
  });
  expect(done?.progress).toMatchObject({ read: 120, total: 120, entered: 120 });
  expect(done?.result?.proposed).toMatchObject({ entered: 120, people: 120 });
  expect(done?.result?.running).toMatchObject({ entered: 120 });
  const page = await listPaths(owner, { backtestId, nodeId: null });
  expect(page.people).toHaveLength(50);
  expect(people).toContain(page.people[0]?.contactId);
  expect((await listPaths(owner, { backtestId, nodeId: null, cursor: page.next })).people).toHaveLength(50);
  expect(await acts()).toEqual(["start-backtest"]);
});

test("a cancelled one stops within moments, once, and says who took it back", { timeout: 90_000 }, async () => {
  const { pool } = database;
  // It waits for its turn: another one of the workspace is under way.
  const other = tellProgress(pool, { id: await leave("queued", 0), workspaceId: world.workspaceId });
  expect(await other.begin()).toBe(true);
  await remember(5);
  const { backtestId } = await startBacktest(owner, { flowId, days: 1, policy: null });
  const statusOf = async () => (await listBacktests(owner, { flowId })).find(({ id }) => id === backtestId)?.status;
  expect(await statusOf()).toBe("queued");
  await cancelBacktest(owner, { backtestId });
  await cancelBacktest(owner, { backtestId });
  await other.end();
  expect(await statusOf()).toBe("cancelled");
  expect(await acts()).toEqual(["start-backtest", "cancel-backtest"]);
});

describe("a process that runs", () => {
  test("hears that it was cancelled", async () => {
    const id = await leave("queued", 0);
    const progress = tellProgress(database.pool, { id, workspaceId: world.workspaceId });
    expect(await progress.begin()).toBe(true);
    const half = { read: 50, total: 100, entered: 20 };
    expect(await progress.report(half)).toBe(true);
    expect(await newest()).toMatchObject({ id, status: "running", progress: half });
    await cancelBacktest(owner, { backtestId: id });
    expect(await progress.report({ ...half, read: 100 })).toBe(false);
    await progress.end();
    expect(await newest()).toMatchObject({ status: "cancelled", progress: half });
  });

  test("and has died is told as failed, and takes nobody's place", async () => {
    const silent = await leave("running", 31);
    expect(await newest()).toMatchObject({ id: silent, status: "failed" });
    for (let nth = 0; nth < 4; nth += 1) await leave("queued", 0);
    // Four under way and a dead one: there is room for one more.
    const { backtestId } = await startBacktest(owner, { flowId, days: 1, policy: null });
    await expect(startBacktest(owner, { flowId, days: 1, policy: null })).rejects.toMatchObject({ code: "too-many" });
    await cancelBacktest(owner, { backtestId });
  });
});

describe("is refused", () => {
  test("a draft that lets nobody in, with its problems", async () => {
    await database.db
      .update(tables.flow)
      .set({ draft: sql`jsonb_set(draft, '{nodes}', '[]')` })
      .where(eq(tables.flow.id, flowId));
    await expect(startBacktest(owner, { flowId, days: 7, policy: null })).rejects.toMatchObject({
      code: "refused",
      detail: { problems: expect.arrayContaining([expect.objectContaining({ rule: "no-trigger" })]) },
    });
    expect(await database.db.$count(backtest, eq(backtest.flowId, flowId))).toBe(0);
  });

  test("what is another workspace's", async () => {
    const stranger = { ...(await joinWorkspace(database.db, (await otherWorld()).workspaceId)), clock: systemClock };
    const id = await leave("queued", 0);
    await expect(cancelBacktest(stranger, { backtestId: id })).rejects.toMatchObject({ code: "not-found" });
    await expect(listPaths(stranger, { backtestId: id, nodeId: null })).rejects.toMatchObject({ code: "not-found" });
    await expect(listBacktests(stranger, { flowId })).rejects.toMatchObject({ code: "not-found" });
  });
});

async function otherWorld(): Promise<SampleWorld> {
  const other = new SampleWorld(database);
  await other.build();
  return other;
}
