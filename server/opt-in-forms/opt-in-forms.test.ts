import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { audit } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { appRouter } from "#server/router.ts";
import { joinWorkspace, testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";

let database: TestDatabase;
let owner: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  owner = await testActor(database.db);
});

const forms = (actor: Actor = owner) => appRouter.createCaller(actor).optInForms;
const aForm = {
  name: "Branch Plateau",
  source: "Poster",
  purposes: ["service" as const],
  texts: { en: { title: "Hear from us", intro: "", wordings: { service: "You may write about my account." } } },
  privacyUrl: null,
};

test("a form gets an address of its own, is changed, closed and opened again, each in the audit log", async () => {
  const { id } = await forms().create(aForm);
  await forms().change({ formId: id, form: { ...aForm, name: "Branch" } });
  await forms().setState({ formId: id, isOpen: false });
  expect((await forms().list()).forms).toMatchObject([{ name: "Branch", signUps: 0, closedAt: owner.clock.now() }]);
  await forms().setState({ formId: id, isOpen: true });
  const [form] = (await forms().list()).forms;
  expect(form?.closedAt).toBeNull();
  expect(form?.url).toMatch(/\/o\/[0-9A-Za-z]{10}$/);
  const rows = await database.db.select().from(audit).where(eq(audit.subjectId, id)).orderBy(audit.sequence);
  expect(rows.map(({ action }) => action)).toEqual([
    "create-opt-in-form",
    "change-opt-in-form",
    "close-opt-in-form",
    "open-opt-in-form",
  ]);
});

test("a new form begins with whole texts in each language", async () => {
  const { suggestion } = await forms().list();
  expect(Object.keys(suggestion)).toEqual(["en", "fr", "es", "pt", "hi"]);
  await forms().create({ ...aForm, purposes: ["service", "marketing", "fraud", "transaction"], texts: suggestion });
});

test.each([
  ["no purpose", { purposes: [] }],
  ["no language", { texts: {} }],
  ["a purpose without words", { purposes: ["service" as const, "marketing" as const] }],
  ["an address of a script", { privacyUrl: "javascript:alert(1)" }],
])("refuses %s", async (_, change) => {
  await expect(forms().create({ ...aForm, ...change })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test.each(["agent", "checker"] as const)("is seen and not made by a %s", async (role) => {
  const other = await joinWorkspace(database.db, owner.session.workspaceId, { role });
  expect((await forms(other).list()).forms).toEqual([]);
  await expect(forms(other).create(aForm)).rejects.toMatchObject({ code: "FORBIDDEN" });
});
