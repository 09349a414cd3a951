import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { approval, audit, contact, event, member, templateLanguage } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { kycReminder } from "#flow/starters/kyc-reminder.ts";
import { verifyAudit } from "#server/audit/verify-audit.ts";
import type { Role } from "#server/auth/permissions.ts";
import { createFlow } from "#server/flows/create-flow.ts";
import { getFlow } from "#server/flows/get-flow.ts";
import { publishFlow } from "#server/flows/publish-flow.ts";
import { saveDraft } from "#server/flows/save-draft.ts";
import { newId } from "#server/id.ts";
import { createTemplate } from "#server/templates/create-template.ts";
import { getTemplate } from "#server/templates/get-template.ts";
import { saveTemplate } from "#server/templates/save-template.ts";
import { joinWorkspace, testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { ApprovalRules, setApprovalRules } from "./approval-rules.ts";
import { askForFlow, askForTemplate } from "./ask-approval.ts";
import { commentApproval } from "./comment-approval.ts";
import { decideApproval } from "./decide-approval.ts";
import { getApproval } from "./get-approval.ts";
import { countWaiting, listApprovals } from "./list-approvals.ts";
import { readReach } from "./read-reach.ts";
import { standingOfFlow } from "./read-standing.ts";
import { withdrawApproval } from "./withdraw-approval.ts";

let database: TestDatabase;
let maker: Actor;
let checker: Actor;
let owner: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  maker = await testActor(database.db, { role: "maker" });
  checker = await colleague("checker", "Valentina Ríos");
  owner = await colleague("owner", "Mariama Sow");
});

async function colleague(role: Role, name: string): Promise<Actor> {
  const { workspaceId } = maker.session;
  const actor = await joinWorkspace(database.db, workspaceId, { role, name });
  await database.db.insert(member).values({ id: newId(), workspaceId, userId: actor.session.userId, role });
  return actor;
}

const approveTemplates = () =>
  database.db
    .update(templateLanguage)
    .set({ status: "approved" })
    .where(eq(templateLanguage.workspaceId, maker.session.workspaceId));

async function kycFlow(by: Actor = maker): Promise<string> {
  const { flowId } = await createFlow(by, { name: "KYC reminder", starterId: kycReminder.id });
  await approveTemplates();
  return flowId;
}

const ask = (flowId: string, by = maker, revision = 1) => askForFlow(by, { flowId, revision, why: "People forget." });
const approve = (by: Actor, approvalId: string) => decideApproval(by, { approvalId, verdict: "approve" });
const change = { ...kycReminder.graph, settings: { ...kycReminder.graph.settings, dropAfterMinutes: 60 } };
const hindranceFor = async (by: Actor, approvalId: string) => (await getApproval(by, { approvalId })).hindrance;

const actionsOf = async (subjectId: string) => {
  const rows = await database.db.select().from(audit).where(eq(audit.subjectId, subjectId)).orderBy(audit.sequence);
  return rows.map((row) => row.action);
};

describe("a flow goes live by a second person", () => {
  test("the last approval publishes what was asked for, in one transaction, audited", async () => {
    const flowId = await kycFlow();
    await expect(publishFlow(maker, { flowId })).rejects.toMatchObject({ detail: { rule: "needs-approval" } });
    const { approvalId } = await ask(flowId);
    expect(await getFlow(maker, { flowId })).toMatchObject({ status: "in-review", version: null });
    expect(await approve(checker, approvalId)).toMatchObject({ state: "approved", version: 1, approved: 1 });
    expect(await getFlow(maker, { flowId })).toMatchObject({ status: "active", version: { number: 1 } });
    expect(await actionsOf(flowId)).toEqual(["create-flow", "ask-approval", "approve", "publish-flow"]);
    expect(await verifyAudit(database.db, maker.session.workspaceId)).toMatchObject({ brokenAt: null });
    expect(await publishFlow(maker, { flowId })).toEqual({ version: 1, status: "active" });
  });

  test("whoever asked for it may not approve it, whatever their role", async () => {
    const flowId = await kycFlow(owner);
    const { approvalId } = await ask(flowId, owner);
    await expect(approve(owner, approvalId)).rejects.toMatchObject({ code: "not-allowed" });
    expect(await hindranceFor(owner, approvalId)).toBe("own");
    expect(await hindranceFor(maker, approvalId)).toBe("role");
    expect(await hindranceFor(checker, approvalId)).toBeNull();
  });

  test("nor may whoever wrote on it, though somebody else was the last and asks", async () => {
    const flowId = await kycFlow();
    await saveDraft(owner, { flowId, revision: 1, graph: change });
    await saveDraft(maker, { flowId, revision: 2, graph: kycReminder.graph });
    const { approvalId } = await ask(flowId, maker, 3);
    await expect(approve(owner, approvalId)).rejects.toMatchObject({ code: "not-allowed" });
    expect((await getApproval(maker, { approvalId })).candidates.map((one) => one.name)).toEqual(["Valentina Ríos"]);
  });

  test("a change of the draft takes it back: nobody can approve, and an old approval counts for nothing else", async () => {
    const flowId = await kycFlow();
    const { approvalId } = await ask(flowId);
    await saveDraft(maker, { flowId, revision: 1, graph: change });
    expect(await getFlow(maker, { flowId })).toMatchObject({ status: "draft" });
    await expect(approve(checker, approvalId)).rejects.toMatchObject({
      code: "conflict",
      detail: { rule: "draft-changed" },
    });
    const second = await ask(flowId, maker, 2);
    expect(await getApproval(checker, { approvalId })).toMatchObject({
      state: "withdrawn",
      hindrance: "replaced",
      newerId: second.approvalId,
    });
    await approve(checker, second.approvalId);
    await saveDraft(maker, { flowId, revision: 2, graph: kycReminder.graph });
    await expect(publishFlow(maker, { flowId })).rejects.toMatchObject({ detail: { rule: "needs-approval" } });
  });

  test("two where two are set, and one person counts once", async () => {
    await setApprovalRules(owner, ApprovalRules.parse({ needed: 2 }));
    const flowId = await kycFlow();
    const { approvalId } = await ask(flowId);
    expect(await approve(checker, approvalId)).toMatchObject({ state: "open", approved: 1, needed: 2, version: null });
    await expect(approve(checker, approvalId)).rejects.toMatchObject({ code: "refused" });
    expect(await getFlow(maker, { flowId })).toMatchObject({ status: "in-review" });
    expect(await approve(owner, approvalId)).toMatchObject({ state: "approved", approved: 2, version: 1 });
  });

  test("both at the same moment publish once", async () => {
    await setApprovalRules(owner, ApprovalRules.parse({ needed: 2 }));
    const flowId = await kycFlow();
    const { approvalId } = await ask(flowId);
    const decided = await Promise.all([approve(checker, approvalId), approve(owner, approvalId)]);
    expect(decided.map(({ state }) => state).sort()).toEqual(["approved", "open"]);
    expect((await actionsOf(flowId)).filter((action) => action === "publish-flow")).toHaveLength(1);
  });

  test("what cannot run, or differs in nothing, cannot be asked for", async () => {
    const { flowId: unready } = await createFlow(maker, { name: "KYC", starterId: kycReminder.id });
    await expect(ask(unready)).rejects.toMatchObject({ code: "refused" });
    const flowId = await kycFlow();
    await approve(checker, (await ask(flowId)).approvalId);
    await expect(ask(flowId)).rejects.toThrow("nothing to approve");
  });

  test("a pipeline's key publishes without a second person, and what was asked for is taken back", async () => {
    const flowId = await kycFlow();
    const { approvalId } = await ask(flowId);
    const keyId = newId();
    expect(await publishFlow(maker, { flowId }, { keyId })).toEqual({ version: 1, status: "active" });
    expect(await getApproval(checker, { approvalId })).toMatchObject({ state: "withdrawn" });
    const told = await database.db.select().from(audit).where(eq(audit.subjectId, flowId)).orderBy(audit.sequence);
    expect(told.at(-1)).toMatchObject({ action: "publish-flow", detail: { keyId } });
  });
});

describe("without an approval", () => {
  test.each([
    ["request-changes", "changes-requested"],
    ["reject", "rejected"],
  ] as const)("%s closes it with the reason, and it can be asked for again", async (verdict, state) => {
    const flowId = await kycFlow();
    const { approvalId } = await ask(flowId);
    expect(await decideApproval(checker, { approvalId, verdict, reason: "Name the fee." })).toMatchObject({ state });
    expect(await getFlow(maker, { flowId })).toMatchObject({ status: "draft" });
    expect((await getApproval(maker, { approvalId })).decisions).toMatchObject([{ verdict, reason: "Name the fee." }]);
    expect((await standingOfFlow(maker, { flowId })).request).toMatchObject({ state, isCurrent: true });
    await expect(approve(owner, approvalId)).rejects.toMatchObject({ code: "refused" });
    expect(await approve(checker, (await ask(flowId)).approvalId)).toMatchObject({ state: "approved" });
  });

  test("a request that is withdrawn waits for nobody", async () => {
    const flowId = await kycFlow();
    const { approvalId } = await ask(flowId);
    expect(await countWaiting(checker)).toEqual({ waiting: 1 });
    await withdrawApproval(maker, { approvalId });
    expect(await countWaiting(checker)).toEqual({ waiting: 0 });
    expect(await getFlow(maker, { flowId })).toMatchObject({ status: "draft" });
  });
});

describe("a template", () => {
  async function written(): Promise<string> {
    const { templateId } = await createTemplate(maker, { name: "kyc_1", category: "utility", languages: ["en"] });
    await write(templateId, "Hello {{first_name}}, one document is missing to open your account.");
    return templateId;
  }
  async function write(templateId: string, body: string): Promise<void> {
    const { updatedAt } = await getTemplate(maker, { templateId });
    const text = { language: "en", header: null, body, footer: null, buttons: [] };
    const samples = { first_name: "Awa" };
    await saveTemplate(maker, { templateId, seenAt: updatedAt, category: "utility", samples, languages: [text] });
  }
  async function askNow(templateId: string) {
    const { updatedAt } = await getTemplate(maker, { templateId });
    return askForTemplate(maker, { templateId, seenAt: updatedAt, why: "It was asked for." });
  }
  const statusOf = async (templateId: string) => (await getTemplate(maker, { templateId })).languages[0]?.status;

  test("comes back with a reason, is rewritten and asked for again, and shows what changed", async () => {
    const templateId = await written();
    const { approvalId } = await askNow(templateId);
    expect(await statusOf(templateId)).toBe("in-review");
    await commentApproval(checker, { approvalId, text: "Which document?", place: "en.body" });
    await decideApproval(checker, { approvalId, verdict: "request-changes", reason: "Say which document." });
    expect(await statusOf(templateId)).toBe("changes-requested");
    await write(templateId, "Hello {{first_name}}, your proof of address is missing to open your account.");
    expect(await statusOf(templateId)).toBe("draft");
    const second = await askNow(templateId);
    expect(await approve(checker, second.approvalId)).toMatchObject({
      state: "approved",
      notSubmitted: expect.stringContaining("No WhatsApp number"),
    });
    expect((await getApproval(maker, { approvalId })).comments).toMatchObject([{ place: "en.body", isMe: false }]);
    await write(templateId, "Hello {{first_name}}, your passport is missing to open your account.");
    const third = await getApproval(maker, await askNow(templateId));
    expect(third).toMatchObject({ beforeVersion: 1, version: 2, before: { kind: "template" } });
  });

  test("rejected by us says so; a text that changes in review is a draft again", async () => {
    const templateId = await written();
    await decideApproval(checker, { ...(await askNow(templateId)), verdict: "reject", reason: "We do not send this." });
    expect(await statusOf(templateId)).toBe("declined");
    const { approvalId } = await askNow(templateId);
    await write(templateId, "Hello {{first_name}}, something else is missing to open your account.");
    expect(await statusOf(templateId)).toBe("draft");
    await expect(approve(checker, approvalId)).rejects.toMatchObject({ code: "conflict" });
  });
});

test("the queue says for each person what waits for them and what is theirs", async () => {
  const flowId = await kycFlow(owner);
  const { approvalId } = await ask(flowId, owner);
  const row = async (by: Actor) => (await listApprovals(by)).rows.find((one) => one.id === approvalId);
  expect(await row(owner)).toMatchObject({ isOwn: true, isForMe: false, state: "open" });
  expect(await row(checker)).toMatchObject({ isOwn: false, isForMe: true, isCurrent: true, approved: 0, needed: 1 });
  expect(await row(maker)).toMatchObject({ isOwn: false, isForMe: false });
  await saveDraft(owner, { flowId, revision: 1, graph: change });
  expect(await row(checker)).toMatchObject({ isForMe: false, isCurrent: false });
});

test("reach counts the people whose events of last month would have entered, and leaves out the others", async () => {
  const flowId = await kycFlow();
  const { approvalId } = await ask(flowId);
  const { workspaceId } = maker.session;
  const now = maker.clock.now();
  const person = async (phone: string, name: string, daysAgo: number) => {
    const contactId = newId();
    await database.db.insert(contact).values({ id: contactId, workspaceId, shard: 1, phone });
    const at = new Date(now.getTime() - daysAgo * 86_400_000);
    const fact = { id: newId(), workspaceId, shard: 1, contactId, messageId: newId(), type: "track", name };
    await database.db.insert(event).values({ ...fact, properties: {}, receivedAt: at, occurredAt: at });
  };
  await person("+919876543210", "kyc.incomplete", 3);
  await person("+919876543211", "kyc.incomplete", 29);
  await person("+33612345678", "kyc.incomplete", 1);
  await person("+919876543212", "kyc.incomplete", 31);
  await person("+919876543213", "payment.due", 1);
  expect(await readReach(checker, { approvalId })).toMatchObject({
    people: 3,
    basis: "at-most",
    unpriced: 1,
    cost: { currency: "USD", amountMicros: expect.any(Number) },
    inside: 0,
  });
});

test("another workspace's request does not exist, whatever one asks", async () => {
  const { approvalId } = await ask(await kycFlow());
  const stranger = await testActor(database.db);
  const attempts = [
    () => getApproval(stranger, { approvalId }),
    () => readReach(stranger, { approvalId }),
    () => approve(stranger, approvalId),
    () => withdrawApproval(stranger, { approvalId }),
    () => commentApproval(stranger, { approvalId, text: "Hello" }),
  ];
  for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: "not-found" });
  expect((await listApprovals(stranger)).rows).toEqual([]);
  const [row] = await database.db.select().from(approval).where(eq(approval.id, approvalId));
  expect(row?.state).toBe("open");
});
