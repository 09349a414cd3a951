import { afterAll, beforeAll, expect, test } from "vitest";
import { approval, contact, template, templateLanguage } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { emptyGraph } from "#flow/graph.ts";
import { newId } from "#server/id.ts";
import { aSandbox } from "#server/sandbox/sandbox.fixture.ts";
import { testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { readChat } from "./sandbox-control.ts";
import { tryTemplate } from "./try-template.ts";

let database: TestDatabase;
let sandbox: Awaited<ReturnType<typeof aSandbox>>;
let actor: Actor;
const contactId = newId();
const templateId = newId();

const text = (language: string, body: string) => ({
  ...{ language, body, footer: "Banco Demo", header: { kind: "text" as const, text: "Hello {{first_name}}" } },
  buttons: [{ kind: "quick-reply" as const, id: "help", text: "Help" }],
});
const samples = { first_name: "Awa" };

beforeAll(async () => {
  database = await createTestDatabase();
  sandbox = await aSandbox();
  const made = await testActor(database.db, { role: "checker" });
  actor = { ...made, env: { ...made.env, isDemo: true, sandboxPort: Number(new URL(sandbox.url).port) } };
  const { workspaceId } = actor.session;
  const facts = { id: templateId, workspaceId, name: "branch_hours", category: "utility" as const, samples };
  await database.db.insert(contact).values({ id: contactId, workspaceId, shard: 0, phone: "+221770000101" });
  await database.db.insert(template).values({ ...facts, updatedBy: "api" });
  await database.db
    .insert(templateLanguage)
    .values({ ...text("en", "Your branch opens at nine, {{first_name}}."), templateId, workspaceId });
});
afterAll(async () => {
  await sandbox.remove();
  await database.drop();
});

async function asked(snapshot: typeof approval.$inferInsert.snapshot): Promise<string> {
  const id = newId();
  const people = { askedBy: newId(), authors: [] };
  const times = { askedAt: actor.clock.now(), version: 1, needed: 1 };
  const about = { subject: snapshot.kind, subjectId: newId(), hash: "0", why: "Because" };
  await database.db
    .insert(approval)
    .values({ id, workspaceId: actor.session.workspaceId, snapshot, ...people, ...times, ...about });
  return id;
}
const shown = async () => (await readChat(actor.env, "221770000101")).data.at(-1);

test("a text that waits for approval is shown filled with its samples, and nobody is told of a send", async () => {
  const snapshot = { kind: "template" as const, name: "branch_hours", category: "utility" as const, samples };
  const approvalId = await asked({
    ...snapshot,
    languages: [text("fr", "Votre agence ouvre à neuf heures, {{first_name}}.")],
  });
  expect(await tryTemplate(actor, { contactId, approvalId, language: "en" })).toEqual({ language: "fr" });
  expect(await shown()).toMatchObject({
    body: "Votre agence ouvre à neuf heures, Awa.",
    rendered: {
      header: { kind: "text", text: "Hello Awa" },
      footer: "Banco Demo",
      buttons: [{ kind: "quick_reply", text: "Help" }],
    },
  });
  expect(sandbox.sandbox.statuses.isIdle).toBe(true);
});

test("of a flow its first message, of a template its draft", async () => {
  const send = { id: "s", type: "send", position: { x: 0, y: 0 }, data: { template: "branch_hours", values: {} } };
  const approvalId = await asked({ kind: "flow", name: "Hours", graph: { ...emptyGraph(), nodes: [send] } });
  await tryTemplate(actor, { contactId, approvalId, language: "en" });
  expect(await shown()).toMatchObject({ body: "Your branch opens at nine, Awa." });
  await tryTemplate(actor, { contactId, templateId, language: "en" });
  expect(await shown()).toMatchObject({ body: "Your branch opens at nine, Awa." });
});

test("an order stands on the phone with its lines and its total, and later how far it is", async () => {
  const snapshot = {
    ...{ kind: "template" as const, name: "instalment", category: "utility" as const },
    samples: {
      "order.reference": "L-1-3",
      "order.lines": "Instalment: 250; Fee: 2 x 12.5",
      "order.status": "completed",
    },
  };
  const plain = { language: "en", header: null, body: "Your instalment is due.", footer: null };
  const pay = { kind: "order" as const, id: "pay", text: "Review and pay", currency: "INR" as const };
  const languages = [{ ...plain, buttons: [{ ...pay, payBy: { kind: "link" as const } }] }];
  await tryTemplate(actor, { contactId, approvalId: await asked({ ...snapshot, languages }), language: "en" });
  expect(await shown()).toMatchObject({
    rendered: {
      buttons: [{ kind: "order_details", text: "Review and pay" }],
      order: {
        referenceId: "L-1-3",
        currency: "INR",
        totalMinor: 27_500,
        items: [{ name: "Instalment" }, { name: "Fee" }],
      },
    },
  });
  const status = [{ ...plain, header: { kind: "order-status" as const }, buttons: [] }];
  await tryTemplate(actor, { contactId, approvalId: await asked({ ...snapshot, languages: status }), language: "en" });
  expect(await shown()).toMatchObject({ rendered: { orderStatus: { referenceId: "L-1-3", status: "completed" } } });
});

test("what another workspace has, what sends nothing and what is not finished is refused", async () => {
  const stranger = { ...(await testActor(database.db)), env: actor.env };
  const attempt = tryTemplate(stranger, { contactId, templateId, language: "en" });
  await expect(attempt).rejects.toMatchObject({ code: "not-found" });
  const silent = await asked({ kind: "flow", name: "Silent", graph: emptyGraph() });
  await expect(tryTemplate(actor, { contactId, approvalId: silent, language: "en" })).rejects.toMatchObject({
    code: "refused",
  });
  const snapshot = { kind: "template" as const, name: "branch_hours", category: "utility" as const, samples };
  const empty = await asked({ ...snapshot, languages: [text("en", "")] });
  await expect(tryTemplate(actor, { contactId, approvalId: empty, language: "en" })).rejects.toMatchObject({
    code: "refused",
  });
});
