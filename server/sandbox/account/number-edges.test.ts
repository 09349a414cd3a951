import { generateKeyPairSync } from "node:crypto";
import { cp, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { aSandbox, aSubscriber, identity } from "../sandbox.fixture.ts";

let sandbox: Awaited<ReturnType<typeof aSandbox>>;
let subscriber: Awaited<ReturnType<typeof aSubscriber>>;
const hourMs = 3_600_000;
const person = "33612345678";

beforeAll(async () => {
  sandbox = await aSandbox();
  subscriber = await aSubscriber();
  await sandbox.control.subscribe(subscriber.url);
});
afterAll(async () => {
  subscriber.close();
  await sandbox.remove();
});
beforeEach(async () => {
  await sandbox.control.reset(true);
  await sandbox.control.call("POST", "schedule", { sent_ms: 0, delivered_ms: 10, read_ms: 20 });
  subscriber.received.length = 0;
});

const call = (method: string, edge: string, body?: object) =>
  sandbox.graph(method, `v25.0/${identity.phoneNumberId}${edge === "" ? "" : `/${edge}`}`, body);
const codeOf = async (answer: ReturnType<typeof call>): Promise<number | undefined> => (await answer).body.error?.code;
const success = { success: true };
const text = { type: "text", text: { body: "Bonjour" } };

describe("the business profile", () => {
  const set = (profile: object) =>
    call("POST", "whatsapp_business_profile", { messaging_product: "whatsapp", ...profile });

  test("keeps what is given and answers what is asked for", async () => {
    expect((await set({ about: "A bank", vertical: "finance", websites: ["https://b.test"] })).body).toEqual(success);
    await set({ email: "a@b.test", profile_picture_handle: "4::aW1hZ2UvanBn:x" });
    expect((await call("GET", "whatsapp_business_profile?fields=about,vertical,email")).body).toEqual({
      data: [{ about: "A bank", vertical: "FINANCE", email: "a@b.test", messaging_product: "whatsapp" }],
    });
    expect((await call("GET", "whatsapp_business_profile")).body.data?.[0]).toMatchObject({
      websites: ["https://b.test"],
      profile_picture_url: expect.stringContaining("https://"),
    });
  });

  test.each<[string, object, number | undefined]>([
    ["about of 139", { about: "a".repeat(139) }, undefined],
    ["about of 140", { about: "a".repeat(140) }, 100],
    ["an empty about", { about: "" }, 100],
    ["an address of 256", { address: "a".repeat(256) }, undefined],
    ["an address of 257", { address: "a".repeat(257) }, 100],
    ["a description of 512", { description: "a".repeat(512) }, undefined],
    ["a description of 513", { description: "a".repeat(513) }, 100],
    ["an e-mail that is none", { email: "bank" }, 100],
    ["two websites", { websites: ["https://a.test", "https://b.test"] }, undefined],
    ["three websites", { websites: ["https://a.test", "https://b.test", "https://c.test"] }, 100],
    ["a website of 256", { websites: [`https://b.test/${"a".repeat(241)}`] }, undefined],
    ["a website of 257", { websites: [`https://b.test/${"a".repeat(242)}`] }, 100],
    ["a website that is none", { websites: ["b.test"] }, 100],
    ["a vertical nobody knows", { vertical: "SPACE" }, 100],
    ["a handle that is none", { profile_picture_handle: "picture" }, 100],
  ])("takes or refuses %s", async (_, profile, code) => expect(await codeOf(set(profile))).toBe(code));

  test("refuses a change without messaging_product", async () =>
    expect(await codeOf(call("POST", "whatsapp_business_profile", { about: "A" }))).toBe(100));
});

describe("the block list", () => {
  const users = (...list: string[]) => ({
    messaging_product: "whatsapp",
    block_users: list.map((user) => ({ user })),
  });

  test("takes who wrote in the last 24 hours", async () => {
    await sandbox.control.say(person, "Hi");
    await sandbox.control.advance(24 * hourMs - 60_000);
    expect((await call("POST", "block_users", users(`+${person}`))).body).toEqual({
      messaging_product: "whatsapp",
      block_users: { added_users: [{ input: `+${person}`, wa_id: person }] },
    });
    expect((await call("GET", "block_users")).body).toMatchObject({
      data: [{ messaging_product: "whatsapp", wa_id: person }],
      paging: { cursors: { before: expect.any(String), after: expect.any(String) } },
    });
    expect((await call("DELETE", "block_users", users(person))).body).toEqual({
      messaging_product: "whatsapp",
      block_users: { removed_users: [{ input: person, wa_id: person }] },
    });
    expect((await call("GET", "block_users")).body).toEqual({ data: [] });
  });

  test("refuses who did not, and says so beside who was blocked", async () => {
    await sandbox.control.say(person, "Hi");
    const answer = await call("POST", "block_users", users(person, "33600000009"));
    expect(answer).toMatchObject({
      status: 400,
      body: {
        error: { code: 139_100 },
        block_users: {
          added_users: [{ wa_id: person }],
          failed_users: [{ wa_id: "33600000009", errors: [{ code: 131_047 }] }],
        },
      },
    });
    await sandbox.control.advance(24 * hourMs);
    await call("DELETE", "block_users", users(person));
    expect(await codeOf(call("POST", "block_users", users(person)))).toBe(139_100);
  });

  test("holds 64,000 people", async () => {
    await sandbox.control.say(person, "Hi");
    const waIds = Array.from({ length: 63_999 }, (_, index) => `4470000${10_000 + index}`);
    await sandbox.sandbox.commit({ k: "blocked", waIds });
    expect(await codeOf(call("POST", "block_users", users(person)))).toBeUndefined();
    expect(await codeOf(call("POST", "block_users", users("33612345679")))).toBe(139_101);
  });

  test("keeps messages from arriving in either direction", async () => {
    await sandbox.control.say(person, "Hi");
    await call("POST", "block_users", users(person));
    await vi.waitFor(() => expect(subscriber.received).toHaveLength(1));
    const wamid = (await sandbox.send(text)).body.messages?.[0]?.id ?? "";
    await vi.waitFor(() =>
      expect(subscriber.statusesOf(wamid)).toEqual([
        expect.objectContaining({ status: "failed", errors: [expect.objectContaining({ code: 130_403 })] }),
      ]),
    );
    await sandbox.control.say(person, "Hello?");
    await sandbox.control.say("33612345679", "Me too");
    await vi.waitFor(() => expect(JSON.stringify(subscriber.changes())).toContain("Me too"));
    expect(JSON.stringify(subscriber.changes())).not.toContain("Hello?");
    expect(JSON.stringify(sandbox.sandbox.traffic.list())).not.toContain("Hello?");
  });
});

describe("the registration ladder", () => {
  const pin = (digits: string) => ({ messaging_product: "whatsapp", pin: digits });

  test("goes by code and PIN, and only a registered number sends", async () => {
    expect((await call("POST", "deregister")).body).toEqual(success);
    expect(await codeOf(call("POST", "deregister"))).toBe(133_010);
    expect(await codeOf(sandbox.send(text))).toBe(133_010);
    await sandbox.control.call("POST", "number", { is_verified: false });
    expect(await codeOf(call("POST", "register", pin("123456")))).toBe(133_006);
    expect((await call("POST", "request_code", { code_method: "SMS", language: "en_US" })).body).toEqual(success);
    const { code } = (await sandbox.control.call("GET", "number")) as { code: string };
    expect(await codeOf(call("POST", "verify_code", { code: "1" }))).toBe(136_025);
    expect((await call("POST", "verify_code", { code })).body).toEqual(success);
    expect(await codeOf(call("POST", "register", pin("123456")))).toBe(133_015);
    await sandbox.control.advance(5 * 60_000);
    expect((await call("POST", "register", pin("123456"))).body).toEqual(success);
    expect((await call("GET", "?fields=status,code_verification_status")).body).toMatchObject({
      status: "CONNECTED",
      code_verification_status: "VERIFIED",
    });
  });

  test.each<[string, object, number]>([
    ["a PIN of 5 digits", pin("12345"), 100],
    ["a PIN of 7 digits", pin("1234567"), 100],
    ["no messaging_product", { pin: "123456" }, 100],
  ])("refuses %s", async (_, body, code) => expect(await codeOf(call("POST", "register", body))).toBe(code));

  test("tells wrong PINs, fast ones and too many apart", async () => {
    expect((await call("POST", "", { pin: "111111" })).body).toEqual(success);
    expect(await codeOf(call("POST", "register", pin("222222")))).toBe(133_005);
    expect(await codeOf(call("POST", "register", pin("222222")))).toBe(133_009);
    for (let index = 0; index < 4; index++) {
      await sandbox.control.advance(2000);
      expect(await codeOf(call("POST", "register", pin("222222")))).toBe(133_005);
    }
    await sandbox.control.advance(2000);
    expect(await codeOf(call("POST", "register", pin("111111")))).toBeUndefined();
  });

  test("gives ten codes an hour and lets five wrong ones be tried", async () => {
    await sandbox.control.call("POST", "number", { is_verified: false });
    const ask = () => codeOf(call("POST", "request_code", { code_method: "VOICE", language: "en_US" }));
    for (let index = 0; index < 10; index++) expect(await ask()).toBeUndefined();
    expect(await ask()).toBe(133_016);
    for (let index = 0; index < 5; index++)
      expect(await codeOf(call("POST", "verify_code", { code: "x" }))).toBe(136_025);
    expect(await codeOf(call("POST", "verify_code", { code: "x" }))).toBe(133_008);
    await sandbox.control.advance(hourMs);
    expect(await ask()).toBeUndefined();
    expect(await codeOf(call("POST", "verify_code", { code: "x" }))).toBe(136_025);
  });

  test("stops PINs after five wrong ones in an hour", async () => {
    await call("POST", "", { pin: "111111" });
    for (let index = 0; index < 5; index++) {
      expect(await codeOf(call("POST", "register", pin("222222")))).toBe(133_005);
      await sandbox.control.advance(2000);
    }
    expect(await codeOf(call("POST", "register", pin("222222")))).toBe(133_008);
    await sandbox.control.advance(hourMs);
    expect(await codeOf(call("POST", "register", pin("222222")))).toBe(133_005);
  });

  test("allows ten changes in 72 hours", async () => {
    for (let index = 0; index < 10; index++)
      expect(await codeOf(call("POST", "register", pin("123456")))).toBeUndefined();
    expect(await codeOf(call("POST", "register", pin("123456")))).toBe(133_016);
    await sandbox.control.advance(72 * hourMs);
    expect(await codeOf(call("POST", "register", pin("123456")))).toBeUndefined();
  });

  test.each<[string, object]>([
    ["an unknown way", { code_method: "PIGEON", language: "en_US" }],
    ["no language", { code_method: "SMS" }],
  ])("refuses a code by %s", async (_, body) => expect(await codeOf(call("POST", "request_code", body))).toBe(100));
});

describe("settings", () => {
  test("keep each part and refuse none at all", async () => {
    await call("POST", "settings", { calling: { status: "ENABLED", sip: { status: "enabled" } } });
    await call("POST", "settings", { storage_configuration: { enabled: true, region: "us" } });
    await call("POST", "settings", { user_identity_change: { enable_identity_key_check: true } });
    expect((await call("GET", "settings")).body).toMatchObject({
      calling: { status: "enabled", sip: { status: "enabled", servers: [{ port: 5060 }] } },
      storage_configuration: { status: "in_country_storage_enabled", data_localization_region: "us" },
      user_identity_change: { enable_identity_key_check: true },
    });
    expect(await codeOf(call("POST", "settings", {}))).toBe(100);
    expect(await codeOf(call("POST", "settings", { payload_encryption: { status: "enabled" } }))).toBe(100);
  });

  test("hold a 2048-bit RSA key for flows and no other", async () => {
    const pem = (modulusLength: number) =>
      generateKeyPairSync("rsa", { modulusLength }).publicKey.export({ type: "spki", format: "pem" });
    const set = (key: unknown) => call("POST", "whatsapp_business_encryption", { business_public_key: key });
    expect((await call("GET", "whatsapp_business_encryption")).body).toEqual({ data: [] });
    const key = pem(2048);
    expect((await set(key)).body).toEqual(success);
    expect((await call("GET", "whatsapp_business_encryption")).body).toEqual({
      data: [{ business_public_key: key, business_public_key_signature_status: "VALID" }],
    });
    expect(await codeOf(set(pem(1024)))).toBe(100);
    expect(await codeOf(set("key"))).toBe(100);
  });
});

const command = (name: string, description = "Get help") => ({ command_name: name, command_description: description });
test.each<[string, object, string | null]>([
  ["30 commands", { commands: Array.from({ length: 30 }, (_, index) => command(`c${index}`)) }, null],
  ["31 commands", { commands: Array.from({ length: 31 }, (_, index) => command(`c${index}`)) }, "Too many commands"],
  ["a name of 32", { commands: [command("a".repeat(32))] }, null],
  ["a name of 33", { commands: [command("a".repeat(33))] }, "Invalid command name"],
  ["a description of 256", { commands: [command("a", "a".repeat(256))] }, null],
  ["a description of 257", { commands: [command("a", "a".repeat(257))] }, "Command description"],
  ["two of one name", { commands: [command("help"), command("help")] }, "Duplicate command name found: help"],
  ["3 prompts of 80", { prompts: Array(3).fill("a".repeat(80)) }, null],
  ["4 prompts", { prompts: Array(4).fill("a") }, "Too many prompts provided. Maximum allowed is 3"],
  ["a prompt of 81", { prompts: ["a".repeat(81)] }, "Prompt text exceeds maximum length of 80 characters"],
])("conversational automation with %s", async (_, body, message) => {
  const answer = await call("POST", "conversational_automation", body);
  if (message === null) expect(answer.body).toEqual(success);
  else expect(answer.body.error).toMatchObject({ code: 100, message: expect.stringContaining(message) });
});

test("QR codes are made, changed, listed and removed", async () => {
  const made = await call("POST", "message_qrdls", { prefilled_message: "a".repeat(140), generate_qr_image: "PNG" });
  const { code } = made.body as { code?: string };
  expect(code).toMatch(/^[A-Z2-7]{14}$/);
  expect(made.body).toMatchObject({ deep_link_url: `https://wa.me/message/${code}`, qr_image_url: expect.any(String) });
  expect(await codeOf(call("POST", "message_qrdls", { prefilled_message: "a".repeat(141) }))).toBe(100);
  await call("POST", "message_qrdls", { prefilled_message: "Hello", code });
  const shown = { code, prefilled_message: "Hello", deep_link_url: `https://wa.me/message/${code}` };
  expect((await call("GET", `message_qrdls/${code}`)).body).toMatchObject({ data: [shown] });
  expect((await call("GET", "message_qrdls?fields=code,qr_image_url.format(SVG)")).body.data).toEqual([
    { ...shown, qr_image_url: expect.stringMatching(/svg$/) },
  ]);
  expect((await call("DELETE", `message_qrdls/${code}`)).body).toEqual(success);
  expect(await codeOf(call("GET", `message_qrdls/${code}`))).toBe(100);
});

test.each<[string, number | undefined]>([
  ["abc", undefined],
  ["ab", 147_001],
  ["a".repeat(35), undefined],
  ["a".repeat(36), 147_001],
  ["123", 147_001],
  ["wwwbank", 147_001],
  ["bank.com", 147_001],
  [".bank", 147_001],
  ["my..bank", 147_001],
  ["Bank", 147_001],
  ["taken_bank", 147_002],
])("the username %s", async (username, code) => {
  expect(await codeOf(call("POST", "username", { username }))).toBe(code);
  expect((await call("GET", "username")).body).toEqual(code ? {} : { username, status: "approved" });
});

test("the compliance facts of an Indian business are kept whole", async () => {
  const facts = {
    entity_name: "Sandbox Bank",
    entity_type: "Partnership",
    is_registered: true,
    grievance_officer_details: { name: "Zoé Martin", email: "zoe@b.test", mobile_number: "+913854559033" },
    customer_care_details: { email: "care@b.test" },
  };
  expect((await call("GET", "business_compliance_info")).body).toMatchObject({ data: [{ entity_name: null }] });
  expect(await codeOf(call("POST", "business_compliance_info", facts))).toBe(100);
  const set = (more: object) =>
    call("POST", "business_compliance_info", { messaging_product: "whatsapp", ...facts, ...more });
  expect(await codeOf(set({ entity_type: "OTHER" }))).toBe(100);
  expect(await codeOf(set({ entity_name: "a".repeat(129) }))).toBe(100);
  expect((await set({})).body).toEqual(success);
  expect((await call("GET", "business_compliance_info")).body).toMatchObject({ data: [facts] });
});

test("the contact book forgets only people it knows", async () => {
  await sandbox.control.setUser({ wa_id: person, bsuid: "FR.1234" });
  const forget = (bsuid: string) => call("DELETE", `contact_book?messaging_product=whatsapp&bsuid=${bsuid}`);
  expect((await forget("FR.1234")).body).toEqual(success);
  expect(await codeOf(forget("FR.9"))).toBe(100);
});

test("the history of a message names each step and where it was told", async () => {
  const wamid = (
    await sandbox.send({ type: "template", template: { name: "hello_world", language: { code: "en_US" } } })
  ).body.messages?.[0]?.id;
  await vi.waitFor(() => expect(subscriber.statusesOf(wamid ?? "")).toHaveLength(3));
  const listed = (await call("GET", `message_history?message_id=${wamid}&fields=id,message_id,events{delivery_status}`))
    .body;
  expect(listed.data).toMatchObject([
    {
      message_id: wamid,
      events: {
        data: ["SENT", "DELIVERED", "READ"].map((word) => ({ delivery_status: word, webhook_uri: subscriber.url })),
      },
    },
  ]);
  const events = await fetch(`${sandbox.url}/v25.0/${listed.data?.[0]?.id}/events?status_filter=READ`, {
    headers: { authorization: `Bearer ${identity.token}` },
  });
  expect(await events.json()).toMatchObject({
    data: [{ cursor: expect.any(String), node: { delivery_status: "READ" } }],
  });
});

test("everything that was answered is there after a kill", async () => {
  const before = await aSandbox();
  const number = `v25.0/${identity.phoneNumberId}`;
  await before.graph("POST", `${number}/whatsapp_business_profile`, { messaging_product: "whatsapp", about: "A bank" });
  await before.graph("POST", `${number}/message_qrdls`, { prefilled_message: "Hi" });
  await before.graph("POST", `${number}/username`, { username: "bank" });
  await before.control.say(person, "Hi");
  await before.graph("POST", `${number}/block_users`, {
    messaging_product: "whatsapp",
    block_users: [{ user: person }],
  });
  const world = before.sandbox.world.account;
  // What a killed process leaves behind is the file as it stands now.
  const home = await mkdtemp(path.join(tmpdir(), "chasqui-killed-"));
  await cp(before.home, home, { recursive: true });
  const after = await aSandbox({ home });
  expect(after.sandbox.world.account).toEqual(world);
  expect(after.sandbox.world.account.blocked.has(person)).toBe(true);
  await Promise.all([before.remove(), after.remove()]);
});
