import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { member, notification, templateLanguage, user } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { kycReminder } from "#flow/starters/kyc-reminder.ts";
import type { Role } from "#server/auth/permissions.ts";
import { createFlow } from "#server/flows/create-flow.ts";
import { newId } from "#server/id.ts";
import { joinWorkspace, testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { askForFlow } from "./ask-approval.ts";
import { commentApproval } from "./comment-approval.ts";
import { decideApproval } from "./decide-approval.ts";
import { withdrawApproval } from "./withdraw-approval.ts";

let database: TestDatabase;
let maker: Actor;
let checker: Actor;
let owner: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
  maker = await testActor(database.db, { role: "maker", name: "maker" });
  const { workspaceId } = maker.session;
  checker = await joinWorkspace(database.db, workspaceId, { role: "checker", name: "checker" });
  owner = await joinWorkspace(database.db, workspaceId, { role: "owner", name: "owner" });
  for (const { session } of [maker, checker, owner]) await join(session.userId, session.role);
});
afterAll(() => database.drop());

const join = (userId: string, role: Role) =>
  database.db.insert(member).values({ id: newId(), workspaceId: maker.session.workspaceId, userId, role });

async function asked(by = maker): Promise<string> {
  const { flowId } = await createFlow(by, { name: `KYC ${newId()}`, starterId: kycReminder.id });
  await database.db
    .update(templateLanguage)
    .set({ status: "approved" })
    .where(eq(templateLanguage.workspaceId, by.session.workspaceId));
  return (await askForFlow(by, { flowId, revision: 1, why: "People forget." })).approvalId;
}

/** Who was told of this request, by kind: "checker, owner". */
async function toldOf(approvalId: string): Promise<Record<string, string>> {
  const rows = await database.db
    .select({ kind: notification.kind, name: user.name })
    .from(notification)
    .innerJoin(user, eq(user.id, notification.userId))
    .where(and(eq(notification.subjectId, approvalId)))
    .orderBy(asc(user.name));
  const byKind = Map.groupBy(rows, (row) => row.kind);
  return Object.fromEntries([...byKind].map(([kind, own]) => [kind, own.map((row) => row.name).join(", ")]));
}

test("who may decide is told of a request, its author of what became of it", async () => {
  const approvalId = await asked();
  await decideApproval(checker, { approvalId, verdict: "approve" });
  expect(await toldOf(approvalId)).toEqual({ "approval-asked": "checker, owner", "approval-approved": "maker" });
});

test("an owner who wrote it is not asked to decide", async () => {
  expect(await toldOf(await asked(owner))).toEqual({ "approval-asked": "checker" });
});

test.each([
  ["request-changes", "approval-changes-requested"],
  ["reject", "approval-rejected"],
] as const)("%s is told to its author with the reason", async (verdict, kind) => {
  const approvalId = await asked();
  await decideApproval(checker, { approvalId, verdict, reason: "Name the branch." });
  expect(await toldOf(approvalId)).toMatchObject({ [kind]: "maker" });
  const [row] = await database.db.select().from(notification).where(eq(notification.kind, kind));
  expect(row?.values).toMatchObject({ reason: "Name the branch." });
});

test("a comment is told to the author, and its answer to who commented", async () => {
  const approvalId = await asked();
  await commentApproval(checker, { approvalId, text: "Which branch?" });
  expect(await toldOf(approvalId)).toMatchObject({ "approval-commented": "maker" });
  await commentApproval(maker, { approvalId, text: "Dakar Plateau." });
  expect(await toldOf(approvalId)).toMatchObject({ "approval-commented": "checker, maker" });
});

test("a request that somebody else took back is told to who asked and to who may decide", async () => {
  const approvalId = await asked();
  await withdrawApproval(owner, { approvalId });
  expect(await toldOf(approvalId)).toMatchObject({ "approval-withdrawn": "checker, maker" });
});
