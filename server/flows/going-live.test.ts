import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { MovePlan } from "#flow/move-plan.ts";
import { kycReminder } from "#flow/starters/kyc-reminder.ts";
import { askForFlow } from "#server/approvals/ask-approval.ts";
import { decideApproval } from "#server/approvals/decide-approval.ts";
import { newId } from "#server/id.ts";
import { joinWorkspace, testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { flowStatusVerb } from "./change-flow-status.ts";
import { createFlow } from "./create-flow.ts";
import { getFlow } from "./get-flow.ts";
import { publishDue } from "./publish-due.ts";
import { planPublish, publishFlow } from "./publish-flow.ts";
import { rollBack } from "./roll-back.ts";
import { saveDraft } from "./save-draft.ts";
import { cancelPublish } from "./schedule-publish.ts";

const { audit, flowMove, notification, scheduledPublish, templateLanguage } = tables;
const hour = 3_600_000;

let database: TestDatabase;
let now: Date;
let maker: Actor;
let checker: Actor;
let flowId: string;
const clock = { now: () => now };
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  now = new Date("2026-11-22T09:00:00Z");
  // What another test has left to go live would be due here, too.
  await database.db.update(scheduledPublish).set({ state: "cancelled" });
  maker = { ...(await testActor(database.db, { role: "maker" })), clock };
  const { workspaceId } = maker.session;
  checker = { ...(await joinWorkspace(database.db, workspaceId, { role: "checker" })), clock };
  const owner = await joinWorkspace(database.db, workspaceId);
  for (const { session } of [maker, checker, owner])
    await database.db
      .insert(tables.member)
      .values({ id: newId(), workspaceId, userId: session.userId, role: session.role });
  ({ flowId } = await createFlow(maker, { name: "KYC reminder", starterId: kycReminder.id }));
  await database.db
    .update(templateLanguage)
    .set({ status: "approved" })
    .where(eq(templateLanguage.workspaceId, maker.session.workspaceId));
});

const draftOf = (dropAfterMinutes: number) => ({
  ...kycReminder.graph,
  settings: { ...kycReminder.graph.settings, dropAfterMinutes },
});
const inHours = (hours: number) => new Date(now.getTime() + hours * hour);

/** Has this draft approved, to go live at once or at a time. */
async function approve(at: Date | null = null, plan: MovePlan | null = null): Promise<void> {
  const { revision } = await getFlow(maker, { flowId });
  const { approvalId } = await askForFlow(maker, { flowId, revision, why: "People forget.", at, plan });
  await decideApproval(checker, { approvalId, verdict: "approve" });
}
async function saveNext(minutes: number): Promise<void> {
  const { revision } = await getFlow(maker, { flowId });
  await saveDraft(maker, { flowId, revision, graph: draftOf(minutes) });
}
const running = async () => (await getFlow(maker, { flowId })).version?.number ?? null;
const planned = async () =>
  (
    await database.db
      .select()
      .from(scheduledPublish)
      .where(eq(scheduledPublish.flowId, flowId))
      .orderBy(scheduledPublish.createdAt)
  ).map(({ state, reason }) => [state, reason]);
const lastAct = async () =>
  (await database.db.select().from(audit).where(eq(audit.subjectId, flowId)).orderBy(desc(audit.sequence)).limit(1))[0];
const told = async () =>
  (
    await database.db.select().from(notification).where(eq(notification.subjectId, flowId)).orderBy(notification.id)
  ).map(({ kind, values }) => ({ kind, ...values }));

describe("a draft that is to go live at a time", () => {
  test("does so by itself then, once, whichever worker looks first, and whoever planned it is told", async () => {
    await approve(inHours(2));
    expect(await running()).toBeNull();
    expect(await publishDue(database.db, clock)).toBe(0);
    now = inHours(2);
    const counts = await Promise.all([1, 2, 3].map(() => publishDue(database.db, clock)));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(1);
    expect([await running(), await planned()]).toEqual([1, [["done", null]]]);
    expect(await database.db.$count(tables.flowVersion, eq(tables.flowVersion.flowId, flowId))).toBe(1);
    expect(await lastAct()).toMatchObject({
      action: "publish-flow",
      detail: { version: 1, scheduledId: expect.any(String) },
    });
    expect((await told()).filter(({ kind }) => kind === "flow-published")).toHaveLength(1);
    expect(await publishDue(database.db, clock)).toBe(0);
  });

  test("may be planned once it is approved; an earlier time gives way, and taking it back leaves the approval", async () => {
    await approve(inHours(5));
    const { revision } = await getFlow(maker, { flowId });
    await planPublish(maker, { flowId, revision, at: inHours(3) });
    expect(await planned()).toEqual([
      ["cancelled", "replaced"],
      ["waiting", null],
    ]);
    await cancelPublish(maker, { flowId });
    now = inHours(4);
    expect(await publishDue(database.db, clock)).toBe(0);
    await expect(cancelPublish(maker, { flowId })).rejects.toMatchObject({ code: "refused" });
    expect(await publishFlow(maker, { flowId })).toMatchObject({ version: 1 });
  });

  test("is taken back by a publish at once", async () => {
    await approve(inHours(5));
    await publishFlow(maker, { flowId });
    expect(await planned()).toEqual([["cancelled", "published"]]);
  });

  test.each<[string, () => Promise<unknown>, string, string]>([
    ["it was changed", () => saveNext(60), "draft-changed", "changed"],
    ["the flow was archived", () => flowStatusVerb("archive-flow")(checker, { flowId }), "archived", "archived"],
    [
      "a template of it was stopped",
      () =>
        database.db
          .update(templateLanguage)
          .set({ status: "rejected" })
          .where(eq(templateLanguage.workspaceId, maker.session.workspaceId)),
      "not-runnable",
      "broken",
    ],
  ])("does not go live when %s meanwhile, and whoever planned it is told why", async (_, happen, reason, word) => {
    await approve(inHours(1));
    await happen();
    now = inHours(1);
    await publishDue(database.db, clock);
    expect([await running(), await planned()]).toEqual([null, [["failed", reason]]]);
    expect((await told()).filter(({ kind }) => kind === "flow-not-published")).toMatchObject([{ reason: word }]);
    expect(await publishDue(database.db, clock)).toBe(0);
  });

  test("is not held up by another one that cannot go live", async () => {
    await approve(inHours(1));
    const first = flowId;
    ({ flowId } = await createFlow(maker, { name: "Another", starterId: kycReminder.id }));
    await approve(inHours(1.5));
    const second = flowId;
    flowId = first;
    await saveNext(60);
    now = inHours(2);
    expect(await publishDue(database.db, clock)).toBe(2);
    expect(await running()).toBeNull();
    flowId = second;
    expect(await running()).toBe(1);
  });

  test.each([
    ["past", -1],
    ["too far", 91 * 24],
  ])("is refused at a time that is %s", async (_, hours) => {
    await approve(inHours(1));
    await expect(planPublish(maker, { flowId, at: inHours(hours) })).rejects.toMatchObject({ code: "bad-input" });
  });

  test("needs an approval of exactly this draft and plan", async () => {
    await expect(planPublish(maker, { flowId, at: inHours(1) })).rejects.toMatchObject({
      code: "refused",
      detail: { rule: "needs-approval" },
    });
    await approve(inHours(1));
    const plan = MovePlan.parse({ steps: [], spreadMinutes: 5 });
    await expect(planPublish(maker, { flowId, at: inHours(1), plan })).rejects.toMatchObject({
      detail: { rule: "plan-differs" },
    });
    await publishFlow(maker, { flowId });
    await expect(planPublish(maker, { flowId, at: inHours(1) })).rejects.toMatchObject({ code: "refused" });
    await expect(planPublish(maker, { flowId, revision: 7, at: inHours(1) })).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

describe("rolling back", () => {
  async function twoVersions() {
    await approve();
    await saveNext(60);
    await approve();
  }

  test("makes the version before run again, as a new one, and tells who may approve; the draft stays", async () => {
    await twoVersions();
    const back = await rollBack(checker, { flowId, from: 2, plan: null });
    expect(back).toMatchObject({ version: 3, of: 1, status: "active" });
    expect(back.graph).toEqual(kycReminder.graph);
    expect((await getFlow(maker, { flowId })).draft).toEqual(draftOf(60));
    expect(await lastAct()).toMatchObject({ action: "publish-flow", detail: { version: 3, rollsBackTo: 1 } });
    expect(await told()).toContainEqual({ kind: "flow-rolled-back", name: "KYC reminder", from: 2, to: 1 });
  });

  test("twice goes to what ran before that, not to what it came from", async () => {
    await twoVersions();
    await rollBack(checker, { flowId, from: 2, plan: null });
    const again = await rollBack(checker, { flowId, from: 3, plan: null });
    expect(again.graph).toEqual(draftOf(60));
  });

  test("moves people by its plan, like any publish", async () => {
    await twoVersions();
    const versions = await database.db.select().from(tables.flowVersion).where(eq(tables.flowVersion.flowId, flowId));
    const second = versions.find(({ number }) => number === 2);
    const nodeId = kycReminder.graph.nodes.find(({ type }) => type === "wait-until" || type === "wait")?.id ?? "";
    const step = { versionId: second?.id ?? "", nodeId, act: "move" as const, to: nodeId };
    await rollBack(checker, { flowId, from: 2, plan: MovePlan.parse({ steps: [step] }) });
    const [move] = await database.db.select().from(flowMove).where(eq(flowMove.flowId, flowId));
    expect(move).toMatchObject({ plan: { steps: [step] }, finishedAt: null });
  });

  test("is refused to who looks at an older screen, where nothing ran before, and of an archived flow", async () => {
    await approve();
    await expect(rollBack(checker, { flowId, from: 1, plan: null })).rejects.toMatchObject({ code: "refused" });
    await saveNext(60);
    await approve();
    await expect(rollBack(checker, { flowId, from: 1, plan: null })).rejects.toMatchObject({ code: "conflict" });
    await flowStatusVerb("archive-flow")(checker, { flowId });
    await expect(rollBack(checker, { flowId, from: 2, plan: null })).rejects.toMatchObject({ code: "refused" });
    expect(await running()).toBe(2);
  });
});

test("another workspace's flow is neither planned nor rolled back", async () => {
  const stranger = { ...(await testActor(database.db)), clock };
  await expect(planPublish(stranger, { flowId, at: inHours(1) })).rejects.toMatchObject({ code: "not-found" });
  await expect(cancelPublish(stranger, { flowId })).rejects.toMatchObject({ code: "not-found" });
  await expect(rollBack(stranger, { flowId, from: 1, plan: null })).rejects.toMatchObject({ code: "not-found" });
});
