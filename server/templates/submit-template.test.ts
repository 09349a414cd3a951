import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { audit, channel } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { secretPlace } from "#server/channels/open-connection.ts";
import { newId } from "#server/id.ts";
import { aSandbox, identity } from "#server/sandbox/sandbox.fixture.ts";
import { seal } from "#server/secret.ts";
import { testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { createTemplate } from "./create-template.ts";
import { getTemplate } from "./get-template.ts";
import { saveTemplate } from "./save-template.ts";
import { submitTemplate } from "./submit-template.ts";
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

/** Connects the workspace to a WhatsApp account at this address. */
async function connect(baseUrl: string): Promise<void> {
  const { env, session } = actor;
  const row = { id: newId(), workspaceId: session.workspaceId };
  await database.db.insert(channel).values({
    ...row,
    provider: "meta-cloud",
    name: "Sandbox",
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

const texts = {
  en: "Hello {{first_name}}, one document is missing to open your account.",
  fr: "Bonjour {{first_name}}, il manque un document pour ouvrir votre compte.",
};

async function written(name: string): Promise<string> {
  const { templateId } = await createTemplate(actor, { name, category: "utility", languages: ["en", "fr"] });
  const { updatedAt } = await getTemplate(actor, { templateId });
  const languages = Object.entries(texts).map(([language, body]) => ({
    language,
    header: null,
    body,
    footer: null,
    buttons: [{ kind: "quick-reply" as const, id: "help", text: "Help" }],
  }));
  await saveTemplate(actor, {
    templateId,
    seenAt: updatedAt,
    category: "utility",
    samples: { first_name: "Awa" },
    languages,
  });
  return templateId;
}

const approve = (templateId: string) => approveTemplate(database.db, actor, templateId);

const rowsOf = async (templateId: string) => {
  const { languages } = await getTemplate(actor, { templateId });
  return languages.map(({ language, status, statusReason, isOpen }) => ({ language, status, statusReason, isOpen }));
};

describe("submitting to WhatsApp", () => {
  test("what is approved while no number is connected stays approved and says so", async () => {
    const templateId = await written("kyc_alone");
    expect(await approve(templateId)).toMatchObject({
      state: "approved",
      submissions: null,
      notSubmitted: expect.stringContaining("No WhatsApp number is connected"),
    });
    await expect(submitTemplate(actor, { templateId })).rejects.toThrow("No WhatsApp number is connected");
  });

  test("every language is taken, locked and audited", async () => {
    await connect(sandbox.url);
    const templateId = await written("kyc_taken");
    const answers = (await approve(templateId)).submissions ?? [];
    expect(answers.map(({ language, detail }) => [language, detail])).toEqual([
      ["en", null],
      ["fr", null],
    ]);
    for (const row of await rowsOf(templateId)) expect(row).toMatchObject({ isOpen: false, statusReason: null });
    const actions = await database.db.select().from(audit).where(eq(audit.subjectId, templateId));
    expect(actions.filter((row) => row.action === "submit-template")).toHaveLength(2);
  });

  test("one language that is refused keeps the provider's words and loses no other", async () => {
    await connect(sandbox.url);
    await sandbox.createTemplate({
      name: "kyc_half",
      language: "en",
      category: "UTILITY",
      components: [{ type: "BODY", text: "Somebody else has made this one before us." }],
    });
    const templateId = await written("kyc_half");
    const answers = (await approve(templateId)).submissions ?? [];
    expect(answers[0]).toMatchObject({ language: "en", status: "rejected", detail: expect.stringMatching(/\w+ \w+/) });
    expect(await rowsOf(templateId)).toMatchObject([
      { language: "en", status: "rejected", statusReason: answers[0]?.detail, isOpen: true },
      { language: "fr", isOpen: false, statusReason: null },
    ]);
  });

  test("a provider that cannot be reached refuses no text: everything stays a draft and may be submitted again", async () => {
    await connect("http://127.0.0.1:1");
    const templateId = await written("kyc_away");
    const answers = (await approve(templateId)).submissions ?? [];
    expect(answers.map((answer) => answer.status)).toEqual([null, null]);
    expect(await rowsOf(templateId)).toMatchObject([
      { status: "draft", isOpen: true, statusReason: expect.any(String) },
      { status: "draft", isOpen: true },
    ]);
    // The approval stands, so it takes no second one to try again.
    expect((await submitTemplate(actor, { templateId })).map((answer) => answer.status)).toEqual([null, null]);
  });
});
