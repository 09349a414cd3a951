import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { contact, flow, message, outbox } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { emptyGraph } from "#flow/graph.ts";
import { newId } from "#server/id.ts";
import { testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { explainContact } from "./explain-contact.ts";

let database: TestDatabase;
let actor: Actor;
let contactId: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  actor = await testActor(database.db);
  contactId = await person();
});

const phone = "+221770000101";

async function person(values: Partial<typeof contact.$inferInsert> = {}): Promise<string> {
  const { workspaceId } = actor.session;
  const id = newId();
  await database.db.insert(contact).values({ id, workspaceId, shard: 0, timezone: "Africa/Dakar", phone, ...values });
  return id;
}

type Values = Partial<typeof message.$inferInsert>;

/** A message that left at a moment; the others are told by what is given. */
async function left(at: string, values: Values = {}): Promise<string> {
  const id = newId();
  const { workspaceId } = actor.session;
  const moment = new Date(at);
  const row = { id, workspaceId, shard: 0, contactId, direction: "outbound", type: "template" } as const;
  await database.db
    .insert(message)
    .values({ ...row, status: "delivered", purpose: "service", createdAt: moment, sentAt: moment, ...values });
  return id;
}

const cap = (needed: string) => [{ check: "cap", verdict: "block", seen: "", needed }] as const;

const stopped = (at: string, values: Values = {}) =>
  left(at, {
    ...{ status: "skipped", reason: "frequency-cap", sentAt: null, checks: [...cap("< 3")], capDay: at.slice(0, 10) },
    ...values,
  });

async function askAbout(messageId: string) {
  const answer = await explainContact(actor, { contactId, messageId });
  const [told] = answer.otherMessages;
  if (!told) throw new Error("The message is not told.");
  return { ...told, ids: told.cappedBy.map((one) => one.id) };
}

test("a day's cap names the messages of that day with flow and time, and not those that are exempt or never left", async () => {
  const { workspaceId, userId } = actor.session;
  const flowId = newId();
  const values = { id: flowId, workspaceId, name: "Statement ready", draft: emptyGraph(), createdBy: userId };
  await database.db.insert(flow).values({ ...values, updatedBy: userId });
  await left("2026-11-20T23:00:00Z");
  const first = await left("2026-11-21T10:12:00Z", { flowId, template: "statement" });
  await left("2026-11-21T11:00:00Z", { purpose: "fraud", checks: [...cap("exempt")] });
  await left("2026-11-21T11:30:00Z", { status: "failed", sentAt: null });
  const broken = await left("2026-11-21T11:40:00Z", { status: "failed" });
  const unsure = await left("2026-11-21T12:00:00Z", { status: "unknown", sentAt: null, capDay: "2026-11-21" });
  const told = await askAbout(await stopped("2026-11-21T18:00:00Z"));
  expect(told.ids).toEqual([first, broken, unsure]);
  expect(told.cappedBy[0]).toEqual({
    ...{ id: first, flowId, flowName: "Statement ready", template: "statement", sharedWith: null },
    ...{ at: new Date("2026-11-21T10:12:00Z"), day: "2026-11-21" },
  });
  expect(told).toMatchObject({ capDays: { from: "2026-11-21", to: "2026-11-21" }, hasMoreCappedBy: false });
});

test("a message that waited past midnight is stopped by the day on which it would have left", async () => {
  await left("2026-11-20T10:00:00Z");
  const today = await left("2026-11-21T08:00:00Z");
  const late = await stopped("2026-11-20T22:30:00Z", { capDay: "2026-11-21" });
  expect(await askAbout(late)).toMatchObject({
    ids: [today],
    capDays: { from: "2026-11-21", to: "2026-11-21" },
  });
});

test("a message that was paid for before midnight and left after it counts for the day before", async () => {
  const paid = await left("2026-11-21T00:00:03Z", { capDay: "2026-11-20" });
  expect((await askAbout(await stopped("2026-11-20T23:59:59Z"))).ids).toEqual([paid]);
  expect((await askAbout(await stopped("2026-11-21T09:00:00Z"))).ids).toEqual([]);
});

test.each(["rolling-cap", "rolling-cap-later"])("%s names what left in all the days that it counts", async (reason) => {
  await left("2026-11-14T10:00:00Z");
  const ids = [await left("2026-11-15T10:00:00Z"), await left("2026-11-20T10:00:00Z")];
  const checks = [...cap("< 3, < 2 in 7 d")];
  const told = await askAbout(await stopped("2026-11-21T09:00:00Z", { reason, checks }));
  expect(told.ids).toEqual(ids);
  expect(told.capDays).toEqual({ from: "2026-11-15", to: "2026-11-21" });
});

test("what is being tried again has used its place already", async () => {
  const at = "2026-11-21T08:00:00Z";
  const trying = await left(at, { status: "queued", reason: "provider-down", sentAt: null });
  await database.db.insert(outbox).values({
    ...{
      messageId: trying,
      workspaceId: actor.session.workspaceId,
      shard: 0,
      contactId,
      lane: 2,
      capDay: "2026-11-21",
    },
    ...{ request: { template: "", purpose: "service", values: {}, links: {}, sendingHours: null } },
    ...{ notBefore: new Date(at), createdAt: new Date(at) },
  });
  expect((await askAbout(await stopped("2026-11-21T09:00:00Z"))).ids).toEqual([trying]);
});

test("whoever has the same phone is the same person: their messages count, and are told to be theirs", async () => {
  const other = await person({ externalId: "C-2", firstName: "Kofi" });
  await person({ phone: "+221770000102" });
  const ids = [await left("2026-11-21T08:00:00Z"), await left("2026-11-21T09:00:00Z", { contactId: other })];
  const told = await askAbout(await stopped("2026-11-21T10:00:00Z"));
  expect(told.ids).toEqual(ids);
  expect(told.cappedBy.map((one) => one.sharedWith)).toEqual([null, other]);
  const { today } = await explainContact(actor, { contactId });
  expect(today).toMatchObject({ sharedWith: [{ id: other, externalId: "C-2" }], hasMoreSharedWith: false });
});

test("more messages than an answer names are said to be more", async () => {
  for (let hour = 0; hour < 21; hour += 1) await left(`2026-11-21T${String(hour).padStart(2, "0")}:00:00Z`);
  const told = await askAbout(await stopped("2026-11-21T22:00:00Z"));
  expect(told).toMatchObject({ hasMoreCappedBy: true });
  expect(told.cappedBy).toHaveLength(20);
});
