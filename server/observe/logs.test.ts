import { type ChildProcess, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessKey, signalQueue } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { freePort } from "#scripts/stack/free-port.ts";
import { SampleWorld, sampleHookToken, sampleSecret } from "../engine/sample-world.ts";
import { newId } from "../id.ts";
import { sandboxIdentity } from "../sandbox/identity.ts";
import { fingerprint } from "../secret.ts";

/** What must not stand in any log. Each is seeded where such a thing comes in. */
const canary = {
  firstName: "Zephyrine",
  lastName: "Canarywood",
  phone: "14155550137",
  email: "zephyrine@canary.example",
  pan: "4539578763621486",
  otp: "one-time 918273",
  token: "tok_canary_5f2e9c",
  words: "my secret words",
};

const identity = sandboxIdentity(sampleSecret);
const home = mkdtempSync(path.join(tmpdir(), "chasqui-logs-"));
const keys = { write: "the-write-key", rest: "the-rest-key" };
const children: ChildProcess[] = [];
let output = "";
let database: TestDatabase;
let world: SampleWorld;
let door: string;
let sandbox: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const [doorPort, sandboxPort] = [await freePort(), await freePort()];
  [door, sandbox] = [`http://127.0.0.1:${doorPort}`, `http://127.0.0.1:${sandboxPort}`];
  world = new SampleWorld(database);
  await world.build({ baseUrl: sandbox, identity });
  for (const [kind, key] of [["write", keys.write] as const, ["rest", keys.rest] as const]) {
    const row = {
      id: newId(),
      workspaceId: world.workspaceId,
      kind,
      name: kind,
      hash: fingerprint(key),
      last4: "-key",
    };
    await database.db.insert(accessKey).values(row);
  }
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: "production" as const,
    DATABASE_URL: database.url,
    CHASQUI_SECRET: sampleSecret,
    CHASQUI_HOME: home,
    CHASQUI_LOG_LEVEL: "trace",
    DOOR_PORT: String(doorPort),
    SANDBOX_PORT: String(sandboxPort),
  };
  for (const program of ["door", "engine", "sandbox"]) {
    const child = spawn(process.execPath, [`server/${program}/main.ts`], { env, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
    children.push(child);
  }
});
afterAll(async () => {
  for (const child of children.filter(({ exitCode }) => exitCode === null)) child.kill("SIGKILL");
  await database.drop();
  rmSync(home, { recursive: true, force: true });
});

const post = (address: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(address, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body), headers });
const basic = (key: string) => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` });
const traits = {
  firstName: canary.firstName,
  lastName: canary.lastName,
  phone: `+${canary.phone}`,
  email: canary.email,
};

test("whatever goes right or wrong, no log of any process holds anything of a customer", async () => {
  await world.publish(
    "kyc.incomplete",
    [
      {
        id: "hi",
        type: "send",
        data: { template: "hello", values: { first_name: { from: "path", path: "contact.firstName" } } },
      },
    ],
    [["start", "next", "hi"]],
  );
  await everyProcessServes();
  await goodEvents();
  await badCalls();
  await providerTrouble();
  await poison();
  await brokenDatabase();
  const left = await Promise.all(
    children.map(async (child) => {
      child.kill("SIGTERM");
      await once(child, "exit");
      return child.exitCode;
    }),
  );
  expect(left).toEqual([0, 0, 0]);

  const lines = output.split("\n").filter((line) => line.startsWith("{"));
  expect(lines.map((line) => JSON.parse(line).process)).toEqual(expect.arrayContaining(["door", "worker", "sandbox"]));
  expect(output).toContain("a request failed");
  expect(output).toContain("signal cannot be applied");
  for (const secret of [...Object.values(canary), ...Object.values(keys), ...Object.values(identity)])
    expect(output.split("\n").filter((line) => line.includes(secret))).toEqual([]);
});

async function everyProcessServes(): Promise<void> {
  const statusOf = (url: string) =>
    fetch(url).then(
      ({ status }) => status,
      () => 0,
    );
  for (const url of [`${door}/health`, `${sandbox}/__sandbox/health`])
    await expect.poll(() => statusOf(url), { timeout: 30_000 }).toBe(200);
  await expect.poll(() => output, { timeout: 30_000 }).toContain("Worker is ready");
}

async function goodEvents(): Promise<void> {
  const userId = "customer-1";
  await post(`${door}/v1/identify`, { userId, messageId: "i-1", traits }, basic(keys.write));
  const properties = { card: canary.pan, code: canary.otp, note: canary.words };
  const event = { userId, event: "kyc.incomplete", messageId: "t-1", properties };
  expect((await post(`${door}/v1/track`, event, basic(keys.write))).status).toBe(200);
}

/** Half of a body, wrong types, wrong keys, addresses that nobody has. */
async function badCalls(): Promise<void> {
  const { write } = keys;
  await post(`${door}/v1/track`, `{"userId":"${canary.email}","event":"${canary.words}"`, basic(write));
  await post(`${door}/v1/identify`, { userId: 1, traits: { birthDate: canary.pan, ...traits } }, basic(write));
  await post(`${door}/v1/track`, { userId: "x", event: "e" }, basic(canary.token));
  await fetch(`${door}/v1/contacts/external:${encodeURIComponent(canary.email)}`, {
    headers: { authorization: `Bearer ${canary.token}` },
  });
  await fetch(`${door}/r/${canary.token}`);
  await fetch(`${door}/u/${canary.token}`);
  await fetch(`${door}/nobody/${canary.phone}`);
}

/** A provider that refuses in words of its own, sends what cannot be read, or is not who it says. */
async function providerTrouble(): Promise<void> {
  await post(`${sandbox}/__sandbox/faults`, { match: {}, code: 131026, mode: "sync", count: 3 });
  const hook = `${door}/hooks/meta/${world.channelId}/${sampleHookToken}`;
  const change = { messages: [{ from: canary.phone, id: "wamid.x", type: "text", text: { body: canary.words } }] };
  const body = JSON.stringify({
    object: "whatsapp_business_account",
    entry: [{ id: identity.accountId, changes: [{ field: "messages", value: change }] }],
  });
  const signature = `sha256=${createHmac("sha256", identity.appSecret).update(body).digest("hex")}`;
  await post(hook, body, { "x-hub-signature-256": "sha256=00" });
  expect((await post(hook, body, { "x-hub-signature-256": signature })).status).toBe(200);
  const half = body.slice(0, -20);
  const halfSignature = `sha256=${createHmac("sha256", identity.appSecret).update(half).digest("hex")}`;
  await post(hook, half, { "x-hub-signature-256": halfSignature });
}

/** A signal that fails in the worker with the customer's words in it. */
async function poison(): Promise<void> {
  const [contactId = ""] = await world.addContacts(1, { firstName: canary.firstName, phone: "+14155550138" });
  await database.db.insert(signalQueue).values({
    workspaceId: world.workspaceId,
    shard: 7,
    contactId,
    payload: {
      kind: "event",
      event: { id: canary.words, name: "kyc.incomplete", properties: { card: canary.pan }, at: 1 },
    },
  });
  await expect.poll(() => output, { timeout: 30_000 }).toContain("signal cannot be applied");
}

/** Libraries put the values of a failed query into their errors. */
async function brokenDatabase(): Promise<void> {
  await database.pool.query("alter table contact rename to contact_away");
  const headers = { authorization: `Bearer ${keys.rest}` };
  const answer = await fetch(`${door}/v1/contacts/external:${encodeURIComponent(canary.email)}`, { headers });
  expect(answer.status).toBe(500);
  await post(`${door}/v1/identify`, { userId: canary.email, messageId: "i-2", traits }, basic(keys.write));
  await database.pool.query("alter table contact_away rename to contact");
}
