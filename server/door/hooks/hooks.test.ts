import { createHmac } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { channel, rawWebhook } from "#db/schema/index.ts";
import { secretPlace } from "#server/channels/open-connection.ts";
import { newId } from "#server/id.ts";
import { seal } from "#server/secret.ts";
import { appSecret, hookToken, openTestDoor, type TestDoor, testSecret, verifyToken } from "../test-door.ts";

let door: TestDoor;
beforeAll(async () => {
  door = await openTestDoor(mkdtempSync(path.join(tmpdir(), "door-")));
});
afterAll(() => door.close());

/** Spaces and a \u escape: a body that was parsed and written again would not be these bytes. */
const body = '{ "object":"whatsapp_business_account",  "entry":[{"id":"222","changes":[]}], "note":"\\u00e9" }';
const signed = (text: string, secret = appSecret) =>
  `sha256=${createHmac("sha256", secret).update(text).digest("hex")}`;
const address = (channelId = door.tenant.channelId, token = hookToken) =>
  `${door.url}/hooks/meta/${channelId}/${token}`;
const call = (text: string, headers: Record<string, string>, url = address()) =>
  fetch(url, { method: "POST", body: text, headers });
const stored = () => door.database.db.select().from(rawWebhook);

test("a genuine call is stored byte by byte and wakes the engine", async () => {
  const listener = new pg.Client({ connectionString: door.database.url });
  await listener.connect();
  await listener.query("listen chasqui_webhook");
  const woken = new Promise((resolve) => listener.once("notification", resolve));
  const answer = await call(body, { "x-hub-signature-256": signed(body) });
  expect(answer.status).toBe(200);
  await woken;
  await listener.end();
  const [row] = await stored();
  expect(row?.body.toString()).toBe(body);
  expect(row).toMatchObject({
    workspaceId: door.tenant.workspaceId,
    channelId: door.tenant.channelId,
    processedAt: null,
  });
});

const sha1 = `sha1=${createHmac("sha1", appSecret).update(body).digest("hex")}`;
const digest = signed(body).slice("sha256=".length);

/** Security bar 47 to 49: whatever is not exactly the signature of exactly these bytes. */
test.each<[string, Record<string, string>]>([
  ["no signature", {}],
  ["an empty one", { "x-hub-signature-256": "" }],
  ["a name without a value", { "x-hub-signature-256": "sha256=" }],
  ["only sha1", { "x-hub-signature": sha1 }],
  ["sha1 where sha256 is due", { "x-hub-signature-256": sha1 }],
  ["sha1's length under the name of sha256", { "x-hub-signature-256": sha1.replace("sha1", "sha256") }],
  ["a cut one", { "x-hub-signature-256": signed(body).slice(0, -2) }],
  ["a longer one", { "x-hub-signature-256": `${signed(body)}00` }],
  ["one in capitals", { "x-hub-signature-256": `sha256=${digest.toUpperCase()}` }],
  ["its name in capitals", { "x-hub-signature-256": `SHA256=${digest}` }],
  ["without its name", { "x-hub-signature-256": digest }],
  ["two of which one is right", { "x-hub-signature-256": `${signed(body, "another-secret")}, ${signed(body)}` }],
  ["one of another app", { "x-hub-signature-256": signed(body, "another-secret") }],
  ["one made with an empty secret", { "x-hub-signature-256": signed(body, "") }],
  ["one of an empty body", { "x-hub-signature-256": signed("") }],
  ["one of the body written anew", { "x-hub-signature-256": signed(JSON.stringify(JSON.parse(body))) }],
  ["one of the body with a line end", { "x-hub-signature-256": signed(`${body}\n`) }],
  ["no hex", { "x-hub-signature-256": `sha256=${"z".repeat(64)}` }],
  ["the right one in the query only", { "x-signature": signed(body) }],
])("%s is 401 and nothing is stored", async (_, headers) => {
  const before = (await stored()).length;
  expect((await call(body, headers)).status).toBe(401);
  expect(await stored()).toHaveLength(before);
});

test("a right signature counts under any content type, and says nothing about a query", async () => {
  const before = (await stored()).length;
  const headers = { "x-hub-signature-256": signed(body), "content-type": "multipart/form-data; boundary=x" };
  expect((await call(body, headers, `${address()}?file=../../etc/passwd`)).status).toBe(200);
  expect(await stored()).toHaveLength(before + 1);
});

test("a channel without a secret is closed: what is signed with the empty one is refused, and so is its handshake", async () => {
  const { id: channelId, workspaceId } = { id: newId(), workspaceId: door.tenant.workspaceId };
  const [known] = await door.database.db.select().from(channel).where(eq(channel.id, door.tenant.channelId));
  if (!known) throw new Error("The tenant has no channel.");
  const empty = (field: "token" | "app-secret" | "verify-token") =>
    seal(testSecret, secretPlace({ id: channelId, workspaceId }, field), "");
  await door.database.db.insert(channel).values({
    ...known,
    id: channelId,
    tokenSealed: empty("token"),
    appSecretSealed: empty("app-secret"),
    verifyTokenSealed: empty("verify-token"),
  });
  const before = (await stored()).length;
  const url = address(channelId);
  expect((await call(body, { "x-hub-signature-256": signed(body, "") }, url)).status).toBe(401);
  expect((await call(body, {}, url)).status).toBe(401);
  const handshake = await fetch(`${url}?hub.mode=subscribe&hub.verify_token=&hub.challenge=1`);
  expect(handshake.status).toBe(403);
  expect(await stored()).toHaveLength(before);
});

test.each([
  ["an unknown channel", () => address(newId())],
  ["a wrong token", () => address(undefined, "guess")],
  ["no token", () => `${door.url}/hooks/meta/${door.tenant.channelId}`],
  ["an id that is none", () => address("1 or 1=1")],
])("%s is 404", async (_, url) => {
  expect((await call(body, { "x-hub-signature-256": signed(body) }, url())).status).toBe(404);
});

test("the handshake answers the challenge to whoever knows the verify token", async () => {
  const ask = (token: string) =>
    fetch(`${address()}?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=1158201444`);
  const right = await ask(verifyToken);
  expect({ status: right.status, text: await right.text() }).toEqual({ status: 200, text: "1158201444" });
  expect((await ask("wrong")).status).toBe(403);
});

test("more than 3 MB is refused before it is read", async () => {
  const huge = "x".repeat(3 * 1024 * 1024 + 1);
  expect((await call(huge, { "x-hub-signature-256": signed(huge) })).status).toBe(413);
});

test("a hundred calls at once are all stored", async () => {
  const before = (await stored()).length;
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      call(`{"n":${index}}`, { "x-hub-signature-256": signed(`{"n":${index}}`) }),
    ),
  );
  expect(answers.every((answer) => answer.status === 200)).toBe(true);
  expect(await stored()).toHaveLength(before + 100);
});
