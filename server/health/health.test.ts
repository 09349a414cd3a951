import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { dueWorkspaces } from "#server/engine/dispatch/claim-outbox.ts";
import { newId } from "#server/id.ts";
import { appRouter } from "#server/router.ts";
import { joinWorkspace, testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";

let database: TestDatabase;
let operator: Actor;
let tenant: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
  operator = await testActor(database.db);
  tenant = await testActor(database.db);
});
afterAll(() => database.drop());

const health = (actor: Actor) => appRouter.createCaller(actor).health;
const lettersOf = (actor: Actor) =>
  database.db.select().from(tables.deadLetter).where(eq(tables.deadLetter.workspaceId, actor.session.workspaceId));
const auditOf = (actor: Actor) =>
  database.db.select().from(tables.audit).where(eq(tables.audit.workspaceId, actor.session.workspaceId));

async function addLetter(actor: Actor, error: string): Promise<string> {
  const { workspaceId } = actor.session;
  const [id, contactId] = [newId(), newId()];
  await database.db.insert(tables.contact).values({ id: contactId, workspaceId, shard: 3 });
  await database.db.insert(tables.deadLetter).values({
    id,
    workspaceId,
    contactId,
    payload: { kind: "event", event: { id: newId(), name: "kyc.incomplete", properties: {}, at: 0 } },
    error,
    attempts: 5,
    at: new Date(),
  });
  return id;
}

async function queueMessage(
  actor: Actor,
  lane: number,
  since: Date,
  status: "queued" | "behind" | "unknown" = "queued",
) {
  const { workspaceId } = actor.session;
  const row = { workspaceId, shard: 0, contactId: newId() };
  const id = newId();
  await database.db.insert(tables.message).values({
    ...row,
    id,
    direction: "outbound",
    type: "template",
    status: status === "behind" ? "queued" : status,
    errorDetail: "The operation was aborted due to timeout",
    createdAt: since,
  });
  await database.db.insert(tables.outbox).values({
    ...row,
    messageId: id,
    lane,
    status,
    request: { template: "hello", purpose: "service", values: {}, links: {}, sendingHours: null },
    notBefore: since,
    leaseUntil: status === "unknown" ? new Date(Date.now() + 60_000) : null,
    createdAt: since,
  });
}

const beat = (name: string, leaseLeft: string) =>
  database.pool.query(
    `insert into worker (id, name, host, fence, started_at, beat_at, lease_until) values ($1, $2, 'box-a', 1, now(), now(), now() + $3::interval)`,
    [newId(), name, leaseLeft],
  );

test("an empty workspace has nothing to look at", async () => {
  await beat("worker-1", "20 seconds");
  const board = await health(operator).board();
  expect(board.alerts).toEqual([]);
  expect(board.lanes.map(({ name, waiting, state }) => ({ name, waiting, state }))).toEqual(
    ["fraud", "transaction", "service", "marketing"].map((name) => ({ name, waiting: 0, state: "on-time" })),
  );
  expect(board.installation?.workers).toMatchObject([{ name: "worker-1", host: "box-a" }]);
  expect(board.installation?.database.tables.length).toBeGreaterThan(0);
});

test("only the operator's workspace sees workers and database", async () => {
  expect((await health(tenant).board()).installation).toBeNull();
  const env = { ...tenant.env, operatorWorkspace: tenant.session.workspaceId };
  expect((await health({ ...tenant, env }).board()).installation).not.toBeNull();
  expect((await health({ ...operator, env }).board()).installation).toBeNull();
});

test("a worker whose lease is over is something to look at, and none at all is worse", async () => {
  await beat("worker-2", "-5 seconds");
  expect((await health(operator).board()).alerts).toEqual([
    { kind: "worker-lost", weight: "warning", name: "worker-2", heir: null, afterMs: null },
  ]);
  await database.pool.query("delete from worker where name = 'worker-1'");
  expect((await health(operator).board()).alerts).toMatchObject([{ kind: "no-worker" }, { kind: "worker-lost" }]);
  await database.pool.query("delete from worker");
  await beat("worker-1", "20 seconds");
});

test("a message that waits longer than its lane promises, and one whose outcome is unknown, are told", async () => {
  const now = operator.clock.now().getTime();
  await queueMessage(operator, 0, new Date(now - 3_000));
  await queueMessage(operator, 0, new Date(now - 4_000), "behind");
  await queueMessage(operator, 0, new Date(now + 4_000), "behind");
  await queueMessage(operator, 3, new Date(now - 3_000));
  await queueMessage(operator, 0, new Date(now - 90_000), "unknown");
  const board = await health(operator).board();
  expect(board.lanes.map((lane) => lane.state)).toEqual(["late", "on-time", "on-time", "on-time"]);
  expect(board.lanes.map((lane) => lane.waiting)).toEqual([2, 0, 0, 1]);
  expect(board.alerts).toEqual([
    { kind: "lane-late", weight: "danger", lane: "fraud", worstMs: 4000, promiseMs: 2000 },
    { kind: "unknown-outcomes", weight: "warning", items: 1 },
  ]);
  expect(board.unknowns.rows).toMatchObject([{ lane: "fraud", cause: "timed-out", ageMs: 90_000, isResent: true }]);
  expect(await health(operator).alerts()).toEqual({ alerts: 2 });
  expect((await health(tenant).board()).alerts).toEqual([]);
});

test("while sending is held nothing of the workspace is claimed; released, it is again", async () => {
  const due = async () => (await dueWorkspaces(database.pool)).map((each) => each.workspaceId);
  expect(await due()).toEqual([operator.session.workspaceId]);
  const checker = await joinWorkspace(database.db, operator.session.workspaceId, { role: "checker" });
  await health(checker).hold({ isHeld: true });
  await health(checker).hold({ isHeld: true });
  expect(await due()).toEqual([]);
  const board = await health(operator).board();
  expect(board.hold).toMatchObject({ byName: "Kofi Mensah" });
  expect(board.alerts[0]).toEqual({ kind: "sending-held", weight: "danger" });
  await health(checker).hold({ isHeld: false });
  expect(await due()).toEqual([operator.session.workspaceId]);
  // What somebody held on purpose is not late.
  expect((await health(operator).board()).lanes.map((lane) => lane.state)).not.toContain("late");
  expect((await auditOf(operator)).map((row) => row.action)).toEqual(["hold-sending", "release-sending"]);
});

test("dead letters of one place and cause are one line, whatever ids stand in their errors", async () => {
  const first = await addLetter(operator, `Error: flow ${newId()} is broken`);
  const second = await addLetter(operator, `Error: flow ${newId()} is broken`);
  await addLetter(operator, "TypeError: no such step");
  const { total, groups } = (await health(operator).board()).deadLetters;
  expect(total).toBe(3);
  expect(groups.find((group) => group.items === 2)).toMatchObject({
    cause: "flow … is broken",
    eventName: "kyc.incomplete",
    letterIds: [first, second],
  });
});

test.each([
  ["Cannot convert undefined or null to object", true, "step"],
  ["The flow's version cannot be read.", true, "version"],
  ["unsupported Unicode escape sequence (22P05)", false, "value"],
  ["null value in column (23502, message, lane)", true, "value"],
  ["insert or update violates foreign key constraint (23503, enrollment)", true, "reference"],
  ["duplicate key value (23505, event)", false, "duplicate"],
  ["canceling statement due to statement timeout (57014)", true, "database"],
  ["Something nobody has thought of", false, null],
])("a dead letter that says %j (at a step: %j) is explained as %j", async (error, isAtStep, causeKind) => {
  const id = await addLetter(operator, error);
  if (isAtStep) await database.pool.query("update dead_letter set node_id = 'wait' where id = $1", [id]);
  const { groups } = (await health(operator).board()).deadLetters;
  expect(groups.find((group) => group.letterIds.includes(id))).toMatchObject({ causeKind });
  await health(operator).discard({ letterIds: [id] });
});

test("a retried letter is back in the river and a discarded one gone, each with an audit row; another workspace's stay", async () => {
  const foreign = await addLetter(tenant, "Error: theirs");
  const earlier = (await auditOf(operator)).length;
  const [first, second, third] = (await lettersOf(operator)).map((row) => row.id);
  await expect(health(operator).retry({ letterIds: [foreign] })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(health(operator).discard({ letterIds: [foreign] })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await health(operator).retry({ letterIds: [first ?? "", foreign] })).toEqual({ letters: 1 });
  expect(await health(operator).discard({ letterIds: [second ?? ""] })).toEqual({ letters: 1 });
  await expect(health(operator).retrySince({ since: new Date(Date.now() + 60_000) })).rejects.toThrow("any more");
  expect(await health(operator).retrySince({ since: new Date(0) })).toEqual({ letters: 1 });
  expect(third).toBeDefined();
  expect(await lettersOf(operator)).toEqual([]);
  expect(await database.db.select().from(tables.signalQueue)).toHaveLength(2);
  expect((await lettersOf(tenant)).map((row) => row.id)).toEqual([foreign]);
  const acts = (await auditOf(operator)).slice(earlier).map((row) => row.action);
  expect(acts).toEqual(["retry-dead-letters", "discard-dead-letters", "retry-dead-letters"]);
});

test.each([
  ["agent", "board", undefined],
  ["analyst", "board", undefined],
  ["checker", "retry", { letterIds: [newId()] }],
  ["maker", "discard", { letterIds: [newId()] }],
  ["agent", "hold", { isHeld: true }],
] as const)("%s may not %s", async (role, verb, input) => {
  const person = await joinWorkspace(database.db, operator.session.workspaceId, { role });
  const call: unknown = Reflect.get(health(person), verb);
  if (typeof call !== "function") throw new Error(`There is no ${verb}.`);
  await expect(call(input)).rejects.toMatchObject({ code: "FORBIDDEN" });
});
