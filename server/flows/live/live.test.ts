import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { MovePlan, type MoveStep } from "#flow/move-plan.ts";
import { TestHost } from "#server/engine/test-host.ts";
import { newId } from "#server/id.ts";
import { joinWorkspace, testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { listPeople } from "./list-people.ts";
import { readLive } from "./read-live.ts";
import { readStep } from "./read-step.ts";

const { enrollment, flow, flowMove, message, outbox, trace } = tables;
const hour = 3_600_000;

let database: TestDatabase;
let rig: TestHost;
let actor: Actor;
let flowId: string;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  rig = await TestHost.open(database);
  actor = { ...(await joinWorkspace(database.db, rig.world.workspaceId)), clock: rig.clock };
  flowId = await rig.world.publish("kyc", steps, paths);
});

const steps = [
  { id: "hi", type: "send", data: { template: "hello", values: {} } },
  {
    id: "answer",
    type: "wait-until",
    data: { sources: [{ kind: "event", id: "paid", event: "paid" }], timeout: { amount: 2, unit: "days" } },
  },
  { id: "later", type: "wait", data: { mode: "duration", duration: { amount: 9, unit: "days" } } },
];
const paths: [string, string, string][] = [
  ["start", "next", "hi"],
  ["hi", "next", "answer"],
  ["answer", "paid", "later"],
];

const enter = (count: number) => rig.enter("kyc", count);

/** What became of the message of these people, as the dispatcher would write it. */
async function becomes(people: string[], change: { status?: string; reason?: string | null; isGone?: boolean }) {
  for (const contactId of people) {
    const { isGone, ...set } = change;
    const mine = and(eq(message.contactId, contactId), eq(message.flowId, flowId));
    await database.db
      .update(message)
      .set(set as Partial<typeof message.$inferInsert>)
      .where(mine);
    const [row] = await database.db.select({ id: message.id }).from(message).where(mine);
    if (isGone) await database.db.delete(outbox).where(eq(outbox.messageId, row?.id ?? ""));
    else if (change.status === "unknown")
      await database.db
        .update(outbox)
        .set({ status: "unknown" })
        .where(eq(outbox.messageId, row?.id ?? ""));
  }
}

describe("why people stand on a step", () => {
  test("adds up to those who stand there, is the same in the list, and names the newest message that has not left", async () => {
    const people = await enter(12);
    await becomes(people.slice(0, 4), { status: "sent", isGone: true });
    await becomes(people.slice(4, 6), { status: "unknown", reason: null });
    await becomes(people.slice(6, 9), { reason: "quiet-hours" });
    rig.later(2 * 24 * hour);
    // Two days later everybody's time is up, and no worker has been there.
    const step = await readStep(actor, { flowId, nodeId: "answer", versionId: null, language: null });
    expect(step.waiting).toBe(12);
    expect(Object.fromEntries(step.reasons.map(({ reason, n }) => [reason, n]))).toEqual({
      due: 4,
      "unknown-outcome": 2,
      "quiet-hours": 3,
      leaving: 3,
    });
    const listed = await listPeople(actor, filter({ nodeId: "answer" }));
    expect(listed.people).toHaveLength(12);
    const counts = Map.groupBy(listed.people, ({ reason }) => reason);
    expect(Object.fromEntries([...counts].map(([reason, who]) => [reason, who.length]))).toEqual({
      due: 4,
      "unknown-outcome": 2,
      "quiet-hours": 3,
      leaving: 3,
    });
  });

  test("is the step itself before that, and the hold while the flow is held", async () => {
    const people = await enter(5);
    await becomes(people, { status: "delivered", isGone: true });
    const reasons = async () => (await readStep(actor, filter({ nodeId: "answer" }))).reasons;
    expect(await reasons()).toEqual([{ reason: "step", n: 5 }]);
    await database.db.update(flow).set({ status: "held" }).where(eq(flow.id, flowId));
    expect(await reasons()).toEqual([{ reason: "flow-held", n: 5 }]);
    expect((await listPeople(actor, filter({ nodeId: "answer" }))).people.map(({ reason }) => reason)).toEqual(
      Array.from({ length: 5 }, () => "flow-held"),
    );
  });

  test("what did not arrive is told by step and reason", async () => {
    const people = await enter(6);
    await becomes(people.slice(0, 2), { status: "failed", reason: "undelivered", isGone: true });
    await becomes(people.slice(2, 5), { status: "skipped", reason: "frequency-cap", isGone: true });
    const { troubles } = await readLive(actor, { flowId, days: null, versionId: null, language: null });
    expect(troubles.toSorted((a, b) => a.n - b.n)).toEqual([
      { nodeId: "hi", status: "failed", reason: "undelivered", n: 2 },
      { nodeId: "hi", status: "skipped", reason: "frequency-cap", n: 3 },
    ]);
  });
});

const filter = <More extends object>(more: More) => ({
  ...{ flowId, versionId: null, language: null, search: "", from: 0 },
  ...more,
});

describe("the figures of Live equal the database's", () => {
  async function expectEqual(): Promise<void> {
    const { counts, versions } = await readLive(actor, { flowId, days: null, versionId: null, language: null });
    const standing = new Map<string, number>();
    const rows = await database.db.select().from(enrollment).where(eq(enrollment.flowId, flowId));
    for (const { status, nodeId } of rows)
      if (status === "waiting") standing.set(nodeId ?? "", (standing.get(nodeId ?? "") ?? 0) + 1);
    const of = (kind: string) =>
      Object.fromEntries(
        counts.filter((one) => one.kind === kind).map(({ nodeId, handle, n }) => [`${nodeId} ${handle}`, n]),
      );
    expect(of("standing")).toEqual(Object.fromEntries([...standing].map(([nodeId, n]) => [`${nodeId} `, n])));
    const walked = new Map<string, number>();
    for (const row of await database.db.select().from(trace).where(eq(trace.flowId, flowId)))
      if (row.kind === "left") {
        const key = `${row.nodeId} ${row.handle ?? ""}`;
        walked.set(key, (walked.get(key) ?? 0) + 1);
      }
    expect(of("left")).toEqual(Object.fromEntries(walked));
    for (const { id, people } of versions)
      expect(people).toBe(rows.filter(({ status, versionId }) => status === "waiting" && versionId === id).length);
  }

  test("while people move by themselves, and are brought to another version or out of it", async () => {
    const people = await enter(30);
    await expectEqual();
    for (const person of people.slice(0, 10)) await rig.world.sendEvent(person, "paid");
    await rig.settle();
    await expectEqual();
    const [first] = await database.db.select().from(tables.flowVersion).where(eq(tables.flowVersion.flowId, flowId));
    const versionId = await rig.world.publishNext(flowId, 2, "kyc", { steps, paths });
    const step = (nodeId: string, act: MoveStep["act"], to: string | null = null): MoveStep => ({
      ...{ versionId: first?.id ?? "", nodeId, act, to },
    });
    const plan = MovePlan.parse({ steps: [step("answer", "move", "later"), step("later", "exit")] });
    const row = {
      id: newId(),
      workspaceId: rig.world.workspaceId,
      flowId,
      versionId,
      plan,
      createdBy: "test",
      createdAt: rig.now,
    };
    await database.db.insert(flowMove).values(row);
    // Half by the sweep, some by their own signal first.
    for (const person of people.slice(10, 14)) await rig.world.sendEvent(person, "paid");
    await rig.host.applyQueued();
    await expectEqual();
    await rig.settle();
    await expectEqual();
    const { move, counts } = await readLive(actor, { flowId, days: null, versionId: null, language: null });
    expect(move).toMatchObject({ moved: 20, exited: 10 });
    const sum = (kind: string) => counts.filter((one) => one.kind === kind).reduce((all, { n }) => all + n, 0);
    expect([sum("standing"), sum("moved")]).toEqual([20, 20]);
    await enter(3);
    await database.db.update(flow).set({ status: "archived" }).where(eq(flow.id, flowId));
    await rig.settle();
    await expectEqual();
  });
});

test("another workspace's flow is not looked into", async () => {
  const stranger = { ...(await testActor(database.db)), clock: rig.clock };
  await expect(readLive(stranger, { flowId, days: null, versionId: null, language: null })).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(readStep(stranger, filter({ nodeId: "answer" }))).rejects.toMatchObject({ code: "not-found" });
  await expect(listPeople(stranger, filter({ nodeId: "answer" }))).rejects.toMatchObject({ code: "not-found" });
});
