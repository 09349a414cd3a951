import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contact, event, eventKey, signalQueue } from "#db/schema/index.ts";
import { newId } from "#server/id.ts";
import { openTestDoor, post, type TestDoor } from "../test-door.ts";
import { KnownPeople } from "./known-people.ts";

let door: TestDoor;
beforeAll(async () => {
  door = await openTestDoor(mkdtempSync(path.join(tmpdir(), "door-")));
});
afterAll(() => door.close());

const track = (userId: string, messageId: string) =>
  post(`${door.url}/v1/track`, door.tenant.writeKey, { userId, event: "paid", messageId, properties: { amount: 1 } });
const batch = (userId: string, messageIds: string[]) =>
  post(`${door.url}/v1/batch`, door.tenant.writeKey, {
    batch: messageIds.map((messageId) => ({ type: "track", userId, event: "paid", messageId })),
  });
const contactsOf = (externalId: string) =>
  door.database.db.select().from(contact).where(eq(contact.externalId, externalId));
const eventsOf = (contactId: string) =>
  door.database.db.select().from(event).where(eq(event.contactId, contactId)).orderBy(event.id);

test("the first event finds the person by userId, the next ones by contact, and all are stored the same", async () => {
  await track("known", "known-1");
  await track("known", "known-2");
  const [person] = await contactsOf("known");
  const rows = await eventsOf(person?.id ?? "");
  expect(rows.map((row) => row.messageId)).toEqual(["known-1", "known-2"]);
  const [first, second] = rows.map(({ id, messageId, receivedAt, occurredAt, ...rest }) => rest);
  expect(second).toEqual(first);
  const queued = await door.database.db
    .select()
    .from(signalQueue)
    .where(eq(signalQueue.contactId, person?.id ?? ""));
  expect(queued).toMatchObject(
    rows.map(({ id, receivedAt }) => ({ payload: { kind: "event" }, eventId: id, createdAt: receivedAt })),
  );
});

test("a known person's repeated message id is one event, also twice in one batch, and its neighbours are stored", async () => {
  await track("repeats", "repeats-1");
  const { status } = await batch("repeats", ["repeats-2", "repeats-1", "repeats-2", "repeats-3"]);
  expect(status).toBe(200);
  const [person] = await contactsOf("repeats");
  expect((await eventsOf(person?.id ?? "")).map((row) => row.messageId)).toEqual([
    "repeats-1",
    "repeats-2",
    "repeats-3",
  ]);
});

test("a known person who was erased, or is somebody else now, is looked for anew", async () => {
  const { db } = door.database;
  await track("gone", "gone-1");
  const [before] = await contactsOf("gone");
  await db.delete(contact).where(eq(contact.id, before?.id ?? ""));
  expect((await track("gone", "gone-2")).status).toBe(200);
  const [after] = await contactsOf("gone");
  expect(after?.id).not.toBe(before?.id);
  await db
    .update(contact)
    .set({ externalId: "renamed" })
    .where(eq(contact.id, after?.id ?? ""));
  expect((await track("gone", "gone-3")).status).toBe(200);
  const [again] = await contactsOf("gone");
  expect(again?.id).not.toBe(after?.id);
  expect((await eventsOf(again?.id ?? "")).map((row) => row.messageId)).toEqual(["gone-3"]);
  expect(await db.$count(eventKey, eq(eventKey.messageId, "gone-3"))).toBe(1);
});

test("what is not asked for again is forgotten when many others came", () => {
  const known = new KnownPeople(4);
  const arrival = (userId: string) => ({
    workspaceId: "w",
    eventId: newId(),
    messageId: userId,
    type: "track",
    name: "x",
    properties: {},
    person: { userId, anonymousId: null },
    receivedAt: 0,
    occurredAt: 0,
    originalTimestamp: null,
    sentAt: null,
    isSignal: true,
    profile: null,
  });
  known.remember(arrival("kept"), "kept");
  known.remember(arrival("left"), "left");
  for (const other of ["a", "b", "c", "d"]) {
    known.remember(arrival(other), other);
    expect(known.contactsOf([arrival("kept")])).toEqual(["kept"]);
  }
  expect(known.contactsOf([arrival("left")])).toBeNull();
});
