import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { audit, flow, message, templateLanguage } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { kycReminder } from "#flow/starters/kyc-reminder.ts";
import type { TemplateStatus } from "#flow/template.ts";
import { newId } from "#server/id.ts";
import { testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { createTemplate } from "./create-template.ts";
import { deleteTemplate } from "./delete-template.ts";
import { duplicateTemplate } from "./duplicate-template.ts";
import { getTemplate } from "./get-template.ts";
import { listTemplates, overallStatus } from "./list-templates.ts";
import { saveTemplate } from "./save-template.ts";
import { submitTemplate } from "./submit-template.ts";
import type { DraftContent } from "./template-draft.ts";

let database: TestDatabase;
let actor: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  actor = await testActor(database.db);
});

const english: DraftContent = {
  language: "en",
  header: null,
  body: "Hello {{first_name}}, one document is missing to open your account.",
  footer: null,
  buttons: [{ kind: "quick-reply", id: "help", text: "Help" }],
};

async function written(name = "kyc_1"): Promise<string> {
  const { templateId } = await createTemplate(actor, { name, category: "utility", languages: ["en"] });
  await save(templateId, [english]);
  return templateId;
}

async function save(templateId: string, languages: DraftContent[], by: Actor = actor) {
  const { updatedAt, category } = await getTemplate(by, { templateId });
  return saveTemplate(by, { templateId, seenAt: updatedAt, category, samples: { first_name: "Awa" }, languages });
}

const setStatus = (templateId: string, status: TemplateStatus) =>
  database.db.update(templateLanguage).set({ status }).where(eq(templateLanguage.templateId, templateId));

describe("writing a template", () => {
  test("a draft is kept however incomplete, with what WhatsApp would refuse", async () => {
    const { templateId } = await createTemplate(actor, { name: "kyc_1", category: "utility", languages: ["en", "fr"] });
    const { findings } = await save(templateId, [{ ...english, body: "x".repeat(2000) }]);
    expect(findings.map((finding) => finding.rule)).toEqual(["body-too-long"]);
    const opened = await getTemplate(actor, { templateId });
    expect(opened.languages.map(({ language, body, status }) => [language, body.length, status])).toEqual([
      ["en", 2000, "draft"],
    ]);
  });

  test("a name is taken once in a workspace", async () => {
    await written();
    await expect(
      createTemplate(actor, { name: "kyc_1", category: "utility", languages: ["en"] }),
    ).rejects.toMatchObject({
      code: "conflict",
    });
    const stranger = await testActor(database.db);
    expect(await createTemplate(stranger, { name: "kyc_1", category: "utility", languages: ["en"] })).toHaveProperty(
      "templateId",
    );
  });

  test("who saves over a colleague's change gets a conflict and overwrites nothing", async () => {
    const templateId = await written();
    const seen = await getTemplate(actor, { templateId });
    await save(templateId, [{ ...english, body: "Hello, a colleague was faster" }]);
    const late = {
      templateId,
      seenAt: seen.updatedAt,
      category: "utility" as const,
      samples: {},
      languages: [english],
    };
    await expect(saveTemplate(actor, late)).rejects.toMatchObject({ code: "conflict" });
    expect((await getTemplate(actor, { templateId })).languages[0]?.body).toContain("faster");
  });

  test.each<TemplateStatus>(["submitted", "approved", "paused", "disabled"])(
    "a language that is %s stays as it is",
    async (status) => {
      const templateId = await written(`kyc_${status}`);
      await setStatus(templateId, status);
      await expect(save(templateId, [{ ...english, body: "Hello, other words" }])).rejects.toMatchObject({
        code: "refused",
      });
      await expect(save(templateId, [])).rejects.toMatchObject({ code: "refused" });
      const french = {
        ...english,
        language: "fr",
        body: "Bonjour {{first_name}}, il manque un document pour votre compte.",
      };
      expect((await save(templateId, [english, french])).findings).toEqual([]);
    },
  );

  test("a refused language that is rewritten is a draft again, without the old reason", async () => {
    const templateId = await written();
    await database.db
      .update(templateLanguage)
      .set({ status: "rejected", statusReason: "INVALID_FORMAT" })
      .where(eq(templateLanguage.templateId, templateId));
    await save(templateId, [{ ...english, body: "Hello {{first_name}}, one document is still missing today." }]);
    expect((await getTemplate(actor, { templateId })).languages[0]).toMatchObject({
      status: "draft",
      statusReason: null,
    });
  });

  test("a duplicate is a draft with the same texts", async () => {
    const templateId = await written();
    await setStatus(templateId, "approved");
    const copy = await duplicateTemplate(actor, { templateId, name: "kyc_2", category: "marketing" });
    expect(await getTemplate(actor, copy)).toMatchObject({
      name: "kyc_2",
      category: "marketing",
      languages: [{ ...english, status: "draft", isOpen: true }],
    });
  });
});

describe("deleting a template", () => {
  test("a draft that nobody sends goes, with an audit row", async () => {
    const templateId = await written();
    await deleteTemplate(actor, { templateId });
    await expect(getTemplate(actor, { templateId })).rejects.toMatchObject({ code: "not-found" });
    const rows = await database.db.select().from(audit).where(eq(audit.subjectId, templateId));
    expect(rows.map((row) => row.action)).toContain("delete-template");
  });

  test("one that a flow sends, or that WhatsApp has, stays", async () => {
    const used = await written("kyc_reminder_1");
    const { workspaceId, userId } = actor.session;
    await database.db.insert(flow).values({
      id: newId(),
      workspaceId,
      name: "KYC reminder",
      draft: kycReminder.graph,
      createdBy: userId,
      updatedBy: userId,
    });
    await expect(deleteTemplate(actor, { templateId: used })).rejects.toThrow("KYC reminder");
    expect((await getTemplate(actor, { templateId: used })).usedIn).toMatchObject([
      { name: "KYC reminder", status: "draft" },
    ]);
    const held = await written("approved_one");
    await setStatus(held, "approved");
    await expect(deleteTemplate(actor, { templateId: held })).rejects.toMatchObject({ code: "refused" });
  });
});

describe("submitting a template", () => {
  test("is refused before anything leaves when the checks find an error", async () => {
    const { templateId } = await createTemplate(actor, { name: "kyc_1", category: "utility", languages: ["en"] });
    await expect(submitTemplate(actor, { templateId })).rejects.toMatchObject({
      code: "refused",
      detail: { findings: [expect.objectContaining({ rule: "body-empty" })] },
    });
  });

  test("without somebody else's approval says so", async () => {
    const templateId = await written();
    await expect(submitTemplate(actor, { templateId })).rejects.toMatchObject({
      code: "refused",
      detail: { rule: "needs-approval" },
    });
  });

  test("with nothing left to submit says so", async () => {
    const templateId = await written();
    await setStatus(templateId, "approved");
    await expect(submitTemplate(actor, { templateId })).rejects.toMatchObject({ code: "refused" });
  });
});

describe("the list of templates", () => {
  test.each<[TemplateStatus[], TemplateStatus]>([
    [["approved", "paused"], "paused"],
    [["approved", "rejected"], "rejected"],
    [["draft", "approved"], "approved"],
    [["draft", "submitted"], "submitted"],
    [["in-review", "approved"], "approved"],
    [["changes-requested", "draft"], "changes-requested"],
    [[], "draft"],
  ])("languages %j make a template %s", (statuses, expected) => expect(overallStatus(statuses)).toBe(expected));

  test("search reads names, texts and buttons; tab counts follow it; sent counts what left in 30 days", async () => {
    await written("kyc_1");
    await setStatus(await written("other_1"), "approved");
    const sent = {
      workspaceId: actor.session.workspaceId,
      shard: 1,
      contactId: newId(),
      direction: "outbound" as const,
      type: "template",
      template: "kyc_1",
    };
    const daysAgo = (days: number) => new Date(actor.clock.now().getTime() - days * 86_400_000);
    await database.db.insert(message).values([
      { ...sent, id: newId(), status: "read", createdAt: daysAgo(1) },
      { ...sent, id: newId(), status: "skipped", createdAt: daysAgo(1) },
      { ...sent, id: newId(), status: "sent", createdAt: daysAgo(31) },
    ]);
    const all = await listTemplates(actor, { search: "", status: "all" });
    expect(all).toMatchObject({ total: 2, counts: { all: 2, approved: 1, draft: 1, paused: 0 }, languages: ["en"] });
    expect(all.templates.find((row) => row.name === "kyc_1")?.sent).toBe(1);
    expect((await listTemplates(actor, { search: "HELP", status: "draft" })).templates.map((row) => row.name)).toEqual([
      "kyc_1",
    ]);
    expect((await listTemplates(actor, { search: "nowhere", status: "all" })).counts.all).toBe(0);
    expect((await listTemplates(actor, { search: "", status: "all", language: "fr" })).templates).toEqual([]);
  });
});

test("another workspace's template does not exist, whatever one asks", async () => {
  const templateId = await written();
  const stranger = await testActor(database.db);
  const attempts = [
    () => getTemplate(stranger, { templateId }),
    () => saveTemplate(stranger, { templateId, seenAt: new Date(), category: "utility", samples: {}, languages: [] }),
    () => duplicateTemplate(stranger, { templateId, name: "mine" }),
    () => deleteTemplate(stranger, { templateId }),
    () => submitTemplate(stranger, { templateId }),
  ];
  for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: "not-found" });
  expect((await listTemplates(stranger, { search: "", status: "all" })).total).toBe(0);
});
