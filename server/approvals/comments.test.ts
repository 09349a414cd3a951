import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { audit, templateLanguage } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { kycReminder } from "#flow/starters/kyc-reminder.ts";
import { createFlow } from "#server/flows/create-flow.ts";
import { joinWorkspace, testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { askForFlow } from "./ask-approval.ts";
import { commentApproval } from "./comment-approval.ts";
import { decideApproval } from "./decide-approval.ts";
import { getApproval } from "./get-approval.ts";
import { openCommentsOfFlow } from "./list-open-comments.ts";
import { resolveComment } from "./resolve-comment.ts";

let database: TestDatabase;
let maker: Actor;
let checker: Actor;
let flowId: string;
let approvalId: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  maker = await testActor(database.db, { role: "maker", name: "Awa Diop" });
  checker = await joinWorkspace(database.db, maker.session.workspaceId, { role: "checker", name: "Valentina Ríos" });
  ({ flowId } = await createFlow(maker, { name: "KYC reminder", starterId: kycReminder.id }));
  await database.db
    .update(templateLanguage)
    .set({ status: "approved" })
    .where(eq(templateLanguage.workspaceId, maker.session.workspaceId));
  ({ approvalId } = await ask());
});

const ask = () => askForFlow(maker, { flowId, revision: 1, why: "People forget." });
const say = (text: string, place?: string) => commentApproval(checker, { approvalId, text, place });
const settle = (commentId: string, isResolved = true) => resolveComment(maker, { approvalId, commentId, isResolved });
const openTexts = async (by = maker) => (await openCommentsOfFlow(by, { flowId })).map(({ text }) => text);

test("what is said of a step stands in the author's editor until it is settled, also when it was asked for again", async () => {
  const { commentId } = await say("Why a whole day?", "wait-1");
  expect(await openCommentsOfFlow(maker, { flowId })).toMatchObject([
    { id: commentId, approvalId, place: "wait-1", name: "Valentina Ríos", text: "Why a whole day?" },
  ]);
  await decideApproval(checker, { approvalId, verdict: "request-changes", reason: "See the wait." });
  await ask();
  expect(await openTexts()).toEqual(["Why a whole day?"]);
  await settle(commentId);
  expect(await openTexts()).toEqual([]);
  expect((await getApproval(checker, { approvalId })).comments).toMatchObject([
    { resolvedBy: "Awa Diop", resolvedAt: maker.clock.now() },
  ]);
});

test("settling is audited once, and can be taken back", async () => {
  const { commentId } = await say("Why a whole day?", "wait-1");
  await settle(commentId);
  await settle(commentId);
  await settle(commentId, false);
  expect(await openTexts()).toEqual(["Why a whole day?"]);
  const rows = await database.db.select().from(audit).where(eq(audit.subjectId, flowId)).orderBy(audit.sequence);
  expect(rows.map(({ action }) => action).slice(-3)).toEqual(["comment-approval", "resolve-comment", "reopen-comment"]);
});

test("an approved request asks nothing of its author any more", async () => {
  await say("Fine for me.");
  await decideApproval(checker, { approvalId, verdict: "approve" });
  expect(await openTexts()).toEqual([]);
});

test("another workspace sees and settles nothing of it", async () => {
  const { commentId } = await say("Why a whole day?");
  const stranger = await testActor(database.db);
  await expect(openTexts(stranger)).rejects.toMatchObject({ code: "not-found" });
  const attempt = resolveComment(stranger, { approvalId, commentId, isResolved: true });
  await expect(attempt).rejects.toMatchObject({ code: "not-found" });
});
