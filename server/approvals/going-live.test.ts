import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { audit, flow, template, templateLanguage } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import type { Graph } from "#flow/graph.ts";
import { kycReminder } from "#flow/starters/kyc-reminder.ts";
import { flowStatusVerb } from "#server/flows/change-flow-status.ts";
import { createFlow } from "#server/flows/create-flow.ts";
import { duplicateFlow } from "#server/flows/duplicate-flow.ts";
import { getFlow } from "#server/flows/get-flow.ts";
import { saveDraft } from "#server/flows/save-draft.ts";
import { createTemplate } from "#server/templates/create-template.ts";
import { duplicateTemplate } from "#server/templates/duplicate-template.ts";
import { getTemplate } from "#server/templates/get-template.ts";
import { importTemplates } from "#server/templates/import-templates.ts";
import { saveTemplate } from "#server/templates/save-template.ts";
import { joinWorkspace, testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { ApprovalRules, setApprovalRules } from "./approval-rules.ts";
import { askForFlow, askForTemplate } from "./ask-approval.ts";
import { countWithin } from "./count-within.ts";
import { decideApproval } from "./decide-approval.ts";
import { getApproval } from "./get-approval.ts";
import { countWaiting, listApprovals } from "./list-approvals.ts";
import { readReach } from "./read-reach.ts";

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
  const { workspaceId } = maker.session;
  checker = await joinWorkspace(database.db, workspaceId, { role: "checker", name: "Valentina Ríos" });
  owner = await joinWorkspace(database.db, workspaceId, { role: "owner", name: "Mariama Sow" });
});

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
const draftOf = async (flowId: string): Promise<Graph> => (await getFlow(maker, { flowId })).draft;
async function ask(flowId: string, by = maker) {
  const { revision } = await getFlow(maker, { flowId });
  return askForFlow(by, { flowId, revision, why: "People forget." });
}
const approve = (by: Actor, approvalId: string) => decideApproval(by, { approvalId, verdict: "approve" });
async function change(flowId: string, by = maker, settings: Partial<Graph["settings"]> = { dropAfterMinutes: 60 }) {
  const { draft, revision } = await getFlow(maker, { flowId });
  await saveDraft(by, { flowId, revision, graph: { ...draft, settings: { ...draft.settings, ...settings } } });
}

describe("a flow that somebody stopped meanwhile", () => {
  test.each([
    ["pause-flow", "paused"],
    ["hold-flow", "held"],
  ] as const)("%s: the approved version is published and the flow stays %s", async (act, status) => {
    const flowId = await kycFlow();
    await approve(checker, (await ask(flowId)).approvalId);
    await change(flowId);
    const { approvalId } = await ask(flowId);
    await flowStatusVerb(act)(maker, { flowId });
    expect((await getApproval(checker, { approvalId })).outcome).toEqual({ subject: "flow", status });
    expect(await approve(checker, approvalId)).toMatchObject({ state: "approved", version: 2, flowStatus: status });
    expect(await getFlow(maker, { flowId })).toMatchObject({ status, version: { number: 2 } });
  });

  test("archive-flow takes the request back, audited, and restoring does not bring it back", async () => {
    const flowId = await kycFlow();
    const { approvalId } = await ask(flowId);
    await flowStatusVerb("archive-flow")(maker, { flowId });
    expect(await getApproval(checker, { approvalId })).toMatchObject({ state: "withdrawn", hindrance: "closed" });
    await expect(approve(checker, approvalId)).rejects.toMatchObject({ code: "refused" });
    const [told] = await database.db
      .select()
      .from(audit)
      .where(and(eq(audit.subjectId, flowId), eq(audit.action, "withdraw-approval")));
    expect(told?.detail).toEqual({ approvalId, because: "archive-flow" });
    await flowStatusVerb("restore-flow")(maker, { flowId });
    await expect(approve(checker, approvalId)).rejects.toMatchObject({ code: "refused" });
  });

  test("a request that was open before archiving took requests back cannot be approved", async () => {
    const flowId = await kycFlow();
    const { approvalId } = await ask(flowId);
    await database.db.update(flow).set({ status: "archived" }).where(eq(flow.id, flowId));
    expect(await countWaiting(checker)).toEqual({ waiting: 0 });
    await expect(approve(checker, approvalId)).rejects.toMatchObject({ detail: { rule: "flow-archived" } });
    expect(await getFlow(maker, { flowId })).toMatchObject({ status: "archived", version: null });
  });
});

describe("authors", () => {
  test("whoever duplicates a flow and whoever wrote it are authors of the copy", async () => {
    const flowId = await kycFlow(owner);
    const copy = await duplicateFlow(maker, { flowId, name: "KYC reminder, copy" });
    const { approvalId } = await ask(copy.flowId);
    await expect(approve(owner, approvalId)).rejects.toMatchObject({ code: "not-allowed" });
    expect(await approve(checker, approvalId)).toMatchObject({ state: "approved" });
  });

  test("those of what went live count in a copy, too", async () => {
    const flowId = await kycFlow(owner);
    await approve(checker, (await ask(flowId)).approvalId);
    const copy = await duplicateFlow(maker, { flowId, name: "KYC reminder, copy" });
    await expect(approve(owner, (await ask(copy.flowId)).approvalId)).rejects.toMatchObject({ code: "not-allowed" });
  });

  test("whoever duplicates a template and whoever wrote it are authors of the copy", async () => {
    const templateId = await written(owner);
    const copy = await duplicateTemplate(maker, { templateId, name: "kyc_2" });
    const { approvalId } = await askNow(copy.templateId);
    await expect(approve(owner, approvalId)).rejects.toMatchObject({ code: "not-allowed" });
  });

  test("whoever imports a text is an author of it", async () => {
    const templateId = await written(maker);
    await importBody(owner, "Hello {{first_name}}, your passport is missing to open your account.");
    const { approvalId } = await askNow(templateId);
    await expect(approve(owner, approvalId)).rejects.toMatchObject({ code: "not-allowed" });
  });
});

describe("how many approvals", () => {
  const neededOf = async (approvalId: string) => (await getApproval(maker, { approvalId })).needed;

  test("a flow about fraud is one while it becomes another", async () => {
    await setApprovalRules(owner, ApprovalRules.parse({ fraudOrMoney: 2 }));
    const flowId = await kycFlow();
    await change(flowId, maker, { purpose: "fraud" });
    const first = await ask(flowId);
    expect(await neededOf(first.approvalId)).toBe(2);
    await approve(checker, first.approvalId);
    await approve(owner, first.approvalId);
    await change(flowId, maker, { purpose: "service" });
    expect(await neededOf((await ask(flowId)).approvalId)).toBe(2);
  });

  test("a text that a flow about money sends touches money", async () => {
    await setApprovalRules(owner, ApprovalRules.parse({ fraudOrMoney: 2 }));
    const templateId = await written(maker);
    expect(await neededOf((await askNow(templateId)).approvalId)).toBe(1);
    const { flowId } = await createFlow(maker, { name: "Payments" });
    const send = { id: "s", type: "send", position: { x: 0, y: 0 }, data: { template: "kyc_1", values: {} } };
    const draft = await draftOf(flowId);
    const graph = {
      ...draft,
      nodes: [...draft.nodes, send],
      settings: { ...draft.settings, purpose: "transaction" as const },
    };
    await saveDraft(maker, { flowId, revision: 1, graph });
    expect(await neededOf((await askNow(templateId)).approvalId)).toBe(2);
  });

  test("a flow that sends a template of a category counts as that category", async () => {
    await setApprovalRules(owner, ApprovalRules.parse({ byCategory: { marketing: 3 } }));
    const flowId = await kycFlow();
    expect(await neededOf((await ask(flowId)).approvalId)).toBe(1);
    await database.db
      .update(template)
      .set({ category: "marketing" })
      .where(eq(template.workspaceId, maker.session.workspaceId));
    await change(flowId, maker, { purpose: "marketing" });
    expect(await neededOf((await ask(flowId)).approvalId)).toBe(3);
  });
});

describe("reach", () => {
  test("a count that takes too long is given up, all its statements together", async () => {
    const slow = (seconds: number) => sql.raw(`select pg_sleep(${seconds})`);
    expect(
      await countWithin(
        database.db,
        async (step) => {
          await step((tx) => tx.execute(slow(0.15)));
          await step((tx) => tx.execute(slow(0.15)));
          return "counted";
        },
        200,
      ),
    ).toBeNull();
    expect(await countWithin(database.db, (step) => step(async () => 1))).toBe(1);
  });

  test("is counted before anything is locked", async () => {
    await setApprovalRules(owner, ApprovalRules.parse({ byReach: { people: 1, needed: 2 } }));
    const flowId = await kycFlow();
    let asking: Promise<unknown> = Promise.resolve();
    // Whoever counts waits for this; whoever saves meanwhile must not.
    await database.db.transaction(async (tx) => {
      await tx.execute(sql`lock table event in access exclusive mode`);
      asking = ask(flowId).catch((error: unknown) => error);
      await expectBlockedCount();
      await change(flowId, maker, {});
    });
    // The draft that was counted is not the one that is stored now.
    expect(await asking).toMatchObject({ code: "conflict" });
  });

  async function expectBlockedCount(): Promise<void> {
    await expect
      .poll(async () => {
        const { rows } = await database.db.execute<{ waiting: number }>(
          sql`select count(*)::int as waiting from pg_locks where not granted and relation = 'event'::regclass`,
        );
        return rows[0]?.waiting;
      })
      .toBe(1);
  }

  test("the screen is told that it could not be counted", async () => {
    const { approvalId } = await ask(await kycFlow());
    expect(
      await database.db.transaction(async (tx) => {
        await tx.execute(sql`lock table event in access exclusive mode`);
        return readReach(checker, { approvalId }, 100);
      }),
    ).toBeNull();
  });
});

test("a queue that is asked for again reads no draft twice", async () => {
  const flowId = await kycFlow();
  const { approvalId } = await ask(flowId);
  const isCurrent = async () => (await listApprovals(checker)).rows.find((row) => row.id === approvalId)?.isCurrent;
  expect(await isCurrent()).toBe(true);
  // Behind everybody's back: no verb writes a draft without raising its revision.
  await database.db
    .update(flow)
    .set({ draft: { ...kycReminder.graph, edges: [] } })
    .where(eq(flow.id, flowId));
  expect(await isCurrent()).toBe(true);
  await database.db.update(flow).set({ revision: 2 }).where(eq(flow.id, flowId));
  expect(await isCurrent()).toBe(false);
});

describe("a template in review", () => {
  test("that an import changes is taken out of review in all its languages, and says who did it", async () => {
    const templateId = await written(maker, ["en", "fr"]);
    const { approvalId } = await askNow(templateId);
    await importBody(owner, "Hello {{first_name}}, your passport is missing to open your account.");
    const stored = await getTemplate(maker, { templateId });
    expect(stored.languages.map(({ status }) => status)).toEqual(["draft", "draft"]);
    await expect(approve(checker, approvalId)).rejects.toMatchObject({ code: "conflict" });
    expect(await getApproval(checker, { approvalId })).toMatchObject({
      hindrance: "changed",
      changedBy: { name: "Mariama Sow" },
    });
  });

  test("an import waits for whoever is saving, and a save that began before it is a conflict", async () => {
    const templateId = await written(maker);
    const { updatedAt } = await getTemplate(maker, { templateId });
    let importing: Promise<unknown> = Promise.resolve();
    await database.db.transaction(async (tx) => {
      await tx.select().from(template).where(eq(template.id, templateId)).for("update");
      importing = importBody(owner, "Hello {{first_name}}, your passport is missing to open your account.");
      await expect
        .poll(async () => {
          const { rows } = await database.db.execute<{ waiting: number }>(sql`
            select count(*)::int as waiting from pg_stat_activity
            where wait_event_type = 'Lock' and query ilike '%from "template"%for update%'`);
          return rows[0]?.waiting;
        })
        .toBe(1);
    });
    await importing;
    await expect(
      saveTemplate(maker, {
        templateId,
        seenAt: updatedAt,
        category: "utility",
        samples,
        languages: [text("en", "Hi")],
      }),
    ).rejects.toMatchObject({ code: "conflict" });
  });
});

test("an approved template says what WhatsApp made of each language", async () => {
  const templateId = await written(maker);
  const { approvalId } = await askNow(templateId);
  expect((await getApproval(checker, { approvalId })).outcome).toBeNull();
  await approve(checker, approvalId);
  const languageIs = (set: { status: "rejected" | "submitted"; statusReason: string | null }) =>
    database.db.update(templateLanguage).set(set).where(eq(templateLanguage.templateId, templateId));
  const outcome = async () => (await getApproval(checker, { approvalId })).outcome;
  expect(await outcome()).toMatchObject({ languages: [{ language: "en", status: "draft", hasLeft: false }] });
  await languageIs({ status: "rejected", statusReason: "The body names no product." });
  expect(await outcome()).toMatchObject({
    languages: [{ status: "rejected", detail: "The body names no product.", hasLeft: false }],
  });
  await languageIs({ status: "submitted", statusReason: null });
  expect(await outcome()).toMatchObject({ languages: [{ status: "submitted", hasLeft: true }] });
});

const samples = { first_name: "Awa" };
const text = (language: string, body: string) => ({ language, header: null, body, footer: null, buttons: [] });

async function written(by: Actor, languages = ["en"]): Promise<string> {
  const { templateId } = await createTemplate(by, { name: "kyc_1", category: "utility", languages });
  const { updatedAt } = await getTemplate(maker, { templateId });
  const body = "Hello {{first_name}}, one document is missing to open your account.";
  const texts = languages.map((language) => text(language, body));
  await saveTemplate(by, { templateId, seenAt: updatedAt, category: "utility", samples, languages: texts });
  return templateId;
}

async function askNow(templateId: string) {
  const { updatedAt } = await getTemplate(maker, { templateId });
  return askForTemplate(maker, { templateId, seenAt: updatedAt, why: "It was asked for." });
}

const importBody = (by: Actor, body: string) =>
  importTemplates(by, { format: "csv", text: `name,category,language,body\nkyc_1,utility,en,"${body}"` });
