import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { aSandbox, aSubscriber, type GraphBody, identity } from "./sandbox.fixture.ts";

const patience = { timeout: 40_000, interval: 20 };

let sandbox: Awaited<ReturnType<typeof aSandbox>>;
let subscriber: Awaited<ReturnType<typeof aSubscriber>>;

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
  subscriber.answerWith(200);
});

const hello = { type: "template", template: { name: "hello_world", language: { code: "en_US" } } };
const text = { type: "text", text: { body: "Bonjour" } };
const wamidOf = (answer: { body: GraphBody }): string => answer.body.messages?.[0]?.id ?? "";
const statusesOf = async (wamid: string, last: string) => {
  await vi.waitFor(() => expect(subscriber.statusesOf(wamid).map((node) => node.status)).toContain(last), {
    timeout: 40_000,
  });
  return subscriber.statusesOf(wamid);
};

describe("a message that is sent", () => {
  test("is accepted in Meta's words and becomes sent, delivered and read", async () => {
    const answer = await sandbox.send({ ...hello, biz_opaque_callback_data: "our-id" });
    expect(answer.body).toEqual({
      messaging_product: "whatsapp",
      contacts: [{ input: "+33612345678", wa_id: "33612345678" }],
      messages: [{ id: expect.stringMatching(/^wamid\.[A-Za-z0-9+/]+=*$/), message_status: "accepted" }],
    });
    const statuses = await statusesOf(wamidOf(answer), "read");
    expect(statuses.map((node) => node.status)).toEqual(["sent", "delivered", "read"]);
    expect(statuses[0]).toMatchObject({
      recipient_id: "33612345678",
      biz_opaque_callback_data: "our-id",
      timestamp: expect.stringMatching(/^\d{10}$/),
      pricing: { billable: true, pricing_model: "PMP", type: "regular", category: "utility" },
    });
  });

  test("is listed in the ledger with its text and our reference", async () => {
    const wamid = wamidOf(await sandbox.send({ ...hello, biz_opaque_callback_data: "our-id" }));
    const [row] = await sandbox.control.messages({ to: "+33 6 12 34 56 78", direction: "outbound" });
    expect(row).toMatchObject({
      wamid,
      to: "33612345678",
      from: identity.displayPhone.slice(1),
      template: "hello_world",
    });
    expect(row).toMatchObject({ biz_opaque_callback_data: "our-id", body: expect.stringContaining("Welcome") });
  });

  test("is signed over bytes that hold no letter beyond ASCII", async () => {
    await sandbox.control.setUser({ wa_id: "33612345678", name: "Zoé" });
    await statusesOf(wamidOf(await sandbox.send(hello)), "sent");
    const call = subscriber.received[0];
    const signature = createHmac("sha256", identity.appSecret)
      .update(call?.rawBody ?? "")
      .digest("hex");
    expect(call?.headers["x-hub-signature-256"]).toBe(`sha256=${signature}`);
    expect(call?.rawBody.toString()).toContain("Zo\\u00e9");
  });

  test.each([
    ["0026", "unreachable", 131026],
    ["0042", "billing problem", 131042],
    ["0050", "stopped marketing", 131050],
  ])("to a number that ends in %s fails: %s", async (suffix, _, code) => {
    const statuses = await statusesOf(wamidOf(await sandbox.send({ ...hello, to: `+3361234${suffix}` })), "failed");
    expect(statuses).toEqual([
      expect.objectContaining({ status: "failed", errors: [expect.objectContaining({ code })] }),
    ]);
  });

  test("to a number that ends in 0049 fails only when it is marketing", async () => {
    await sandbox.createTemplate({
      name: "offer",
      language: "en",
      category: "MARKETING",
      components: [{ type: "BODY", text: "New offers are here." }],
    });
    const offer = { type: "template", template: { name: "offer", language: { code: "en" } } };
    expect(await statusesOf(wamidOf(await sandbox.send({ ...hello, to: "+33612340049" })), "read")).toHaveLength(3);
    const failed = await statusesOf(wamidOf(await sandbox.send({ ...offer, to: "+33612340049" })), "failed");
    expect(failed[0]?.errors).toEqual([expect.objectContaining({ code: 131049 })]);
  });

  test("stays at sent while the phone is off and arrives when it is on again", async () => {
    await sandbox.control.setUser({ wa_id: "33612345678", behaviour: { phone: "off" } });
    const wamid = wamidOf(await sandbox.send(hello));
    await statusesOf(wamid, "sent");
    await sandbox.control.advance(60_000);
    expect(subscriber.statusesOf(wamid).map((node) => node.status)).toEqual(["sent"]);
    await sandbox.control.setUser({ wa_id: "33612345678", behaviour: { phone: "on" } });
    await statusesOf(wamid, "read");
  });

  test("is never read by somebody without read receipts", async () => {
    await sandbox.control.setUser({ wa_id: "33612345678", behaviour: { readReceipts: false } });
    const wamid = wamidOf(await sandbox.send(hello));
    await statusesOf(wamid, "delivered");
    await sandbox.control.advance(60_000);
    expect(subscriber.statusesOf(wamid)).toHaveLength(2);
  });
});

describe("the 24-hour window", () => {
  test("refuses free text to somebody who never wrote, after accepting it", async () => {
    const failed = await statusesOf(wamidOf(await sandbox.send(text)), "failed");
    expect(failed[0]?.errors).toEqual([expect.objectContaining({ code: 131047, title: "Re-engagement message" })]);
  });

  test("opens with a message from the person and shuts a day later", async () => {
    await sandbox.control.say("+33612345678", "Solde");
    await statusesOf(wamidOf(await sandbox.send(text)), "read");
    await sandbox.control.advance(24 * 3_600_000);
    await statusesOf(wamidOf(await sandbox.send(text)), "failed");
  });

  test("can be made to refuse at once", async () => {
    await sandbox.control.call("POST", "limits", { window: "sync" });
    expect(await sandbox.send(text)).toMatchObject({ status: 400, body: { error: { code: 131047 } } });
  });

  test("never opens for numbers that end in 0047", async () => {
    await sandbox.control.say("33612340047", "Solde");
    await statusesOf(wamidOf(await sandbox.send({ ...text, to: "+33612340047" })), "failed");
  });
});

describe("a person's answer", () => {
  test("by a quick reply brings the payload and the message it answers", async () => {
    await sandbox.createTemplate({
      name: "alert",
      language: "fr",
      category: "UTILITY",
      components: [
        { type: "BODY", text: "Un paiement vient d'arriver." },
        {
          type: "BUTTONS",
          buttons: [
            { type: "QUICK_REPLY", text: "C'est moi" },
            { type: "URL", text: "Voir", url: "https://b.test/r/{{1}}", example: ["x"] },
          ],
        },
      ],
    });
    const button = (index: number, sub_type: string, parameter: object) => ({
      type: "button",
      sub_type,
      index,
      parameters: [parameter],
    });
    const components = [
      button(0, "quick_reply", { type: "payload", payload: "me" }),
      button(1, "url", { type: "text", text: "code" }),
    ];
    const wamid = wamidOf(
      await sandbox.send({ type: "template", template: { name: "alert", language: { code: "fr" }, components } }),
    );
    await sandbox.control.tap(wamid, 0);
    await vi.waitFor(
      () => expect(subscriber.changes().flatMap((change) => change.value.messages ?? [])).toHaveLength(1),
      patience,
    );
    expect(subscriber.changes().flatMap((change) => change.value.messages ?? [])[0]).toMatchObject({
      from: "33612345678",
      type: "button",
      button: { payload: "me", text: "C'est moi" },
      context: { from: identity.displayPhone.slice(1), id: wamid },
    });
    expect(await sandbox.control.tap(wamid, 1)).toEqual({ url: "https://b.test/r/code" });
  });

  test("by a list row brings its id", async () => {
    await sandbox.control.say("33612345678", "Hi");
    const sections = [
      {
        title: "Help",
        rows: [
          { id: "balance", title: "Balance" },
          { id: "card", title: "Card" },
        ],
      },
    ];
    const interactive = { type: "list", body: { text: "What do you need?" }, action: { button: "Choose", sections } };
    const wamid = wamidOf(await sandbox.send({ type: "interactive", interactive }));
    await sandbox.control.call("POST", "tap", { wamid, row_id: "card" });
    const rows = await sandbox.control.messages({ direction: "inbound" });
    expect(rows.at(-1)).toMatchObject({ type: "interactive", body: "Card" });
  });

  test("with a document leads to bytes that can be downloaded", async () => {
    const base64 = Buffer.from("%PDF-1.4 papers").toString("base64");
    await sandbox.control.call("POST", "inbound", {
      from: "33612345678",
      type: "document",
      document: { base64, mime_type: "application/pdf", filename: "id.pdf" },
    });
    await vi.waitFor(() => expect(subscriber.changes()).toHaveLength(1), patience);
    const document = subscriber.changes()[0]?.value.messages?.[0]?.document as { id: string };
    const media = await sandbox.graph("GET", `v25.0/${document.id}`);
    const url = media.body.url ?? "";
    const headers = { authorization: `Bearer ${identity.token}` };
    expect(await (await fetch(url, { headers })).text()).toBe("%PDF-1.4 papers");
    expect((await fetch(url)).status).toBe(401);
    await sandbox.control.advance(6 * 60_000);
    expect((await fetch(url, { headers })).status).toBe(404);
  });
});

describe("the subscriber", () => {
  test("hears again what it did not take", async () => {
    subscriber.answerWith(503);
    const wamid = wamidOf(await sandbox.send(hello));
    await vi.waitFor(
      () => expect(sandbox.sandbox.webhooks.deliveries.map((call) => call.httpStatus)).toContain(503),
      patience,
    );
    subscriber.answerWith(200);
    await sandbox.control.advance(1000);
    await vi.waitFor(() => {
      // Tried again side by side, so that the last of them may be the first to come.
      const heard = subscriber.statusesOf(wamid).map((node) => node.status);
      expect(heard.toSorted()).toEqual(["delivered", "read", "sent"]);
    }, patience);
  });

  test("may hear everything twice and newest first", async () => {
    subscriber.answerWith(500);
    await sandbox.control.call("POST", "chaos", { duplicates: true, reorders: true });
    const wamid = wamidOf(await sandbox.send(hello));
    await vi.waitFor(() => expect(sandbox.sandbox.statuses.isIdle).toBe(true), patience);
    subscriber.answerWith(200);
    await sandbox.control.advance(0);
    await vi.waitFor(() => expect(subscriber.statusesOf(wamid)).toHaveLength(6), patience);
    expect(new Set(subscriber.statusesOf(wamid).map((node) => node.status))).toEqual(
      new Set(["sent", "delivered", "read"]),
    );
  });

  test("is not subscribed without answering the challenge", async () => {
    await expect(sandbox.control.subscribe(`${sandbox.url}/nothing`)).rejects.toThrow(/could not be validated/);
  });

  test("hears that a person stopped marketing, and such messages fail from then on", async () => {
    await sandbox.control.call("POST", "preferences", { wa_id: "33612345678", value: "stop" });
    await vi.waitFor(
      () =>
        expect(subscriber.changes()[0]).toMatchObject({
          field: "user_preferences",
          value: { user_preferences: [{ value: "stop", wa_id: "33612345678" }] },
        }),
      patience,
    );
    await sandbox.createTemplate({
      name: "offer",
      language: "en",
      category: "MARKETING",
      components: [{ type: "BODY", text: "New offers are here." }],
    });
    const failed = await statusesOf(
      wamidOf(await sandbox.send({ type: "template", template: { name: "offer", language: { code: "en" } } })),
      "failed",
    );
    expect(failed[0]?.errors).toEqual([expect.objectContaining({ code: 131050 })]);
  });
});

test("a reset forgets messages and settings but not what the product relies on", async () => {
  const body = [{ type: "BODY", text: "All is well." }];
  await sandbox.createTemplate({ name: "kept", language: "en", category: "UTILITY", components: body });
  await sandbox.control.setUser({ wa_id: "33612345678", name: "Zoé", behaviour: { fault: 131026 } });
  await sandbox.control.say("33612345678", "Hello");
  const before = wamidOf(await sandbox.send(hello));
  await sandbox.control.advance(60_000);
  await sandbox.control.reset();
  expect(await sandbox.control.messages()).toEqual([]);
  const after = wamidOf(await sandbox.send({ type: "template", template: { name: "kept", language: { code: "en" } } }));
  expect(after).not.toBe(before);
  expect(await sandbox.control.call("GET", "users")).toMatchObject({
    data: [{ name: "Zoé", in_window: true, behaviour: { fault: null } }],
  });
  expect(sandbox.sandbox.clock.offsetMs).toBe(60_000);
  await statusesOf(after, "read");
});

test.each([
  ["a web page", "info", { headers: { origin: "https://evil.test" } }, 403],
  ["a call nobody knows", "nothing", {}, 404],
  ["a body that is not JSON", "clock", { method: "POST", body: "{" }, 400],
  ["a clock that goes back", "clock", { method: "POST", body: '{"advance_ms":-1}' }, 400],
  ["a tap on nothing", "tap", { method: "POST", body: '{"wamid":"wamid.x","button_index":0}' }, 404],
])("the control plane refuses %s", async (_, path, init, status) => {
  const response = await fetch(`${sandbox.url}/__sandbox/${path}`, init);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error: { message: expect.any(String) } });
});

test.each([
  ["refused", { mode: "sync", code: 80007 }, 400, 80007, 0],
  ["lost before it is done", { mode: "http-500" }, 500, null, 0],
  ["done without an answer", { mode: "accept-then-500" }, 500, null, 1],
])("a template's creation can be %s", async (_, fault, status, code, made) => {
  await sandbox.control.plantFault({ ...fault, match: { call: "POST message_templates" } });
  const { length } = [...sandbox.sandbox.world.templates];
  const components = [{ type: "BODY", text: "All is well." }];
  const response = await fetch(`${sandbox.url}/v25.0/${identity.accountId}/message_templates`, {
    method: "POST",
    headers: { authorization: `Bearer ${identity.token}`, "content-type": "application/json" },
    body: JSON.stringify({ name: "well", language: "en", category: "UTILITY", components }),
  });
  expect(response.status).toBe(status);
  if (code !== null) expect(await response.json()).toMatchObject({ error: { code } });
  expect(sandbox.sandbox.world.templates.size).toBe(length + made);
  // A send is not what this fault waits for.
  await sandbox.control.plantFault({ mode: "sync", match: { call: "POST media" } });
  expect((await sandbox.send(hello)).status).toBe(200);
});

test("a send may come as a form, with its objects as JSON", async () => {
  const form = { messaging_product: "whatsapp", to: "+33612345678", type: "template" };
  const response = await fetch(`${sandbox.url}/v25.0/${identity.phoneNumberId}/messages`, {
    method: "POST",
    headers: { authorization: `Bearer ${identity.token}` },
    body: new URLSearchParams({ ...form, template: JSON.stringify(hello.template) }),
  });
  expect(response.status).toBe(200);
});

test.each([
  [
    "a form",
    "application/x-www-form-urlencoded",
    (fields: Record<string, string>) => String(new URLSearchParams(fields)),
  ],
  ["JSON text within JSON", "application/json", (fields: Record<string, string>) => JSON.stringify(fields)],
])("what comes back in statuses stays text in %s, even where it looks like JSON", async (_, type, write) => {
  const fields = { messaging_product: "whatsapp", to: "+33612345678", type: "template" };
  const answer = await fetch(`${sandbox.url}/v25.0/${identity.phoneNumberId}/messages`, {
    method: "POST",
    headers: { authorization: `Bearer ${identity.token}`, "content-type": type },
    body: write({ ...fields, template: JSON.stringify(hello.template), biz_opaque_callback_data: '{"step":1}' }),
  });
  expect(answer.status).toBe(200);
  expect(sandbox.sandbox.world.log.at(-1)).toMatchObject({ ref: '{"step":1}', template: { name: "hello_world" } });
});

describe("limits", () => {
  test("throughput, pair rate and messaging limit answer with their codes", async () => {
    await sandbox.control.call("POST", "limits", { tier: 1 });
    expect((await sandbox.send(hello)).status).toBe(200);
    expect((await sandbox.send({ ...hello, to: "+33612345679" })).body.error?.code).toBe(131048);
    await sandbox.control.call("POST", "limits", { tier: null, pair: true });
    const codes = [];
    for (let index = 0; index < 46; index++)
      codes.push((await sandbox.send({ ...hello, to: "+33612345670" })).body.error?.code);
    expect(codes.slice(0, 45)).toEqual(Array(45).fill(undefined));
    expect(codes[45]).toBe(131056);
    await sandbox.control.call("POST", "limits", { pair: false, mps: 1 });
    const answers = await Promise.all([sandbox.send(hello), sandbox.send(hello), sandbox.send(hello)]);
    const slowed = answers.find((answer) => answer.status === 429);
    expect(slowed?.body.error?.code).toBe(130429);
    expect(slowed?.headers.get("retry-after")).toBe("1");
    expect(slowed?.headers.get("x-business-use-case-usage")).toBeNull();
    await sandbox.control.call("POST", "limits", { mps: null });
    await sandbox.control.plantFault({ mode: "sync", code: 80007, count: 1 });
    const usedUp = (await sandbox.send(hello)).headers.get("x-business-use-case-usage");
    expect(JSON.parse(usedUp ?? "{}")).toEqual({
      [identity.accountId]: [expect.objectContaining({ type: "whatsapp", call_count: 100 })],
    });
  });
});
