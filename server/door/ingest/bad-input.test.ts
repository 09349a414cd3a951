import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessKey, event } from "#db/schema/index.ts";
import { openTestDoor, post, type TestDoor } from "../test-door.ts";

let door: TestDoor;
beforeAll(async () => {
  door = await openTestDoor(mkdtempSync(path.join(tmpdir(), "door-")));
});
afterAll(() => door.close());

const send = (call: string, body: unknown, headers: Record<string, string> = {}) =>
  post(`${door.url}/v1/${call}`, door.tenant.writeKey, body, headers);

/** JSON text, because what is tested cannot be written by JSON.stringify. */
const withProperties = (properties: string) =>
  `{"type":"track","userId":"p","event":"x","messageId":"bad","properties":${properties}}`;
const nested = (depth: number) => withProperties(`${'{"a":'.repeat(depth - 1)}1${"}".repeat(depth - 1)}`);
const manyKeys = (count: number) =>
  withProperties(`{${Array.from({ length: count }, (_, index) => `"k${index}":1`).join(",")}}`);

const poison: [string, string, string, string][] = [
  ["a NUL in a text", withProperties('{"a":{"b":"x\\u0000"}}'), "invalid-text", "properties.a.b"],
  ["a NUL in a key", withProperties('{"a":{"b\\u0000":1}}'), "invalid-text", "properties.a"],
  ["a lone surrogate", withProperties('{"a":["ok","\\ud800"]}'), "invalid-text", "properties.a.1"],
  ["nested 33 deep", nested(33), "too-deep", `properties.${Array.from({ length: 31 }, () => "a").join(".")}`],
  ["nested 5,000 deep", nested(5_000), "too-deep", `properties.${Array.from({ length: 31 }, () => "a").join(".")}`],
  ["a number that is infinite here", withProperties('{"amount":1e400}'), "unsafe-number", "properties.amount"],
  ["a number with a huge exponent", withProperties('{"amount":-1e131071}'), "unsafe-number", "properties.amount"],
  ["an id above 2^53", withProperties('{"id":9007199254740993}'), "unsafe-number", "properties.id"],
  ["1,001 keys", manyKeys(1_001), "too-many-keys", "properties"],
  ["more than 32 kB", withProperties(`{"a":"${"x".repeat(33_000)}"}`), "too-large", ""],
  ["__proto__", withProperties('{"__proto__":{"isAdmin":true}}'), "forbidden-key", "properties"],
  ["__proto__ behind escapes", withProperties('{"\\u005f_proto__":1}'), "forbidden-key", "properties"],
  ["a dotted __proto__", withProperties('{"a.__proto__.b":1}'), "forbidden-key", "properties"],
  ["constructor.prototype", withProperties('{"constructor":{"prototype":{"x":1}}}'), "forbidden-key", "properties"],
  ["no user", '{"type":"track","event":"x","messageId":"bad"}', "missing-user", "userId"],
  ["a name of ours", '{"type":"track","userId":"p","messageId":"bad","event":"Flow Run"}', "reserved-name", "event"],
  ["no event name", '{"type":"track","userId":"p","messageId":"bad"}', "missing-event-name", "event"],
  ["an empty user id", '{"type":"track","userId":"","event":"x","messageId":"bad"}', "invalid-user-id", "userId"],
  ["properties that are a list", withProperties("[1]"), "invalid-properties", "properties"],
  [
    "a time that is none",
    '{"type":"track","userId":"p","event":"x","messageId":"bad","timestamp":"yesterday"}',
    "invalid-timestamp",
    "timestamp",
  ],
  [
    "an event name of 201 characters",
    `{"type":"track","userId":"p","messageId":"bad","event":"${"x".repeat(201)}"}`,
    "invalid-name",
    "event",
  ],
  ["a text instead of an event", '"hello"', "not-an-object", ""],
  ["null instead of an event", "null", "not-an-object", ""],
];

test.each(poison)(
  "%s is refused with a code and a path, and its neighbours are stored",
  async (_, item, reason, where) => {
    const neighbour = (id: string) =>
      JSON.stringify({ type: "track", userId: "n", event: "fine", messageId: `${reason}-${where}-${id}` });
    const before = await door.database.db.$count(event);
    const { status, body } = await send("batch", `{"batch":[${neighbour(`${_}1`)},${item},${neighbour(`${_}2`)}]}`);
    expect(status).toBe(200);
    expect(body.rejected).toEqual([
      { index: 1, messageId: item.includes('"bad"') ? "bad" : null, reason, path: where },
    ]);
    expect(await door.database.db.$count(event)).toBe(before + 2);
  },
);

test.each(poison.filter(([, item]) => item.startsWith("{")))(
  "%s alone is a 4xx with the same code and path",
  async (_, item, reason, where) => {
    const { status, body } = await send("track", item);
    expect(status).toBe(reason === "too-large" ? 413 : 400);
    if (status === 400) expect(body).toMatchObject({ error: { detail: { reason, path: where } } });
  },
);

test.each([
  ["exactly 32 deep", nested(32)],
  ["2^53 - 1", withProperties('{"id":9007199254740991}')],
  ["a repeated key, of which the last wins", withProperties('{"a":1,"a":2}')],
  ["a key called constructor", withProperties('{"constructor":"Ferrari"}')],
  ["an emoji written as escapes", withProperties('{"a":"\\ud83d\\ude00"}')],
  ["a byte order mark", `\ufeff${withProperties("{}")}`],
])("%s is accepted", async (name, item) => {
  const { status, body } = await send("track", item.replace('"bad"', `"good ${name}"`));
  expect({ status, body }).toEqual({ status: 200, body: { success: true, rejected: [], warnings: [] } });
});

test("bytes that are not UTF-8 cost only the event that holds them", async () => {
  const batch =
    '{"batch":[{"type":"track","userId":"utf","event":"x","messageId":"utf-1"},{"type":"track","userId":"utf","event":"x","messageId":"utf-2","properties":{"a":"?"}}]}';
  const bytes = Buffer.from(batch);
  bytes[bytes.lastIndexOf("?")] = 0xff;
  const { status, body } = await send("batch", bytes);
  expect({ status, rejected: body.rejected }).toEqual({
    status: 200,
    rejected: [{ index: 1, messageId: "utf-2", reason: "invalid-text", path: "properties.a" }],
  });
});

const event500 = (count: number) => ({
  batch: Array.from({ length: count }, (_, index) => ({
    type: "track",
    userId: "many",
    event: "x",
    messageId: `many-${index}`,
  })),
});

test.each([
  ["500 events are taken", () => event500(500), 200],
  ["501 events", () => event500(501), 413],
  ["a batch above 1 MB", () => ({ batch: [], padding: "x".repeat(1_048_576) }), 413],
  ["a gzip bomb", () => gzipSync("x".repeat(20_000_000)), 413],
  ["broken gzip", () => new Uint8Array([0x1f, 0x8b, 1, 2, 3]), 400],
  ["no JSON", () => "{nope", 400],
  ["an empty body", () => "", 400],
  ["a batch that is none", () => ({ events: [] }), 400],
])("%s: %#", async (_, body, expected) => {
  const { status } = await send("batch", body());
  expect(status).toBe(expected);
});

test.each([
  ["no key", null],
  ["a wrong key", "wrong"],
  ["an empty key", ""],
  ["a REST key", "acme-rest"],
])("%s is 401 and stores nothing", async (_, key) => {
  const before = await door.database.db.$count(event);
  const { status } = await post(`${door.url}/v1/track`, key, { userId: "u", event: "x" });
  expect(status).toBe(401);
  expect(await door.database.db.$count(event)).toBe(before);
});

test("the key may come as Basic, as Bearer, or in the body", async () => {
  const { writeKey } = door.tenant;
  const body = { userId: "k", event: "x" };
  const answers = await Promise.all([
    post(`${door.url}/v1/track`, writeKey, body),
    post(`${door.url}/v1/track`, null, body, { authorization: `Bearer ${writeKey}` }),
    post(`${door.url}/v1/track`, null, { ...body, writeKey }),
    post(
      `${door.url}/v1/batch`,
      null,
      { batch: [{ type: "track", ...body }], writeKey },
      { "content-type": "text/plain" },
    ),
  ]);
  expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
});

test("a revoked key works nowhere a second later", async () => {
  const { db } = door.database;
  const works = async () =>
    (await post(`${door.url}/v1/track`, door.other.writeKey, { userId: "r", event: "x" })).status;
  expect(await works()).toBe(200);
  await db.update(accessKey).set({ revokedAt: new Date() }).where(eq(accessKey.workspaceId, door.other.workspaceId));
  await expect.poll(works, { timeout: 5_000, interval: 50 }).toBe(401);
});
