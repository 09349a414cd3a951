import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { audit, templateLanguage } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { kycReminder } from "#flow/starters/kyc-reminder.ts";
import { askForFlow } from "#server/approvals/ask-approval.ts";
import { decideApproval } from "#server/approvals/decide-approval.ts";
import { readAuthors } from "#server/approvals/read-authors.ts";
import { joinWorkspace, testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { flowStatusVerb } from "./change-flow-status.ts";
import { createFlow } from "./create-flow.ts";
import { getFlow } from "./get-flow.ts";
import { getVersion } from "./get-version.ts";
import { listVersions } from "./list-versions.ts";
import { restoreVersion } from "./restore-version.ts";
import { saveDraft } from "./save-draft.ts";

let database: TestDatabase;
let maker: Actor;
let checker: Actor;
let flowId: string;

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
});

const other = { ...kycReminder.graph, settings: { ...kycReminder.graph.settings, dropAfterMinutes: 60 } };

async function goLive(why: string): Promise<void> {
  const { revision } = await getFlow(maker, { flowId });
  const { approvalId } = await askForFlow(maker, { flowId, revision, why });
  await decideApproval(checker, { approvalId, verdict: "approve" });
}

async function twoVersions(): Promise<void> {
  await goLive("People forget.");
  await saveDraft(maker, { flowId, revision: 1, graph: other });
  await goLive("An hour is enough.");
}

test("the history tells of each version who asked, why, and who let it go live", async () => {
  await twoVersions();
  expect(await listVersions(maker, { flowId })).toMatchObject([
    { number: 2, why: "An hour is enough.", askedBy: "Awa Diop", publishedBy: "Valentina Ríos", isRunning: true },
    { number: 1, why: "People forget.", askedBy: "Awa Diop", publishedBy: "Valentina Ríos", isRunning: false },
  ]);
  expect((await getVersion(maker, { flowId, number: 1 })).graph).toEqual(kycReminder.graph);
});

test("an earlier version becomes the draft again and nothing goes live by it", async () => {
  await twoVersions();
  expect(await restoreVersion(maker, { flowId, number: 1, revision: 2 })).toEqual({ revision: 3 });
  const stored = await getFlow(maker, { flowId });
  expect(stored).toMatchObject({ draft: kycReminder.graph, revision: 3, status: "active", version: { number: 2 } });
  const [told] = await database.db
    .select()
    .from(audit)
    .where(eq(audit.subjectId, flowId))
    .orderBy(desc(audit.sequence))
    .limit(1);
  expect(told).toMatchObject({ action: "restore-version", detail: { number: 1, revision: 3 } });
});

test("whoever restores is an author, and a review of the draft before is over", async () => {
  await twoVersions();
  const owner = await joinWorkspace(database.db, maker.session.workspaceId, { role: "owner" });
  await restoreVersion(owner, { flowId, number: 1, revision: 2 });
  expect(await readAuthors(database.db, { workspaceId: maker.session.workspaceId, subjectId: flowId })).toEqual([
    owner.session.userId,
  ]);
});

test("a draft that somebody else changed meanwhile is not overwritten, an archived flow not changed", async () => {
  await twoVersions();
  await expect(restoreVersion(maker, { flowId, number: 1, revision: 1 })).rejects.toMatchObject({ code: "conflict" });
  await expect(restoreVersion(maker, { flowId, number: 9, revision: 2 })).rejects.toMatchObject({ code: "not-found" });
  const stranger = await testActor(database.db);
  await expect(restoreVersion(stranger, { flowId, number: 1, revision: 2 })).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(getVersion(stranger, { flowId, number: 1 })).rejects.toMatchObject({ code: "not-found" });
  await flowStatusVerb("archive-flow")(maker, { flowId });
  await expect(restoreVersion(maker, { flowId, number: 1, revision: 2 })).rejects.toMatchObject({ code: "refused" });
});
