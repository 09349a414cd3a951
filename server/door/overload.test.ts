import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessKey, event } from "#db/schema/index.ts";
import { GroupCommit } from "./group-commit.ts";
import { EventPace } from "./ingest/event-pace.ts";
import { openTestDoor, post, type Tenant, type TestDoor } from "./test-door.ts";

/** Of the door's own five seconds two are enough to see that a lock is given up. */
const lockMs = 2_000;

let door: TestDoor;
/** One whose readers wait as long as a test needs. */
let patient: TestDoor;
beforeAll(async () => {
  door = await openTestDoor(mkdtempSync(path.join(tmpdir(), "door-")), { backstops: { lockMs } });
  const backstops = { lockMs: 60_000, statementMs: 60_000 };
  patient = await openTestDoor(mkdtempSync(path.join(tmpdir(), "door-")), { backstops });
});
afterAll(() => Promise.all([door.close(), patient.close()]));

const track = (tenant: Tenant, messageId: string) => trackAt(door, tenant, messageId);
const trackAt = ({ url }: TestDoor, tenant: Tenant, messageId: string) =>
  post(`${url}/v1/track`, tenant.writeKey, { userId: "busy", event: "x", messageId });

test("while a table is locked every caller hears 503 with Retry-After within seconds, and no success is false", async () => {
  await track(door.tenant, "before");
  const client = await door.database.pool.connect();
  await client.query("begin");
  await client.query("lock table event in access exclusive mode");
  const begun = performance.now();
  const answers = await Promise.all(Array.from({ length: 200 }, (_, at) => track(door.tenant, `locked-${at}`)));
  expect(performance.now() - begun).toBeLessThan(12_000);
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([503]));
  expect(answers.every((answer) => Number(answer.headers.get("retry-after")) >= 1)).toBe(true);
  await client.query("rollback");
  client.release();
  expect((await track(door.tenant, "after")).status).toBe(200);
  const rows = await door.database.db.select({ messageId: event.messageId }).from(event);
  expect(rows.map((row) => row.messageId).sort()).toEqual(["after", "before"]);
}, 60_000);

test("readers that hold every connection keep no event out, and no more of them wait than there are connections", async () => {
  const client = await patient.database.pool.connect();
  await client.query("begin");
  await client.query("lock table flow in access exclusive mode");
  const headers = { authorization: `Bearer ${patient.tenant.restKey}` };
  const read = () => fetch(`${patient.url}/v1/flows`, { headers });
  const reads = Array.from({ length: 60 }, read);
  expect((await Promise.race(reads)).status).toBe(503);
  expect((await trackAt(patient, patient.tenant, "beside readers")).status).toBe(200);
  await client.query("rollback");
  client.release();
  const statuses = (await Promise.all(reads)).map((answer) => answer.status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(20);
});

test("a workspace beyond its pace hears 429 with Retry-After, its neighbour hears nothing of it, and later it is let in", async () => {
  const { db } = door.database;
  await db.update(accessKey).set({ eventsPerSecond: 5 }).where(eq(accessKey.workspaceId, door.other.workspaceId));
  const fast = async () => Promise.all(Array.from({ length: 30 }, (_, at) => track(door.other, `fast-${at}`)));
  await expect.poll(async () => (await fast()).map((answer) => answer.status), { timeout: 5_000 }).toContain(429);
  const refused = (await fast()).find((answer) => answer.status === 429);
  expect(refused?.body).toMatchObject({ error: { code: "too-many", detail: { eventsPerSecond: 5 } } });
  expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
  const neighbour = await Promise.all(Array.from({ length: 30 }, (_, at) => track(door.tenant, `calm-${at}`)));
  expect(new Set(neighbour.map((answer) => answer.status))).toEqual(new Set([200]));
  await expect.poll(async () => (await track(door.other, "later")).status, { timeout: 20_000 }).toBe(200);
});

test("a bucket fills at the key's pace, holds two seconds of it, and a batch too large for it is waited for afterwards", () => {
  let now = 0;
  const pace = new EventPace(() => now);
  const holder = { keyId: "k", workspaceId: "w", country: null, eventsPerSecond: 100, scopes: [] };
  const isLetIn = () => {
    try {
      pace.admit(holder);
      return true;
    } catch {
      return false;
    }
  };
  pace.admit(holder);
  pace.spend(holder, 500);
  expect(() => pace.admit(holder)).toThrow(/100 events a second. Send it again in 3 s/);
  now += 3_000;
  expect(isLetIn()).toBe(false);
  now += 10;
  expect(isLetIn()).toBe(true);
  now += 60_000;
  pace.spend(holder, 200);
  expect(isLetIn()).toBe(false);
});

/** A writer that is stuck until it is told to go on. */
function stuckCommit(limits: { maxWaiting: number; maxWaitMs: number }) {
  const stuck: (() => void)[] = [];
  const written: number[][] = [];
  const write = (items: number[]) =>
    new Promise<ReadonlySet<number>>((resolve) => {
      written.push(items);
      stuck.push(() => resolve(new Set()));
    });
  const commit = new GroupCommit<number>({ write, writers: 1, parallelFrom: 1, maxItems: 100, ...limits });
  return { commit, written, goOn: () => stuck.shift()?.() };
}

test("beyond what may wait callers are turned away at once, and who waits is stored when the writer is free", async () => {
  const { commit, written, goOn } = stuckCommit({ maxWaiting: 3, maxWaitMs: 60_000 });
  const first = commit.submit([1]);
  await expect.poll(() => written.length).toBe(1);
  const waiting = [commit.submit([2]), commit.submit([3, 4])];
  expect(() => commit.submit([5])).toThrow(/Too much is waiting/);
  goOn();
  await first;
  await expect.poll(() => written.length).toBe(2);
  goOn();
  await Promise.all(waiting);
  expect(written).toEqual([[1], [2, 3, 4]]);
});

test("behind a writer that is stuck nobody waits longer than allowed, and what was turned away is not written later", async () => {
  const { commit, written, goOn } = stuckCommit({ maxWaiting: 100, maxWaitMs: 50 });
  const first = commit.submit([1]);
  await expect.poll(() => written.length).toBe(1);
  await expect(commit.submit([2])).rejects.toThrow(/Too much is waiting/);
  goOn();
  await first;
  await commit.drain();
  expect(written).toEqual([[1]]);
});
