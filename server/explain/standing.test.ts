import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { contact, event, message, suppression } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { newId } from "#server/id.ts";
import { testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { explainContact } from "./explain-contact.ts";

let database: TestDatabase;
let actor: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  actor = await testActor(database.db);
});

const phone = "+221770000101";

async function person(values: Partial<typeof contact.$inferInsert> = {}): Promise<string> {
  const { workspaceId } = actor.session;
  const id = newId();
  await database.db.insert(contact).values({ id, workspaceId, shard: 0, phone, ...values });
  return id;
}

const list = (kind: "phone" | "customer", value: string, by: Actor = actor) =>
  database.db.insert(suppression).values({
    ...{ workspaceId: by.session.workspaceId, kind, value, note: "Revoked numbers of October" },
    ...{ addedBy: by.session.userId, addedAt: new Date("2026-11-02T08:00:00Z") },
  });

test("consents are told with how long they hold, or held", async () => {
  const given = { state: "granted", at: "2026-05-04T10:00:00Z", source: "identify" } as const;
  const contactId = await person({
    consents: {
      service: { ...given, expiresAt: "2027-05-04T00:00:00Z" },
      marketing: { ...given, expiresAt: "2026-11-01T00:00:00Z" },
    },
  });
  const { today } = await explainContact(actor, { contactId });
  const at = new Date(given.at);
  expect(today.consents).toEqual([
    { purpose: "service", state: "granted", at, expiresAt: new Date("2027-05-04T00:00:00Z") },
    { purpose: "marketing", state: "expired", at, expiresAt: new Date("2026-11-01T00:00:00Z") },
  ]);
});

test.each([
  ["the phone", "phone", phone],
  ["the number as WhatsApp writes it", "phone", "+221770000109"],
  ["the customer id", "customer", "C-1"],
] as const)("an entry of the suppression list for %s is told with its note", async (_, kind, value) => {
  const contactId = await person({ externalId: "C-1", waId: "221770000109" });
  await list(kind, value);
  await list(kind, value, await testActor(database.db));
  const { today } = await explainContact(actor, { contactId });
  expect(today.suppressions).toEqual([
    { kind: "list", names: kind, note: "Revoked numbers of October", since: new Date("2026-11-02T08:00:00Z") },
  ]);
  expect(JSON.stringify(today)).not.toContain(phone.slice(-7));
});

test("a STOP that was written under another contact with the same phone is told to be theirs", async () => {
  const contactId = await person();
  const since = new Date("2026-11-10T08:00:00Z");
  const other = await person({ suppressedAt: since, suppressedReason: "opt-out" });
  await person({ phone: "+221770000102", suppressedAt: since, suppressedReason: "opt-out" });
  const { today } = await explainContact(actor, { contactId });
  expect(today.suppressions).toEqual([{ kind: "contact", reason: "opt-out", since, sharedWith: other }]);
});

test("the newest event that ever came is told, also where it lies within the period", async () => {
  const contactId = await person();
  const { workspaceId } = actor.session;
  for (const [name, at] of [
    ["loan.applied", "2026-11-20T08:00:00Z"] as const,
    ["kyc.completed", "2026-11-21T08:00:00Z"] as const,
  ]) {
    const moment = new Date(at);
    await database.db.insert(event).values({
      ...{ id: newId(), workspaceId, shard: 0, contactId, messageId: name, type: "track", name, properties: {} },
      ...{ receivedAt: moment, occurredAt: moment },
    });
  }
  const { lastEvent } = await explainContact(actor, { contactId });
  expect(lastEvent).toEqual({ name: "kyc.completed", at: new Date("2026-11-21T08:00:00Z") });
});

test.each([
  ["not told yet", null, { estimate: { amountMicros: 13_700, currency: "USD" }, reported: null }],
  [
    "free",
    "free_customer_service",
    {
      estimate: { amountMicros: 13_700, currency: "USD" },
      reported: {
        cost: { amountMicros: 0, currency: "USD" },
        pricingType: "free_customer_service",
        pricingCategory: "utility",
      },
    },
  ],
])("what WhatsApp charged is told beside the estimate: %s", async (_, pricingType, cost) => {
  const contactId = await person();
  const at = new Date("2026-11-21T08:00:00Z");
  const pricingCategory = pricingType && "utility";
  await database.db.insert(message).values({
    ...{
      id: newId(),
      workspaceId: actor.session.workspaceId,
      shard: 0,
      contactId,
      direction: "outbound",
      type: "template",
    },
    ...{ status: "delivered", costMicros: 13_700, costCurrency: "USD", pricingType, pricingCategory, createdAt: at },
  });
  const { otherMessages } = await explainContact(actor, { contactId });
  expect(otherMessages).toMatchObject([{ cost }]);
});

test("more messages without a flow than an answer holds are said to be more", async () => {
  const contactId = await person();
  const { workspaceId } = actor.session;
  const at = new Date("2026-11-21T08:00:00Z");
  const row = () => ({
    ...({
      id: newId(),
      workspaceId,
      shard: 0,
      contactId,
      direction: "outbound",
      type: "template",
      status: "sent",
    } as const),
    createdAt: at,
  });
  await database.db.insert(message).values(Array.from({ length: 51 }, row));
  const answer = await explainContact(actor, { contactId });
  expect(answer.otherMessages).toHaveLength(50);
  expect(answer.hasMoreOtherMessages).toBe(true);
});
