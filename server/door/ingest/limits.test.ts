import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDoor, post, type TestDoor } from "../test-door.ts";
import { eventLimits } from "./limits.ts";

let door: TestDoor;
beforeAll(async () => {
  door = await openTestDoor(mkdtempSync(path.join(tmpdir(), "door-")));
});
afterAll(() => door.close());

const send = (call: string, body: unknown) => post(`${door.url}/v1/${call}`, door.tenant.writeKey, body);
const sendByRest = (call: string, body: unknown) =>
  post(`${door.url}/v1/${call}`, null, body, { authorization: `Bearer ${door.tenant.restKey}` });

const x = (length: number) => "x".repeat(length);
const track = (given: object) => ({ type: "track", userId: "edge", event: "edge", ...given });
/** Levels of the whole item: the item is the first, its properties the second. */
const deep = (levels: number) => {
  let value: object = {};
  for (let level = 2; level < levels; level++) value = { a: value };
  return value;
};
/** Keys of the whole item: those of `track` and "properties" count too. */
const keys = (count: number) => Object.fromEntries(Array.from({ length: count - 4 }, (_, index) => [`k${index}`, 1]));
const entries = (count: number) => ({ list: Array.from({ length: count - 5 }, () => 1) });
/** An item of exactly so many bytes. */
const sized = (bytes: number, item: (text: string) => object) =>
  item(x(bytes - Buffer.byteLength(JSON.stringify(item("")))));

const { messageIdLength, userIdLength, nameLength, depth, eventBytes, restEventBytes } = eventLimits;

test.each<[string, (size: number) => object, number, string]>([
  ["characters of a message id", (size) => track({ messageId: x(size) }), messageIdLength, "invalid-message-id"],
  ["characters of a user id", (size) => track({ userId: x(size) }), userIdLength, "invalid-user-id"],
  ["characters of an anonymous id", (size) => track({ anonymousId: x(size) }), userIdLength, "invalid-user-id"],
  [
    "characters of a previous id",
    (size) => ({ type: "alias", userId: "edge", previousId: x(size) }),
    userIdLength,
    "invalid-user-id",
  ],
  [
    "characters of a group id",
    (size) => ({ type: "group", userId: "edge", groupId: x(size) }),
    userIdLength,
    "invalid-user-id",
  ],
  ["characters of an event's name", (size) => track({ event: x(size) }), nameLength, "invalid-name"],
  [
    "characters of a page's name",
    (size) => ({ type: "page", userId: "edge", name: x(size) }),
    nameLength,
    "invalid-name",
  ],
  ["levels", (size) => track({ properties: deep(size) }), depth, "too-deep"],
  ["keys", (size) => track({ properties: keys(size) }), eventLimits.keys, "too-many-keys"],
  ["keys and list entries", (size) => track({ properties: entries(size) }), eventLimits.keys, "too-many-keys"],
  ["bytes", (size) => sized(size, (text) => track({ properties: { text } })), eventBytes, "too-large"],
])(
  "%s: %#. the edge is taken and one more is refused by name, alone and beside neighbours that are taken",
  async (_, item, edge, reason) => {
    const [type] = [(item(edge) as { type: string }).type];
    expect((await send(type, item(edge))).status).toBe(200);
    const alone = await send(type, item(edge + 1));
    expect(alone.status).toBe(reason === "too-large" ? 413 : 400);
    if (reason !== "too-large") expect(alone.body).toMatchObject({ error: { detail: { reason } } });
    const { status, body } = await send("batch", { batch: [item(edge), item(edge + 1), track({})] });
    expect({ status, rejected: body.rejected }).toMatchObject({ status: 200, rejected: [{ index: 1, reason }] });
  },
);

test.each<[string, (size: number) => object, number, string]>([
  [
    "bytes",
    (size) => sized(size, (text) => ({ userId: "edge", event: "edge", properties: { text } })),
    restEventBytes,
    "events",
  ],
  ["bytes", (size) => sized(size, (text) => ({ userId: "edge", traits: { text } })), restEventBytes, "contacts"],
  ["levels", (size) => ({ userId: "edge", event: "edge", properties: deep(size) }), depth, "events"],
  ["keys", (size) => ({ userId: "edge", event: "edge", properties: keys(size) }), eventLimits.keys, "events"],
  ["characters of a user id", (size) => ({ userId: x(size), event: "edge" }), userIdLength, "events"],
  [
    "characters of a message id",
    (size) => ({ userId: "edge", event: "edge", messageId: x(size) }),
    messageIdLength,
    "events",
  ],
  ["characters of a name", (size) => ({ userId: "edge", event: x(size) }), nameLength, "events"],
])("%s of one item by REST: the edge is taken and one more refused (%#)", async (unit, body, edge, call) => {
  expect((await sendByRest(call, body(edge))).status).toBeLessThan(300);
  const beyond = await sendByRest(call, body(edge + 1));
  expect(beyond.status).toBe(unit === "bytes" ? 413 : unit.startsWith("characters") ? 422 : 400);
  expect(beyond.body).toMatchObject({ error: { message: expect.stringMatching(/\w/) } });
});

const small = { type: "track", userId: "edge", event: "edge" };
test.each<[string, (size: number) => object, number]>([
  ["events of a batch", (size) => ({ batch: Array.from({ length: size }, () => small) }), eventLimits.batchItems],
  ["bytes of a batch", (size) => sized(size, (padding) => ({ batch: [small], padding })), eventLimits.batchBytes],
])("%s: the edge is taken, one more is 413", async (_, body, edge) => {
  expect((await send("batch", body(edge))).status).toBe(200);
  expect((await send("batch", body(edge + 1))).status).toBe(413);
});

const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
const poison: [string, string | Uint8Array, number][] = [
  ["a NUL", '{"a":"\\u0000"}', 400],
  ["half a pair", '{"a":"\\ud800"}', 400],
  ["33 levels", nested(32), 400],
  ["5,000 levels", nested(5_000), 400],
  ["100,000 levels", nested(100_000), 413],
  ["1e400", '{"a":1e400}', 400],
  ["1e131071", '{"a":1e131071}', 400],
  ["2^53 + 1", '{"a":9007199254740993}', 400],
  ["a text of 10 MB", `{"a":"${x(10_000_000)}"}`, 413],
  ["100,000 keys", `{${Array.from({ length: 100_000 }, (_, at) => `"k${at}":1`).join(",")}}`, 413],
  ["10,000 keys", `{${Array.from({ length: 10_000 }, (_, at) => `"k${at}":1`).join(",")}}`, 400],
  ["__proto__", '{"__proto__":{"isAdmin":true}}', 400],
  ["constructor.prototype", '{"constructor":{"prototype":{"isAdmin":true}}}', 400],
  ["a repeated key, of which the last counts", '{"a":1,"a":2}', 201],
];

test.each(poison)("%s by REST is answered with its code", async (_, properties, status) => {
  const answer = await sendByRest("events", `{"userId":"poison","event":"x","properties":${properties}}`);
  expect(answer.status).toBe(status);
});

test("by REST a byte order mark is not minded, and bytes that are not UTF-8 are refused", async () => {
  const body = '{"userId":"bytes","event":"x","properties":{"a":"?"}}';
  expect((await sendByRest("events", `\ufeff${body}`)).status).toBe(201);
  const bytes = Buffer.from(body);
  bytes[bytes.lastIndexOf("?")] = 0xff;
  expect(await sendByRest("events", bytes)).toMatchObject({
    status: 400,
    body: { error: { detail: { reason: "invalid-text" } } },
  });
});

test("100,000 levels in a batch cost only the event that has them", async () => {
  const batch = `{"batch":[${JSON.stringify(small)},{"type":"track","userId":"u","event":"x","properties":${nested(100_000)}},${JSON.stringify(small)}]}`;
  const { status, body } = await send("batch", batch);
  expect({ status, rejected: body.rejected }).toMatchObject({
    status: 200,
    rejected: [{ index: 1, reason: "too-deep" }],
  });
});
