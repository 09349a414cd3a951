import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { channel, templateAccount, templateLanguage } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { secretPlace } from "#server/channels/open-connection.ts";
import { newId } from "#server/id.ts";
import { aSandbox, identity } from "#server/sandbox/sandbox.fixture.ts";
import { seal } from "#server/secret.ts";
import { testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { createTemplate } from "./create-template.ts";
import { getTemplate } from "./get-template.ts";
import { listVersions } from "./list-versions.ts";
import { saveTemplate } from "./save-template.ts";
import { syncTemplates } from "./sync-templates.ts";
import { approveTemplate } from "./test-approve.ts";

let database: TestDatabase;
let sandbox: Awaited<ReturnType<typeof aSandbox>>;
let actor: Actor;

beforeAll(async () => {
  [database, sandbox] = await Promise.all([createTestDatabase(), aSandbox()]);
});
afterAll(() => Promise.all([database.drop(), sandbox.remove()]));
beforeEach(async () => {
  actor = await testActor(database.db);
});

async function connect(baseUrl: string): Promise<void> {
  const { env, session } = actor;
  const row = { id: newId(), workspaceId: session.workspaceId };
  await database.db.insert(channel).values({
    ...row,
    provider: "meta-cloud",
    name: "Dakar",
    phone: identity.displayPhone,
    phoneNumberId: identity.phoneNumberId,
    accountId: identity.accountId,
    baseUrl,
    tokenSealed: seal(env.secret, secretPlace(row, "token"), identity.token),
    appSecretSealed: seal(env.secret, secretPlace(row, "app-secret"), identity.appSecret),
    verifyTokenSealed: seal(env.secret, secretPlace(row, "verify-token"), identity.verifyToken),
    hookToken: "hook",
  });
}

const begin = (name: string, from = "payment-confirmation") =>
  createTemplate(actor, { name, category: "utility", languages: ["en", "fr"], from });

const stateOf = async (templateId: string) =>
  (await getTemplate(actor, { templateId })).languages.map(({ language, status }) => [language, status]);

/** As if no webhook had come: what the provider says is not known here. */
const forget = (templateId: string) =>
  database.db
    .update(templateLanguage)
    .set({ status: "submitted", statusReason: null })
    .where(eq(templateLanguage.templateId, templateId));

describe("asking WhatsApp now", () => {
  test("a webhook that never came is made up for: status here is status there", async () => {
    await connect(sandbox.url);
    const { templateId } = await begin("sync_missed");
    await approveTemplate(database.db, actor, templateId);
    await forget(templateId);
    const { changed, failed } = await syncTemplates(actor);
    expect(failed).toEqual([]);
    expect(changed).toEqual([
      { name: "sync_missed", language: "en", status: "approved" },
      { name: "sync_missed", language: "fr", status: "approved" },
    ]);
    expect(await stateOf(templateId)).toEqual([
      ["en", "approved"],
      ["fr", "approved"],
    ]);
    expect((await syncTemplates(actor)).changed).toEqual([]);
  });

  test("a text whose answer got lost is found by its words; another text of the same name is not taken for it", async () => {
    await connect(sandbox.url);
    const lost = await begin("sync_lost");
    await approveTemplate(database.db, actor, lost.templateId);
    await database.db
      .update(templateLanguage)
      .set({ status: "draft", providerId: null })
      .where(eq(templateLanguage.templateId, lost.templateId));
    await database.db.delete(templateAccount).where(eq(templateAccount.templateId, lost.templateId));
    const { languages } = await getTemplate(actor, lost);
    const { updatedAt, category, samples } = await getTemplate(actor, lost);
    const rewritten = languages.map(({ status: _, statusReason: __, isOpen: ___, ...content }) =>
      content.language === "fr" ? { ...content, body: `${content.body} Bonne journée.` } : content,
    );
    await saveTemplate(actor, { ...lost, seenAt: updatedAt, category, samples, languages: rewritten });
    const report = await syncTemplates(actor);
    expect(report.elsewhere).toContainEqual({ name: "sync_lost", language: "fr" });
    expect(await stateOf(lost.templateId)).toEqual([
      ["en", "approved"],
      ["fr", "draft"],
    ]);
  });

  test("a provider that is away changes nothing and is named", async () => {
    await connect("http://127.0.0.1:1");
    const { templateId } = await begin("sync_away");
    await forget(templateId);
    expect(await syncTemplates(actor)).toMatchObject({ told: 0, changed: [], failed: [{ channel: "Dakar" }] });
    expect((await stateOf(templateId)).map(([, status]) => status)).toEqual(["submitted", "submitted"]);
  });

  test("without a number there is nobody to ask", async () => {
    await expect(syncTemplates(actor)).rejects.toMatchObject({ code: "refused" });
  });
});

describe("versions", () => {
  test("each text that was given is kept with who and when, the same text once", async () => {
    await connect(sandbox.url);
    const { templateId } = await begin("versions_kept");
    await approveTemplate(database.db, actor, templateId);
    const given = await listVersions(actor, { templateId });
    expect(given).toMatchObject([
      { language: "en", number: 1, submittedBy: "Kofi Mensah", approvedAt: expect.any(Date) },
      { language: "fr", number: 1 },
    ]);
    expect(given[0]?.content.body).toContain("{{reference}}");
    await forget(templateId);
    await syncTemplates(actor);
    expect(await listVersions(actor, { templateId })).toHaveLength(2);
  });

  test("of a template of another workspace nobody sees any", async () => {
    const { templateId } = await begin("versions_own");
    const stranger = await testActor(database.db);
    await expect(listVersions(stranger, { templateId })).rejects.toMatchObject({ code: "not-found" });
  });
});
