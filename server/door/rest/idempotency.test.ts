import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contact, event, flow, idempotencyKey } from "#db/schema/index.ts";
import { emptyGraph } from "#flow/graph.ts";
import { prune } from "#server/engine/prune.ts";
import { openTestDoor, type TestDoor } from "../test-door.ts";

let door: TestDoor;
beforeAll(async () => {
  door = await openTestDoor(mkdtempSync(path.join(tmpdir(), "door-")));
});
afterAll(() => door.close());

/** One POST; the answer byte for byte. */
async function send(address: string, body: unknown, key: string | null, accessKey = door.tenant.restKey) {
  const response = await fetch(`${door.url}${address}`, {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { authorization: `Bearer ${accessKey}`, ...(key === null ? {} : { "idempotency-key": key }) },
  });
  return {
    status: response.status,
    text: await response.text(),
    isRepeat: response.headers.get("idempotent-replayed") === "true",
    retryAfter: response.headers.get("retry-after"),
  };
}

const paid = (userId: string) => ({ event: "Payment Received", userId, properties: { amount: 1050 } });

async function countEvents(userId: string): Promise<number> {
  const rows = await door.database.db
    .select({ id: event.id })
    .from(event)
    .innerJoin(contact, eq(contact.id, event.contactId))
    .where(eq(contact.externalId, userId));
  return rows.length;
}

const rowOf = (key: string) =>
  and(eq(idempotencyKey.key, key), eq(idempotencyKey.workspaceId, door.tenant.workspaceId));
const change = (key: string, values: Partial<typeof idempotencyKey.$inferInsert>) =>
  door.database.db.update(idempotencyKey).set(values).where(rowOf(key));
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

test("50 calls with one key at once are one event: those that come too early are told to wait, and then hear what the first did", async () => {
  const tries = await Promise.all(Array.from({ length: 50 }, () => send("/v1/events", paid("fifty"), "fifty")));
  const early = tries.filter((answer) => answer.status === 409);
  expect(early.every((answer) => Number(answer.retryAfter) >= 1)).toBe(true);
  const again = await Promise.all(early.map(() => send("/v1/events", paid("fifty"), "fifty")));
  const told = [...tries.filter((answer) => answer.status !== 409), ...again];
  expect(told).toHaveLength(50);
  expect(new Set(told.map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1);
  expect(told[0]?.status).toBe(201);
  expect(told.filter((answer) => !answer.isRepeat)).toHaveLength(1);
  expect(await countEvents("fifty")).toBe(1);
});

test("without a key each call is an event of its own", async () => {
  await send("/v1/events", paid("keyless"), null);
  await send("/v1/events", paid("keyless"), null);
  expect(await countEvents("keyless")).toBe(2);
});

test("the same key for another body is 422 and changes nothing", async () => {
  await send("/v1/events", paid("changed"), "changed");
  const other = await send("/v1/events", { ...paid("changed"), properties: { amount: 9 } }, "changed");
  expect(other.status).toBe(422);
  expect(other.text).toContain("idempotency-key-reused");
  expect(await countEvents("changed")).toBe(1);
});

test("a key means something in its workspace and for its call only", async () => {
  await send("/v1/events", paid("scope"), "scope");
  const contacts = await send("/v1/contacts", { userId: "scope", traits: { firstName: "Awa" } }, "scope");
  const theirs = await send("/v1/events", paid("scope"), "scope", door.other.restKey);
  expect([contacts, theirs].map((answer) => [answer.status, answer.isRepeat])).toEqual([
    [200, false],
    [201, false],
  ]);
});

test("after seven days the key is free for a new event, and the pruner takes it away", async () => {
  await send("/v1/events", paid("week"), "week");
  await change("week", { createdAt: daysAgo(6.9) });
  expect((await send("/v1/events", paid("week"), "week")).isRepeat).toBe(true);
  await change("week", { createdAt: daysAgo(7.1) });
  expect((await send("/v1/events", paid("week"), "week")).isRepeat).toBe(false);
  expect(await countEvents("week")).toBe(2);
  await change("week", { createdAt: daysAgo(7.1) });
  await prune(door.database.pool);
  expect(await door.database.db.$count(idempotencyKey, rowOf("week"))).toBe(0);
});

test("the key of a call whose process died is free when its lease is over, and the event is still one", async () => {
  await send("/v1/events", paid("died"), "died");
  const dead = { status: null, answer: null };
  await change("died", { ...dead, leaseUntil: new Date(Date.now() + 60_000) });
  expect((await send("/v1/events", paid("died"), "died")).status).toBe(409);
  await change("died", { ...dead, leaseUntil: new Date(Date.now() - 1_000) });
  expect((await send("/v1/events", { ...paid("died"), userId: "somebody else" }, "died")).status).toBe(422);
  expect((await send("/v1/events", paid("died"), "died")).status).toBe(201);
  expect(await countEvents("died")).toBe(1);
});

test("a refusal of the handler is the answer, and is repeated even when it would succeed now", async () => {
  const made = await send("/v1/flows", { name: "Not yet", graph: emptyGraph() }, "make");
  const { id } = JSON.parse(made.text) as { id: string };
  const first = await send(`/v1/flows/${id}/publish`, "", "publish");
  await door.database.db.delete(flow).where(eq(flow.id, id));
  const second = await send(`/v1/flows/${id}/publish`, "", "publish");
  expect(first.status).toBe(422);
  expect(second).toMatchObject({ status: 422, text: first.text, isRepeat: true });
});

test("importing a flow twice with one key makes one draft", async () => {
  const body = { name: "Once only", graph: emptyGraph() };
  const answers = [await send("/v1/flows", body, "import"), await send("/v1/flows", body, "import")];
  expect(answers[1]?.text).toBe(answers[0]?.text);
  expect(await door.database.db.$count(flow, eq(flow.name, "Once only"))).toBe(1);
});

test.each([
  ["no JSON", "/v1/events", "{", 400],
  ["an event without a person", "/v1/events", { event: "x" }, 400],
  ["an event that lacks its name", "/v1/events", { userId: "u" }, 422],
  ["an unknown field", "/v1/events", { ...paid("u"), workspaceId: "other" }, 422],
  ["an event above 256 kB", "/v1/events", { ...paid("u"), properties: { a: "x".repeat(262_144) } }, 413],
  ["a flow without a name", "/v1/flows", { graph: emptyGraph() }, 422],
])("%s is not kept: the corrected call may take the same key", async (name, address, body, status) => {
  const key = `corrected ${name}`;
  expect((await send(address, body, key)).status).toBe(status);
  expect(await door.database.db.$count(idempotencyKey, rowOf(key))).toBe(0);
});

test("a wrong access key keeps nothing, and a write key may send events but not change flows", async () => {
  expect((await send("/v1/events", paid("u"), "signed-out", "nope")).status).toBe(401);
  expect(await door.database.db.$count(idempotencyKey, rowOf("signed-out"))).toBe(0);
  expect((await send("/v1/events", paid("by-write-key"), null, door.tenant.writeKey)).status).toBe(201);
  expect((await send("/v1/flows", { name: "x", graph: emptyGraph() }, null, door.tenant.writeKey)).status).toBe(401);
});

test.each([
  ["255 characters", "k".repeat(255), 201],
  ["256 characters", "k".repeat(256), 400],
  ["nothing", "", 400],
])("a key of %s is answered %i", async (_, key, status) => {
  expect((await send("/v1/events", paid("length"), key, door.tenant.restKey)).status).toBe(status);
});

test("a contact is made and changed like by identify, and what was not usable is named", async () => {
  const { status, text } = await send(
    "/v1/contacts",
    { userId: 4711, traits: { firstName: "Moussa", phone: "12", score: 3, whatsappConsent: ["service"] } },
    null,
  );
  const [row] = await door.database.db.select().from(contact).where(eq(contact.externalId, "4711"));
  expect({ status, body: JSON.parse(text) }).toEqual({
    status: 200,
    body: { id: row?.id, externalId: "4711", warnings: [{ reason: "invalid-phone", path: "traits.phone" }] },
  });
  expect(row).toMatchObject({
    firstName: "Moussa",
    attributes: { score: 3 },
    consents: { service: { state: "granted", source: "identify" } },
  });
});
