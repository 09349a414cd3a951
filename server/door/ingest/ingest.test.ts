import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { Analytics } from "@segment/analytics-node";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { consent, contact, event, eventKey, signalQueue } from "#db/schema/index.ts";
import { openTestDoor, post, type TestDoor, testEnv } from "../test-door.ts";

let door: TestDoor;
beforeAll(async () => {
  door = await openTestDoor(mkdtempSync(path.join(tmpdir(), "door-")));
});
afterAll(() => door.close());

const send = (call: string, body: unknown, headers: Record<string, string> = {}) =>
  post(`${door.url}/v1/${call}`, door.tenant.writeKey, body, headers);

async function personOf(externalId: string) {
  const [row] = await door.database.db
    .select()
    .from(contact)
    .where(and(eq(contact.workspaceId, door.tenant.workspaceId), eq(contact.externalId, externalId)));
  if (!row) throw new Error(`nobody is called ${externalId}`);
  return row;
}

const eventsOf = (externalId: string) =>
  door.database.db
    .select({ event })
    .from(event)
    .innerJoin(contact, eq(contact.id, event.contactId))
    .where(eq(contact.externalId, externalId))
    .orderBy(event.receivedAt, event.id)
    .then((rows) => rows.map((row) => row.event));

test("an event is stored, makes its person, and is queued for the engine in one go", async () => {
  const { status, body } = await send("track", {
    userId: "u1",
    event: "Transaction Posted",
    messageId: "m-1",
    properties: { amount: 1050, nested: { é: ["ü", null, true] } },
  });
  expect({ status, body }).toEqual({ status: 200, body: { success: true, rejected: [], warnings: [] } });
  const person = await personOf("u1");
  const [stored] = await eventsOf("u1");
  expect(stored).toMatchObject({ name: "transaction.posted", type: "track", messageId: "m-1", shard: person.shard });
  expect(stored?.properties).toEqual({ amount: 1050, nested: { é: ["ü", null, true] } });
  const [queued] = await door.database.db.select().from(signalQueue).where(eq(signalQueue.contactId, person.id));
  expect(queued).toMatchObject({
    shard: person.shard,
    enrollmentId: null,
    payload: { kind: "event" },
    eventId: stored?.id,
    createdAt: stored?.receivedAt,
  });
});

test("a retry with the same message ids gives one event, also inside one batch and in parallel", async () => {
  const item = { type: "track", userId: "u2", event: "kyc.incomplete", messageId: "same" };
  await send("batch", { batch: [item, item, { ...item, messageId: "another" }] });
  await Promise.all(Array.from({ length: 10 }, () => send("batch", { batch: [item] })));
  expect((await eventsOf("u2")).map((row) => row.messageId).sort()).toEqual(["another", "same"]);
});

test("the independent Segment client is understood", async () => {
  const client = new Analytics({ writeKey: door.tenant.writeKey, host: door.url, path: "/v1/batch", flushAt: 1 });
  client.identify({
    userId: "seg",
    traits: { firstName: "Awa", phone: "77 123 45 67", creditScore: 710, whatsappConsent: ["service"] },
  });
  client.track({ userId: "seg", event: "Loan Applied", properties: { amount: 5 } });
  client.page({ userId: "seg", name: "Home", properties: { url: "https://example.com" } });
  await client.closeAndFlush();
  const person = await personOf("seg");
  expect(person).toMatchObject({ firstName: "Awa", phone: "+221771234567", attributes: { creditScore: 710 } });
  expect(person.consents).toMatchObject({ service: { state: "granted", source: "identify" } });
  expect((await eventsOf("seg")).map((row) => row.name).sort()).toEqual([
    "contact.identified",
    "loan.applied",
    "page.viewed",
  ]);
});

test("gzip labelled as a form, as RudderStack's client sends it, is understood", async () => {
  const sample = {
    batch: [
      {
        userId: "cust_1002",
        event: "Payment Due",
        properties: { amount: 300, currency: "USD", dueDate: "2026-11-30" },
        type: "track",
        context: { library: { name: "analytics-node", version: "3.0.13" } },
        originalTimestamp: "2026-11-22T10:40:06.066Z",
        messageId: "825e0625",
        sentAt: "2026-11-22T10:40:06.166Z",
      },
    ],
    sentAt: "2026-11-22T10:40:06.166Z",
  };
  const headers = { "content-type": "application/x-www-form-urlencoded", "content-encoding": "gzip" };
  const { status } = await send("batch", gzipSync(JSON.stringify(sample)), headers);
  expect(status).toBe(200);
  const [stored] = await eventsOf("cust_1002");
  expect(stored?.name).toBe("payment.due");
  // The sender's clock was behind by however long ago that was; the event is 100 ms older than its sending.
  expect((stored?.receivedAt.getTime() ?? 0) - (stored?.occurredAt.getTime() ?? 0)).toBe(100);
});

test("16 parallel batches over the same new people neither deadlock nor double anybody", async () => {
  const batchOf = (round: number) =>
    Array.from({ length: 60 }, (_, index) => {
      const person = `crowd-${(index * 7 + round * 11) % 30}`;
      const messageId = `crowd-${round}-${index}`;
      return index % 5 === 0
        ? { type: "identify", userId: person, messageId, traits: { [`seen${round}`]: index } }
        : { type: "track", userId: person, event: "crowd.moved", messageId };
    });
  const answers = await Promise.all(Array.from({ length: 16 }, (_, round) => send("batch", { batch: batchOf(round) })));
  expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 16 }, () => 200));
  const people = await door.database.db.select().from(contact).where(eq(contact.workspaceId, door.tenant.workspaceId));
  const crowd = people.filter((person) => person.externalId?.startsWith("crowd-"));
  expect(crowd).toHaveLength(30);
  expect(new Set(crowd.map((person) => person.externalId)).size).toBe(30);
  const keys = await door.database.db.select().from(eventKey);
  expect(keys.filter((key) => key.messageId.startsWith("crowd-"))).toHaveLength(16 * 60);
});

test("identify makes the anonymous visitor that person, with their history", async () => {
  await send("track", { anonymousId: "anon-1", event: "form.opened", messageId: "anon-m1" });
  await send("identify", { userId: "u-anon", anonymousId: "anon-1", traits: { firstName: "Moussa" } });
  await send("track", { anonymousId: "anon-1", event: "form.sent", messageId: "anon-m2" });
  expect((await eventsOf("u-anon")).map((row) => row.name)).toEqual(["form.opened", "contact.identified", "form.sent"]);
  expect(await personOf("u-anon")).toMatchObject({ anonymousId: "anon-1", firstName: "Moussa" });
});

test("two people who are identified with one device stay two people", async () => {
  await send("track", { anonymousId: "shared", event: "app.opened" });
  await send("batch", {
    batch: [
      { type: "identify", userId: "first", anonymousId: "shared", traits: { firstName: "A" } },
      { type: "identify", userId: "second", anonymousId: "shared", traits: { firstName: "B" } },
    ],
  });
  expect((await personOf("first")).id).not.toBe((await personOf("second")).id);
  expect((await eventsOf("first")).map((row) => row.name)).toEqual(["app.opened", "contact.identified"]);
});

test("null removes, a bad trait is left out and named, the rest counts", async () => {
  await send("identify", { userId: "t1", traits: { firstName: "Old", score: 1, plan: "gold" } });
  const { status, body } = await send("identify", {
    userId: "t1",
    messageId: "t1-m2",
    traits: { firstName: null, score: 2, plan: null, phone: "12", timezone: "Mars/Olympus", "a.b": 1, locale: "fr-SN" },
  });
  expect(status).toBe(200);
  expect(body.warnings).toEqual([
    { index: 0, messageId: "t1-m2", reason: "invalid-phone", path: "traits.phone" },
    { index: 0, messageId: "t1-m2", reason: "invalid-timezone", path: "traits.timezone" },
    { index: 0, messageId: "t1-m2", reason: "invalid-trait", path: "traits.a.b" },
  ]);
  expect(await personOf("t1")).toMatchObject({
    firstName: null,
    phone: null,
    timezone: null,
    locale: "fr-SN",
    attributes: { score: 2 },
  });
});

test("consent follows the list and the preferences, and each change is proven once", async () => {
  const identify = (traits: object, context: object = {}) => send("identify", { userId: "c1", traits, context });
  await identify({ whatsappConsent: ["service", "marketing"] });
  await identify({ whatsappConsent: ["service", "marketing"] });
  await identify({ whatsappConsent: ["service"] });
  await identify({}, { consent: { categoryPreferences: { service: false, marketing: true, advertising: true } } });
  const person = await personOf("c1");
  expect(person.consents).toMatchObject({ service: { state: "withdrawn" }, marketing: { state: "granted" } });
  const ledger = await door.database.db
    .select()
    .from(consent)
    .where(eq(consent.contactId, person.id))
    .orderBy(consent.at, consent.id);
  expect(ledger.map((row) => `${row.purpose} ${row.state}`)).toEqual([
    "service granted",
    "marketing granted",
    "marketing withdrawn",
    "service withdrawn",
    "marketing granted",
  ]);
  expect(ledger.every((row) => row.source === "identify" && row.proof.messageId)).toBe(true);
});

test("what the person stopped themselves is not given back by a system that repeats old consent", async () => {
  await send("identify", { userId: "stop", traits: { whatsappConsent: ["marketing"] } });
  const { id } = await personOf("stop");
  const stopped = { marketing: { state: "withdrawn" as const, at: new Date().toISOString(), source: "keyword" } };
  await door.database.db.update(contact).set({ consents: stopped }).where(eq(contact.id, id));
  await send("identify", { userId: "stop", traits: { whatsappConsent: ["marketing"] } });
  expect((await personOf("stop")).consents).toEqual(stopped);
});

test("an event the database refuses does not take its neighbours with it", async () => {
  const { pool } = door.database;
  await pool.query("alter table event add constraint no_poison check (name <> 'poison.pill') not valid");
  const batch = Array.from({ length: 9 }, (_, index) => ({
    type: "track",
    userId: `neighbour-${index}`,
    event: index === 4 ? "poison.pill" : "fine",
    messageId: `poison-${index}`,
  }));
  const { status, body } = await send("batch", { batch });
  await pool.query("alter table event drop constraint no_poison");
  expect(status).toBe(200);
  expect(body.rejected).toEqual([{ index: 4, messageId: "poison-4", reason: "not-storable", path: "" }]);
  const { rows } = await pool.query("select count(*)::int as n from event where message_id like 'poison-%'");
  expect(rows[0]).toEqual({ n: 8 });
});

test("the same ids in two workspaces are two people and two events", async () => {
  await send("track", { userId: "both", event: "x", messageId: "both-1" });
  await post(`${door.url}/v1/track`, door.other.writeKey, { userId: "both", event: "x", messageId: "both-1" });
  const rows = await eventsOf("both");
  expect(new Set(rows.map((row) => row.workspaceId)).size).toBe(2);
});

test("with the database away the answer is 503 with Retry-After, never a success", async () => {
  const { startDoor } = await import("../start-door.ts");
  const { default: pino } = await import("pino");
  const lost = await startDoor(testEnv("postgres://postgres@127.0.0.1:9/none", door.home), pino({ level: "silent" }));
  try {
    const url = `http://127.0.0.1:${lost.port}`;
    const { status, headers, body } = await post(`${url}/v1/track`, "any", { userId: "u", event: "x" });
    expect(status).toBe(503);
    expect(headers.get("retry-after")).toMatch(/^\d+$/);
    expect(body).toMatchObject({ error: { code: "unavailable" } });
    expect((await fetch(`${url}/health`)).status).toBe(503);
  } finally {
    await lost.close();
  }
});
