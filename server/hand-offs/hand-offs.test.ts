import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { audit, contact, event, handOff, message, signalQueue } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { verifyAudit } from "#server/audit/verify-audit.ts";
import { newId, shardOf } from "#server/id.ts";
import { joinWorkspace, testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { claimHandOff, resolveHandOff } from "./change-hand-off.ts";
import { listHandOffs } from "./list-hand-offs.ts";

let database: TestDatabase;
let agent: Actor;
let colleague: Actor;
let contactId: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  agent = await testActor(database.db, { role: "agent", name: "Camille" });
  colleague = await joinWorkspace(database.db, agent.session.workspaceId, { role: "agent", name: "Kofi" });
  contactId = newId();
  await database.db.insert(contact).values({
    id: contactId,
    workspaceId: agent.session.workspaceId,
    shard: 0,
    firstName: "Awa",
    phone: "+221770000101",
  });
});

async function waiting(values: Partial<typeof handOff.$inferInsert> = {}): Promise<string> {
  const id = newId();
  await database.db.insert(handOff).values({
    id,
    workspaceId: agent.session.workspaceId,
    contactId,
    queue: "Onboarding",
    priority: "normal",
    note: "Call back",
    createdAt: new Date("2026-11-22T08:00:00Z"),
    ...values,
  });
  return id;
}

const rowOf = async (id: string) => (await database.db.select().from(handOff).where(eq(handOff.id, id)))[0];
const auditOf = (id: string) => database.db.select().from(audit).where(eq(audit.subjectId, id));

describe("taking a person", () => {
  test("of two agents who press at the same moment one gets them and the other is told", async () => {
    const handOffId = await waiting();
    const tries = await Promise.allSettled([
      claimHandOff(agent, { handOffId }),
      claimHandOff(colleague, { handOffId }),
    ]);
    const won = tries.findIndex((one) => one.status === "fulfilled");
    const lost = tries.find((one) => one.status === "rejected");
    expect(tries.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(lost?.status === "rejected" && lost.reason).toMatchObject({ code: "conflict" });
    const winner = won === 0 ? agent : colleague;
    expect(await rowOf(handOffId)).toMatchObject({ status: "claimed", assignee: winner.session.userId });
    const trail = await auditOf(handOffId);
    expect(trail).toMatchObject([{ action: "claim-hand-off", actor: winner.session.userId }]);
    expect(await verifyAudit(database.db, agent.session.workspaceId)).toEqual({ rows: 1, brokenAt: null });
  });

  test("twice by the same agent is a conflict, not a second claim", async () => {
    const handOffId = await waiting();
    await claimHandOff(agent, { handOffId });
    await expect(claimHandOff(agent, { handOffId })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("resolving", () => {
  test("says how it ended and wakes the flow that waits, once", async () => {
    const enrollmentId = newId();
    const handOffId = await waiting({ enrollmentId, visit: 4 });
    const outcome = "Sent the document";
    const tries = await Promise.allSettled([
      resolveHandOff(agent, { handOffId, outcome }),
      resolveHandOff(colleague, { handOffId, outcome }),
    ]);
    expect(tries.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await rowOf(handOffId)).toMatchObject({ status: "resolved", outcome });
    const signals = await database.db.select().from(signalQueue).where(eq(signalQueue.enrollmentId, enrollmentId));
    expect(signals).toMatchObject([
      {
        contactId,
        shard: shardOf(agent.session.workspaceId, contactId),
        payload: { kind: "hand-off", visit: 4, outcome: "resolved" },
      },
    ]);
    expect((await auditOf(handOffId)).map((row) => row.action)).toEqual(["resolve-hand-off"]);
  });

  test("one that came from no flow wakes no enrollment, and says that the conversation is over", async () => {
    const before = await database.db.select().from(signalQueue);
    const handOffId = await waiting();
    await resolveHandOff(agent, { handOffId, outcome: "Called" });
    const known = before.map((row) => row.sequence);
    const [told, ...others] = (await database.db.select().from(signalQueue)).filter(
      (row) => !known.includes(row.sequence),
    );
    expect(others).toEqual([]);
    expect(told).toMatchObject({ enrollmentId: null, payload: { kind: "event" } });
    const [closed] = await database.db
      .select()
      .from(event)
      .where(eq(event.id, told?.eventId ?? ""));
    expect(closed).toMatchObject({ name: "conversation.closed", messageId: `conversation.closed:${handOffId}` });
  });
});

test.each([
  ["take", (actor: Actor, handOffId: string) => claimHandOff(actor, { handOffId })],
  ["resolve", (actor: Actor, handOffId: string) => resolveHandOff(actor, { handOffId, outcome: "x" })],
])("nobody of another workspace can %s a hand-off: for them it does not exist", async (_, act) => {
  const handOffId = await waiting();
  const stranger = await testActor(database.db, { role: "agent" });
  await expect(act(stranger, handOffId)).rejects.toMatchObject({ code: "not-found" });
  expect(await rowOf(handOffId)).toMatchObject({ status: "open", assignee: null });
  expect((await listHandOffs(stranger, { tab: "open" })).rows).toEqual([]);
  expect(await database.db.$count(audit, eq(audit.workspaceId, stranger.session.workspaceId))).toBe(0);
});

test("the queue is urgent first, then whoever waits longest; mine and resolved have tabs of their own", async () => {
  const at = (hour: number) => new Date(Date.UTC(2026, 10, 22, hour));
  const later = await waiting({ createdAt: at(7) });
  const first = await waiting({ createdAt: at(6) });
  const urgent = await waiting({ createdAt: at(8), priority: "urgent" });
  const done = await waiting({ createdAt: at(5) });
  await claimHandOff(agent, { handOffId: later });
  await resolveHandOff(colleague, { handOffId: done, outcome: "Called" });
  const open = await listHandOffs(agent, { tab: "open" });
  expect(open.rows.map((row) => row.id)).toEqual([urgent, first, later]);
  expect(open.counts).toEqual({ open: 3, mine: 1, resolved: 1 });
  expect(open.rows[0]?.phone).toBe("+221 ••• 01 01");
  const mine = await listHandOffs(agent, { tab: "mine" });
  expect(mine.rows).toMatchObject([{ id: later, assigneeName: "Camille" }]);
  const resolved = await listHandOffs(agent, { tab: "resolved" });
  expect(resolved.rows).toMatchObject([{ id: done, outcome: "Called", assigneeName: "Kofi" }]);
});

test("each card shows the newest words of the person", async () => {
  await waiting();
  const said = (body: string, minute: number, direction: "inbound" | "outbound") => ({
    id: newId(),
    workspaceId: agent.session.workspaceId,
    contactId,
    shard: 0,
    direction,
    type: "text",
    content: { body },
    status: "received" as const,
    createdAt: new Date(Date.UTC(2026, 10, 22, 7, minute)),
  });
  await database.db
    .insert(message)
    .values([said("Hello", 1, "inbound"), said("Help me", 2, "inbound"), said("We are on it", 3, "outbound")]);
  expect((await listHandOffs(agent, { tab: "open" })).rows[0]?.lastWords).toBe("Help me");
});
