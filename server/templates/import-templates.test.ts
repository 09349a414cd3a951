import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { templateLanguage } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { createTemplate } from "./create-template.ts";
import { exportTemplates } from "./export-templates.ts";
import { getTemplate } from "./get-template.ts";
import { importTemplates, previewImport } from "./import-templates.ts";
import { listTemplates } from "./list-templates.ts";
import { fileFormats } from "./template-file.ts";

let database: TestDatabase;
let actor: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  actor = await testActor(database.db);
});

const fromGallery = (from: string, languages = ["en", "fr"]) =>
  createTemplate(actor, { name: from.replaceAll("-", "_"), category: "utility", languages, from });

test.each(fileFormats)(
  "what is exported as %s comes into another workspace as it was, and again changes nothing",
  async (format) => {
    await fromGallery("payment-due-reminder", ["en", "fr", "hi"]);
    await fromGallery("one-time-code");
    await fromGallery("receipt-attachment");
    const { text, fileName } = await exportTemplates(actor, { format });
    expect(fileName).toBe(`templates-2026-11-22.${format}`);
    const other = await testActor(database.db);
    expect(await importTemplates(other, { format, text })).toMatchObject({
      problems: [],
      templates: [{ act: "create" }, { act: "create" }, { act: "create" }],
    });
    expect((await exportTemplates(other, { format })).text).toBe(text);
    const again = await importTemplates(other, { format, text });
    expect(again.templates.map((one) => one.act)).toEqual(["none", "none", "none"]);
  },
);

test("a preview does nothing", async () => {
  const text = JSON.stringify({ templates: [{ name: "kyc", category: "utility", languages: [] }] });
  await previewImport(actor, { format: "json", text });
  expect((await listTemplates(actor, { search: "", status: "all" })).total).toBe(0);
});

test("one row that cannot be taken loses no other, also of the same template", async () => {
  const { templateId } = await fromGallery("payment-overdue");
  await database.db
    .update(templateLanguage)
    .set({ status: "approved" })
    .where(eq(templateLanguage.templateId, templateId));
  await database.db.update(templateLanguage).set({ status: "draft" }).where(eq(templateLanguage.language, "fr"));
  const { text } = await exportTemplates(actor, { format: "csv" });
  const changed = text
    .replace("we have not received", "we did not get")
    .replace("nous n’avons pas reçu", "nous n’avons toujours pas reçu");
  const plan = await importTemplates(actor, { format: "csv", text: `${changed}new one,utility,en,,,Hello you,,,\n` });
  expect(plan.problems).toMatchObject([
    { place: "4", rule: "field", field: "name" },
    { place: "2", rule: "locked", detail: "en" },
  ]);
  expect(plan.templates).toMatchObject([{ act: "change", languages: [{ language: "fr" }] }]);
  const { languages } = await getTemplate(actor, { templateId });
  expect(languages.map(({ language, body }) => [language, /did not get|toujours pas/.test(body)])).toEqual([
    ["en", false],
    ["fr", true],
  ]);
});

test("a template that is there keeps its category; what WhatsApp would refuse comes in as a draft and is counted", async () => {
  await fromGallery("payment-overdue");
  const row = (name: string, category: string) => `${name},${category},en,,,"{{who}}, hello",,,`;
  const text = [
    "name,category,language,header,header_text,body,footer,buttons,samples",
    row("payment_overdue", "marketing"),
    row("fresh", "marketing"),
  ].join("\n");
  expect(await importTemplates(actor, { format: "csv", text })).toMatchObject({
    problems: [{ place: "2", rule: "category", detail: "utility" }],
    templates: [
      { name: "payment_overdue", act: "none" },
      { name: "fresh", act: "create", errors: 3 },
    ],
  });
});
