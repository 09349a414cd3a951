import { and, eq, isNotNull } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { audit, consent, contact, optInLink, suppression, workspace } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { newId } from "#server/id.ts";
import { testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { getContact } from "./get-contact.ts";
import { ListContactsInput, listContacts } from "./list-contacts.ts";
import { makeOptInLink } from "./make-opt-in-link.ts";
import { setConsent } from "./set-consent.ts";

let database: TestDatabase;
let actor: Actor;
let contactId: string;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  actor = await testActor(database.db);
  contactId = newId();
  await database.db.insert(contact).values({ id: contactId, workspaceId: actor.session.workspaceId, shard: 0 });
});

const wording = "On the phone, 12 November";
const give = (until: string | null, state: "granted" | "withdrawn" = "granted") =>
  setConsent(actor, { contactId, purpose: "service", state, wording, until });
const ends = async () => {
  const [row] = await database.db.select().from(consent).where(eq(consent.contactId, contactId));
  const [person] = await database.db.select().from(contact).where(eq(contact.id, contactId));
  return [row?.expiresAt?.toISOString() ?? null, person?.consents.service?.expiresAt ?? null];
};

test("a consent with an end holds through its last day", async () => {
  await give("2027-11-22");
  expect(await ends()).toEqual(["2027-11-23T00:00:00.000Z", "2027-11-23T00:00:00.000Z"]);
});

test("one without holds until it is withdrawn, and a withdrawal has no end", async () => {
  await give(null);
  expect(await ends()).toEqual([null, null]);
  await give("2027-11-22", "withdrawn");
  expect(await database.db.$count(consent, and(eq(consent.contactId, contactId), isNotNull(consent.expiresAt)))).toBe(
    0,
  );
});

test("one that ends before it begins is refused", async () => {
  await expect(give("2026-11-20")).rejects.toMatchObject({ code: "bad-input" });
});

test("who has a consent that has run out is listed among those without", async () => {
  const at = "2025-11-01T00:00:00.000Z";
  const service = { state: "granted" as const, at, source: "page", expiresAt: "2026-11-01T00:00:00.000Z" };
  await database.db.update(contact).set({ consents: { service } }).where(eq(contact.id, contactId));
  const { counts } = await listContacts(actor, ListContactsInput.parse({}));
  expect(counts).toMatchObject({ service: 0, none: 1 });
});

test("rules that shorten consents count in the list, too", async () => {
  const at = "2026-01-10T00:00:00.000Z";
  const service = { state: "granted" as const, at, source: "form", wording: "0a1b2c3d4e5f" };
  await database.db.update(contact).set({ consents: { service } }).where(eq(contact.id, contactId));
  const counts = async (rules: Partial<typeof workspace.$inferInsert>) => {
    const none = { consentMonths: null, consentSince: null, consentRetired: [] };
    await database.db
      .update(workspace)
      .set({ ...none, ...rules })
      .where(eq(workspace.id, actor.session.workspaceId));
    return (await listContacts(actor, ListContactsInput.parse({}))).counts;
  };
  expect(await counts({})).toMatchObject({ service: 1, none: 0 });
  expect(await counts({ consentMonths: 6 })).toMatchObject({ service: 0, none: 1 });
  expect(await counts({ consentMonths: 12 })).toMatchObject({ service: 1, none: 0 });
  expect(await counts({ consentSince: "2026-02-01" })).toMatchObject({ service: 0, none: 1 });
  expect(await counts({ consentSince: "2026-12-24" })).toMatchObject({ service: 1, none: 0 });
  expect(await counts({ consentRetired: ["ffffffffffff"] })).toMatchObject({ service: 1, none: 0 });
  expect(await counts({ consentRetired: ["ffffffffffff", "0a1b2c3d4e5f"] })).toMatchObject({ service: 0, none: 1 });
});

test.each([
  ["phone", "+221771234567", { phone: "+221771234567" }],
  ["phone", "+5511912345678", { waId: "5511912345678" }],
  ["customer", "C-1", { externalId: "C-1" }],
] as const)("who is on the suppression list by %s %s is among those who get no message", async (kind, value, facts) => {
  const { workspaceId, userId } = actor.session;
  await database.db.update(contact).set(facts).where(eq(contact.id, contactId));
  const shown = async () => {
    const { counts, rows } = await listContacts(actor, ListContactsInput.parse({ consent: "suppressed" }));
    return [counts.suppressed, rows.map(({ id, isListed }) => [id, isListed])];
  };
  expect(await shown()).toEqual([0, []]);
  const other = (await testActor(database.db)).session;
  await database.db.insert(suppression).values({
    ...{ workspaceId: other.workspaceId, kind, value },
    ...{ note: "of another workspace", addedBy: other.userId, addedAt: new Date() },
  });
  expect(await shown()).toEqual([0, []]);
  expect(await getContact(actor, { contactId })).toMatchObject({ isListed: false });
  await database.db
    .insert(suppression)
    .values({ workspaceId, kind, value, note: "court", addedBy: userId, addedAt: new Date() });
  expect(await shown()).toEqual([1, [[contactId, true]]]);
  expect(await getContact(actor, { contactId })).toMatchObject({ isListed: true });
});

test("an opt-in link is good for two weeks, and the audit log does not give it away", async () => {
  const { url, expiresAt } = await makeOptInLink(actor, { contactId });
  const code = url.split("/o/")[1] ?? "";
  expect(code).toMatch(/^[0-9A-Za-z]{22}$/);
  expect(expiresAt).toEqual(new Date("2026-12-06T09:00:00Z"));
  const [link] = await database.db.select().from(optInLink).where(eq(optInLink.code, code));
  expect(link).toMatchObject({ contactId, usedAt: null, createdBy: actor.session.userId });
  const [row] = await database.db.select().from(audit).where(eq(audit.subjectId, contactId));
  expect(row?.action).toBe("make-opt-in-link");
  expect(JSON.stringify(row)).not.toContain(code);
});

test("nobody makes a link for a person of another workspace", async () => {
  const other = await testActor(database.db);
  await expect(makeOptInLink(other, { contactId })).rejects.toMatchObject({ code: "not-found" });
});
