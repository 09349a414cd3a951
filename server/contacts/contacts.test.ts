import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { audit, channel, consent, contact, event, handOff, message, upload } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { verifyAudit } from "#server/audit/verify-audit.ts";
import { newId } from "#server/id.ts";
import { testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { getContact } from "./get-contact.ts";
import { ListContactsInput, listContacts } from "./list-contacts.ts";
import { setConsent } from "./set-consent.ts";

let database: TestDatabase;
let actor: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  actor = await testActor(database.db);
});

async function person(values: Partial<typeof contact.$inferInsert> = {}, by: Actor = actor): Promise<string> {
  const id = newId();
  await database.db.insert(contact).values({ id, workspaceId: by.session.workspaceId, shard: 0, ...values });
  return id;
}

/** Connects a number that the workspace sends by. */
const sendsFrom = (phone: string) =>
  database.db.insert(channel).values({
    ...{ id: newId(), workspaceId: actor.session.workspaceId, provider: "meta-cloud", name: "Main", phone },
    ...{ phoneNumberId: "1", accountId: "1", baseUrl: "", tokenSealed: "", appSecretSealed: "", verifyTokenSealed: "" },
    hookToken: newId(),
  });

const list = (input: object = {}) => listContacts(actor, ListContactsInput.parse(input));
const namesIn = async (input: object) => (await list(input)).rows.map((row) => row.firstName).sort();
const said = (state: "granted" | "withdrawn") => ({ state, at: "2026-11-01T00:00:00Z", source: "identify" });

describe("finding people", () => {
  beforeEach(async () => {
    await person({
      firstName: "Awa",
      lastName: "Diallo",
      externalId: "C-1",
      phone: "+221770000101",
      consents: { service: said("granted"), marketing: said("granted") },
    });
    await person({
      firstName: "Zoé",
      lastName: "100%_Sure",
      externalId: "C-2",
      phone: "+33639980002",
      consents: { service: said("granted"), marketing: said("withdrawn") },
    });
    await person({
      firstName: "Diego",
      externalId: "X_9",
      suppressedAt: new Date(),
      suppressedReason: "opt-out",
      consents: { service: said("withdrawn"), marketing: said("withdrawn") },
    });
    await person({ firstName: "Nobody" });
    await person({ firstName: "Awa", phone: "+221770000101" }, await testActor(database.db));
  });

  test.each([
    ["part of a name, in any case", "dIaL", ["Awa"]],
    ["first and last name together", "awa diallo", ["Awa"]],
    ["a customer id", "c-2", ["Zoé"]],
    ["digits of a number as people write it", "77 000 01 01", ["Awa"]],
    ["a whole number with its country's code", "+221 77 000 01 01", ["Awa"]],
    ["a number as it is dialled from abroad", "00221770000101", ["Awa"]],
    ["a number as it is dialled at home", "06 39 98 00 02", ["Zoé"]],
    ["a number with dashes and brackets", "(+221) 77-000.01-01", ["Awa"]],
    ["a number with the 0 that is dialled at home in brackets", "+33 (0)6 39 98 00 02", ["Zoé"]],
    ["the last digits that a list shows", "01 01", ["Awa"]],
    ["digits within a customer id, which are no number", "C-0101", []],
    ["a percent sign is only a percent sign", "%", ["Zoé"]],
    ["an underscore is only an underscore", "_", ["Diego", "Zoé"]],
    ["a backslash", "\\", []],
    ["spaces around it", "  Diego ", ["Diego"]],
    ["what nobody is called", "'; drop table contact; --", []],
  ])("by %s", async (_, search, expected) => expect(await namesIn({ search })).toEqual(expected));

  test.each([
    ["any", ["Awa", "Diego", "Nobody", "Zoé"]],
    ["service", ["Awa", "Zoé"]],
    ["marketing", ["Awa"]],
    ["none", ["Diego", "Nobody"]],
    ["suppressed", ["Diego"]],
  ])("by consent: %s, and the tab counts as many", async (tab, expected) => {
    const page = await list({ consent: tab });
    expect(page.rows.map((row) => row.firstName).sort()).toEqual(expected);
    expect({ ...page.counts }[tab]).toBe(expected.length);
  });

  test.each([
    ["a whole customer id", "C-1", ["Awa"]],
    ["a whole number", "+221 77 000 01 01", ["Awa"]],
    ["a number of the country the workspace sends from", "77 000 01 01", ["Awa"]],
    ["a number whose 0 is a part of it", "01 01 02 03 04", ["Kouamé"]],
    ["a part of a number", "000 01 01", []],
    ["a name", "Awa", []],
  ])("who is named outright comes first, however long ago they changed: %s", async (_, search, exact) => {
    const isAbroad = search.startsWith("01");
    await sendsFrom(isAbroad ? "+2250700000000" : "+221338000000");
    await person({ firstName: "Kouamé", phone: "+2250101020304" });
    await person({ firstName: "Old", externalId: "C-1x", updatedAt: new Date("2026-01-01") });
    await person({ firstName: "New", externalId: "C-10" });
    const { rows } = await list({ search });
    const outright = rows.filter((row) => row.isExact).map((row) => row.firstName);
    expect(outright).toEqual(exact);
    expect(rows.slice(0, outright.length).map((row) => row.firstName)).toEqual(outright);
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
  });

  test("a number that several contacts have names all of them, to be chosen from", async () => {
    await person({ firstName: "Awa's daughter", phone: "+221770000101" });
    const { rows } = await list({ search: "+221770000101" });
    expect(rows.map((row) => row.firstName).sort()).toEqual(["Awa", "Awa's daughter"]);
    expect(rows.every((row) => row.isExact)).toBe(true);
  });

  test("no list shows a whole phone number", async () => {
    const { rows } = await list();
    expect(rows.map((row) => row.phone).sort()).toEqual(["+221 ••• 01 01", "+33 ••• 00 02", null, null]);
    expect(JSON.stringify(rows)).not.toContain("770000101");
  });
});

test("pages follow each other by last change, without a gap or a person twice, also where times are equal", async () => {
  const at = new Date("2026-11-20T10:00:00Z");
  for (const index of Array.from({ length: 7 }, (_, number) => number))
    await person({ firstName: `P${index}`, updatedAt: new Date(at.getTime() + Math.floor(index / 3) * 1000) });
  const seen: (string | null)[] = [];
  let cursor: string | null = null;
  do {
    const page = await list({ limit: 2, cursor });
    expect(page.counts.any).toBe(7);
    seen.push(...page.rows.map((row) => row.firstName));
    cursor = page.after;
  } while (cursor);
  expect(seen).toHaveLength(7);
  expect(new Set(seen).size).toBe(7);
  expect(seen[0]).toBe("P6");
});

test("a cursor of another workspace leads to an empty page, not to its people", async () => {
  await person({ firstName: "Mine" });
  const foreign = await person({ firstName: "Theirs" }, await testActor(database.db));
  expect((await list({ cursor: foreign })).rows).toEqual([]);
});

describe("one person", () => {
  test("has events, messages, hand-offs and documents in one order, newest first, with the number masked", async () => {
    const contactId = await person({ firstName: "Awa", phone: "+221770000101", waId: "221770000101" });
    const { workspaceId } = actor.session;
    const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 8, minute));
    const row = () => ({ id: newId(), workspaceId, contactId });
    await database.db.insert(event).values({
      ...row(),
      shard: 0,
      receivedAt: at(1),
      messageId: "m",
      type: "track",
      name: "kyc.incomplete",
      properties: { phone: "+221770000101" },
      occurredAt: at(1),
    });
    await database.db.insert(message).values({
      ...row(),
      shard: 0,
      direction: "outbound",
      type: "template",
      status: "skipped",
      reason: "opt-out",
      createdAt: at(2),
    });
    await database.db
      .insert(handOff)
      .values({ ...row(), queue: "Fraud", priority: "urgent", note: "", createdAt: at(3) });
    await database.db
      .insert(upload)
      .values({ ...row(), code: "c", fileName: "id.pdf", mime: "application/pdf", bytes: 9, createdAt: at(4) });
    const found = await getContact(actor, { contactId });
    expect(found.timeline.map((item) => item.kind)).toEqual(["upload", "hand-off", "message", "event"]);
    expect(found.contact).toMatchObject({ phone: "+221 ••• 01 01", waId: null });
    expect(JSON.stringify(found)).not.toContain("770000101");
  });

  test("of another workspace is not found", async () => {
    const contactId = await person({}, await testActor(database.db));
    await expect(getContact(actor, { contactId })).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("taking down a consent", () => {
  const wording = "On the phone, asked by Mariam";

  test("writes the ledger, the state and the audit together, and leaves the other purpose alone", async () => {
    const contactId = await person({ consents: { marketing: said("granted") } });
    await setConsent(actor, { contactId, purpose: "service", state: "granted", wording });
    await setConsent(actor, { contactId, purpose: "service", state: "withdrawn", wording });
    const [found] = await database.db.select().from(contact).where(eq(contact.id, contactId));
    expect(found?.consents).toMatchObject({
      service: { state: "withdrawn", source: "person" },
      marketing: { state: "granted", source: "identify" },
    });
    const ledger = await database.db.select().from(consent).where(eq(consent.contactId, contactId));
    expect(ledger.map((row) => row.state).sort()).toEqual(["granted", "withdrawn"]);
    expect(ledger[0]).toMatchObject({ wording, source: "person", actor: actor.session.userId });
    const trail = await database.db.select().from(audit).where(eq(audit.subjectId, contactId));
    expect(trail.map((row) => row.action)).toEqual(["set-consent", "set-consent"]);
    expect(await verifyAudit(database.db, actor.session.workspaceId)).toEqual({ rows: 2, brokenAt: null });
  });

  test("by two colleagues at once keeps both purposes", async () => {
    const contactId = await person();
    await Promise.all([
      setConsent(actor, { contactId, purpose: "service", state: "granted", wording }),
      setConsent(actor, { contactId, purpose: "marketing", state: "granted", wording }),
    ]);
    const [found] = await database.db.select().from(contact).where(eq(contact.id, contactId));
    expect(Object.keys(found?.consents ?? {}).sort()).toEqual(["marketing", "service"]);
  });

  test("of another workspace's person is not found, and nothing is written", async () => {
    const contactId = await person({}, await testActor(database.db));
    await expect(setConsent(actor, { contactId, purpose: "service", state: "granted", wording })).rejects.toMatchObject(
      { code: "not-found" },
    );
    expect(await database.db.$count(consent, eq(consent.contactId, contactId))).toBe(0);
    expect(await database.db.$count(audit, eq(audit.workspaceId, actor.session.workspaceId))).toBe(0);
  });
});
