import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { aSandbox, aSubscriber, identity } from "./sandbox.fixture.ts";

/** What fails, costs and is told by Meta's rules of sections 7 and 11 to 13. */
let sandbox: Awaited<ReturnType<typeof aSandbox>>;
let subscriber: Awaited<ReturnType<typeof aSubscriber>>;
const person = "33612345678";
const hour = 3_600_000;

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
  await sandbox.control.call("POST", "schedule", { sent_ms: 0, delivered_ms: 5, read_ms: 10, played_ms: 15 });
  await sandbox.control.subscribe(subscriber.url);
  await sandbox.createTemplate({ name: "offer", language: "en", category: "MARKETING", components: [body] });
  subscriber.received.length = 0;
});

const body = { type: "BODY", text: "New offers are here." };
const template = (name: string, code: string) => ({ type: "template", template: { name, language: { code } } });
const hello = template("hello_world", "en_US");
const offer = template("offer", "en");
const text = { type: "text", text: { body: "Hello" } };
const limits = (given: object) => sandbox.control.call("POST", "limits", given);

/** Whatever this machine's date is: service messages cost something from then on. */
const passOctober2026 = () =>
  sandbox.control.advance(Math.max(0, Date.parse("2026-10-02") - sandbox.sandbox.clock.now()));

async function send(message: object, to: object = { to: `+${person}` }, version?: string) {
  const { body: answer } = await sandbox.send({ ...message, ...to }, version);
  const wamid = answer.messages?.[0]?.id ?? "";
  return { answer, code: answer.error?.code ?? null, wamid, kept: sandbox.sandbox.world.messages.get(wamid) };
}
const marketing = (message: object) =>
  sandbox.graph("POST", `v25.0/${identity.phoneNumberId}/marketing_messages`, {
    messaging_product: "whatsapp",
    to: `+${person}`,
    ...message,
  });
async function told(wamid: string, status: string) {
  await vi.waitFor(() => expect(subscriber.statusesOf(wamid).map((node) => node.status)).toContain(status), {
    timeout: 5000,
  });
  const isIt = (node: { id: string; status: string }) => node.id === wamid && node.status === status;
  const change = subscriber.changes().find(({ value }) => value.statuses?.some(isIt));
  return {
    node: change?.value.statuses?.find(isIt),
    contacts: change?.value.contacts,
    all: subscriber.statusesOf(wamid),
  };
}

describe("marketing", () => {
  test("beyond a person's cap fails until a day has passed", async () => {
    await limits({ marketing_per_user: 2 });
    expect([(await send(offer)).kept?.failsWith, (await send(offer)).kept?.failsWith]).toEqual([undefined, undefined]);
    expect((await send(offer)).kept?.failsWith).toBe(131049);
    expect((await send(hello)).kept?.failsWith).toBeUndefined();
    await sandbox.control.advance(24 * hour);
    expect((await send(offer)).kept?.failsWith).toBeUndefined();
  });

  test("to American numbers can be paused", async () => {
    await limits({ us_marketing_paused: true });
    expect((await send(offer, { to: "+14155550100" })).kept?.failsWith).toBe(131049);
    expect((await send(hello, { to: "+14155550100" })).kept?.failsWith).toBeUndefined();
    expect((await send(offer)).kept?.failsWith).toBeUndefined();
  });

  test("stops and resumes with the person's will", async () => {
    await sandbox.control.call("POST", "preferences", { wa_id: person, value: "stop" });
    expect((await send(offer)).kept?.failsWith).toBe(131050);
    await sandbox.control.call("POST", "preferences", { wa_id: person, value: "resume" });
    expect((await send(offer)).kept?.failsWith).toBeUndefined();
  });

  test("has an API of its own that takes nothing else", async () => {
    const answers = [
      await marketing({ ...offer, product_policy: "STRICT", message_activity_sharing: true }),
      await marketing(hello),
      await marketing(text),
      await marketing({ ...offer, product_policy: "LOOSE" }),
      await marketing({ ...offer, message_activity_sharing: "yes" }),
    ];
    expect(answers.map((answer) => answer.body.error?.code ?? null)).toEqual([null, 131055, 131055, 131009, 131009]);
    const wamid = answers[0]?.body.messages?.[0]?.id ?? "";
    expect((await told(wamid, "sent")).node?.pricing).toMatchObject({ category: "marketing_lite" });
  });

  test("may be allowed by that API only", async () => {
    await limits({ marketing_api_only: true });
    expect((await send(offer)).code).toBe(131063);
    expect((await marketing(offer)).status).toBe(200);
  });

  test("under pacing is held, and goes out or is dropped when the review ends", async () => {
    await limits({ paced: ["offer"] });
    const held = await send(offer);
    expect(held.answer.messages?.[0]).toMatchObject({ message_status: "held_for_quality_assessment" });
    await limits({ paced: [] });
    await told(held.wamid, "read");
    await limits({ paced: ["offer"] });
    const dropped = await send(offer);
    const id = sandbox.sandbox.world.templatesByKey.get("offer|en")?.id;
    await sandbox.control.call("POST", `templates/${id}/decide`, { event: "PAUSED" });
    await limits({ paced: [] });
    expect((await told(dropped.wamid, "failed")).node?.errors).toEqual([expect.objectContaining({ code: 132015 })]);
  });
});

describe("refusals of an account", () => {
  test.each([
    ["a test number writes to its list only", { allowed: [person] }, offer, "+33612345679", 131030],
    ["and to those on it", { allowed: [person] }, offer, `+${person}`, null],
  ])("%s", async (_, given, message, to, code) => {
    await limits(given);
    expect((await send(message, { to })).code).toBe(code);
  });

  test("a test number's list has at most five phones", async () => {
    const phones = (count: number) => Array.from({ length: count }, (_, index) => `3361234567${index}`);
    await limits({ allowed: phones(5) });
    await expect(limits({ allowed: phones(6) })).rejects.toThrow();
  });

  test("without a card what costs money fails", async () => {
    await passOctober2026();
    await limits({ has_card: false, free_service: 1 });
    await sandbox.control.say(person, "Hello");
    expect((await send(text)).kept?.failsWith).toBeUndefined();
    expect((await send(text)).kept?.failsWith).toBe(131042);
    expect((await send(offer)).kept?.failsWith).toBe(131042);
  });

  test("without the payments terms a bill is refused", async () => {
    const amount = { value: 1000, offset: 100 };
    const order = {
      status: "pending",
      items: [{ retailer_id: "1", name: "bread", amount, quantity: 1 }],
      subtotal: amount,
      tax: { value: 0, offset: 100 },
    };
    const parameters = {
      reference_id: "ref",
      type: "digital-goods",
      currency: "BRL",
      total_amount: amount,
      payment_settings: [{ type: "payment_link", payment_link: { uri: "https://b.test" } }],
      order,
    };
    const action = { name: "review_and_pay", parameters };
    const bill = { type: "interactive", interactive: { type: "order_details", body: { text: "Pay" }, action } };
    await sandbox.control.say(person, "Hello");
    expect((await send(bill)).kept?.rendered?.order).toMatchObject({ totalMinor: 1000, payBy: ["payment_link"] });
    await limits({ has_payments_terms: false });
    expect((await send(bill)).code).toBe(134011);
  });

  test("a changed identity key keeps the message back", async () => {
    await sandbox.control.call("POST", "users", { wa_id: person, identity_hash: "right" });
    expect((await send({ ...hello, recipient_identity_key_hash: "right" })).kept?.failsWith).toBeUndefined();
    expect((await send({ ...hello, recipient_identity_key_hash: "wrong" })).kept?.failsWith).toBe(137000);
  });
});

describe("phones and ids", () => {
  test.each([
    ["33612345678", "133612345678"],
    ["+33 6 12-34(56)78", "33612345678"],
    ["+5551987654321", "555187654321"],
    ["+5511987654321", "5511987654321"],
    ["+525512345678", "5215512345678"],
  ])("Meta makes of %s the id %s", async (to, waId) => {
    await limits({ addressing: "meta" });
    expect((await send(hello, { to })).answer).toMatchObject({ contacts: [{ input: to, wa_id: waId }] });
  });

  test("somebody who hides their phone is named by id alone", async () => {
    await sandbox.control.call("POST", "users", {
      wa_id: person,
      bsuid: "FR.9",
      parent_bsuid: "FR.ENT.9",
      username: "zoe",
      hides_phone: true,
    });
    await sandbox.control.say(person, "Hello");
    await vi.waitFor(() => expect(subscriber.changes().some(({ value }) => value.messages)).toBe(true));
    const { answer, wamid } = await send(text, { to: undefined, recipient: "FR.9" });
    expect(answer).toMatchObject({ contacts: [{ input: "FR.9", user_id: "FR.9" }] });
    const { node, contacts } = await told(wamid, "read");
    expect(node).toMatchObject({ recipient_user_id: "FR.9", recipient_parent_user_id: "FR.ENT.9" });
    expect(contacts).toEqual([
      { profile: { name: expect.any(String), username: "zoe" }, user_id: "FR.9", parent_user_id: "FR.ENT.9" },
    ]);
    const bytes = subscriber.received.map((call) =>
      call.rawBody.toString().replaceAll(/"(id|message_id)":"[^"]*"/g, ""),
    );
    expect(bytes.join()).not.toContain(person);
  });
});

describe("statuses", () => {
  const billed = (all: Record<string, unknown>[]) => all.filter((node) => node.pricing).map((node) => node.status);

  test("carry the price on sent and delivered, and no conversation", async () => {
    const { all, contacts } = await told((await send(hello)).wamid, "read");
    expect(billed(all)).toEqual(["sent", "delivered"]);
    expect(all.filter((node) => node.conversation)).toEqual([]);
    expect(contacts).toEqual([expect.objectContaining({ wa_id: person })]);
    expect(all[0]).toMatchObject({ recipient_id: person, recipient_user_id: expect.any(String) });
  });

  test("carry it on read where delivered is left out", async () => {
    await sandbox.control.call("POST", "chaos", { skips_delivered: true });
    const { all } = await told((await send(hello)).wamid, "read");
    expect(all.map((node) => node.status)).toEqual(["sent", "read"]);
    expect(billed(all)).toEqual(["sent", "read"]);
  });

  test("name a conversation each up to v23", async () => {
    await sandbox.control.call("POST", "webhook", { url: subscriber.url, version: "v23.0" });
    const { all } = await told((await send(hello)).wamid, "read");
    expect(all.map((node) => node.conversation)).toEqual([
      { id: expect.any(String), expiration_timestamp: expect.stringMatching(/^\d{10}$/), origin: { type: "utility" } },
      { id: expect.any(String), origin: { type: "utility" } },
      { id: expect.any(String), origin: { type: "utility" } },
    ]);
  });

  test("of a failure have neither price nor contacts", async () => {
    const { node, contacts } = await told((await send(text)).wamid, "failed");
    expect(node).not.toHaveProperty("pricing");
    expect(contacts).toBeUndefined();
    expect(node?.errors).toEqual([
      {
        code: 131047,
        title: "Re-engagement message",
        message: "Re-engagement message",
        error_data: { details: expect.stringContaining("24 hours") },
        href: expect.stringContaining("error-codes"),
      },
    ]);
  });

  test("of a reaction end with sent, of a voice message with played", async () => {
    await sandbox.control.say(person, "Hello");
    const target = (await send(text)).wamid;
    const reaction = await send({ type: "reaction", reaction: { message_id: target, emoji: "👍" } });
    const voice = await send({ type: "audio", audio: { link: "https://b.test/a.ogg", voice: true } });
    expect((await told(voice.wamid, "played")).all.map((node) => node.status)).toEqual([
      "sent",
      "delivered",
      "read",
      "played",
    ]);
    expect(subscriber.statusesOf(reaction.wamid).map((node) => node.status)).toEqual(["sent"]);
  });

  test.each([
    ["a message nobody knows", async () => "wamid.x", 131009],
    [
      "a reaction",
      async () => (await send({ type: "reaction", reaction: { message_id: "x", emoji: "👍" } })).wamid,
      131009,
    ],
    ["somebody else's message", async () => (await send(hello, { to: "+33612345679" })).wamid, 131009],
    ["a message of the chat", async () => (await send(hello)).wamid, undefined],
  ])("a reaction to %s", async (_, target, code) => {
    await sandbox.control.say(person, "Hello");
    const message_id = await target();
    expect((await send({ type: "reaction", reaction: { message_id, emoji: "👍" } })).kept?.failsWith).toBe(code);
  });

  test("do not come for a code that waited for its phone too long", async () => {
    await sandbox.createTemplate({
      name: "code",
      language: "en",
      category: "UTILITY",
      message_send_ttl_seconds: 60,
      components: [body],
    });
    await sandbox.control.setUser({ wa_id: person, behaviour: { phone: "off" } });
    const late = await send(template("code", "en"));
    await told(late.wamid, "sent");
    await sandbox.control.advance(61_000);
    const inTime = await send(template("code", "en"));
    await sandbox.control.setUser({ wa_id: person, behaviour: { phone: "on" } });
    await told(inTime.wamid, "read");
    expect(subscriber.statusesOf(late.wamid).map((node) => node.status)).toEqual(["sent"]);
  });
});

describe("a free entry point", () => {
  const clickAd = () =>
    sandbox.control.call("POST", "inbound", {
      from: person,
      text: "Hi",
      referral: { source_type: "ad", source_id: "1" },
    });

  test("opens with our answer to an ad, makes all free for 72 hours, and does not hold the window open", async () => {
    await clickAd();
    const first = await send(offer);
    const { node } = await told(first.wamid, "sent");
    expect(node?.pricing).toEqual({
      billable: false,
      pricing_model: "PMP",
      type: "free_entry_point",
      category: "referral_conversion",
    });
    expect(node?.conversation).toMatchObject({
      origin: { type: "referral_conversion" },
      expiration_timestamp: expect.any(String),
    });
    await sandbox.control.advance(71 * hour);
    expect((await send(text)).kept?.failsWith).toBe(131047);
    const later = await send(offer);
    expect(later.kept?.price?.usd).toBe(0);
    expect((await told(later.wamid, "sent")).node?.conversation).toMatchObject({
      id: z.object({ id: z.string() }).parse(node?.conversation).id,
    });
    await sandbox.control.advance(hour);
    expect((await send(offer)).kept?.price?.type).toBe("regular");
  });

  test("does not open a day after the click", async () => {
    await clickAd();
    await sandbox.control.advance(24 * hour);
    expect((await send(offer)).kept).not.toHaveProperty("freeEntryUntil");
  });
});

test("costs are told by month, category and market", async () => {
  await passOctober2026();
  await limits({ free_service: 1 });
  await sandbox.control.say("919876543210", "Hi");
  for (let index = 0; index < 3; index++) await told((await send(text, { to: "+919876543210" })).wamid, "delivered");
  const { data } = (await sandbox.control.call("GET", "costs")) as { data: object[] };
  expect(data).toEqual([
    expect.objectContaining({ category: "service", type: "free_customer_service", count: 1, usd: 0 }),
    expect.objectContaining({ category: "service", type: "regular", market: "India", count: 2, usd: 0.0028 }),
  ]);
});

describe("media by link", () => {
  const files = createServer((request, response) => {
    const [, kind = ""] = (request.url ?? "").split("/");
    fetched.push(kind);
    if (kind === "away") response.writeHead(302, { location: "/png" }).end();
    else if (kind === "png") response.writeHead(200, { "content-type": "image/png" }).end("png");
    else if (kind === "large") response.writeHead(200, { "content-type": "image/png" }).end(Buffer.alloc(6_000_000));
    else if (kind === "html") response.writeHead(200, { "content-type": "text/html" }).end("<p>");
    else response.writeHead(404).end();
  });
  const fetched: string[] = [];
  beforeAll(() => new Promise<void>((listening) => files.listen(0, "127.0.0.1", listening)));
  afterAll(() => void files.close());

  test.each([
    ["png", "read"],
    ["away", "read"],
    ["large", "failed"],
    ["html", "failed"],
    ["nothing", "failed"],
  ])("%s is fetched and %s", async (kind, status) => {
    await limits({ fetches_links: true });
    await sandbox.control.say(person, "Hi");
    const link = `http://127.0.0.1:${(files.address() as AddressInfo).port}/${kind}/${status}`;
    const { node } = await told((await send({ type: "image", image: { link } })).wamid, status);
    if (status === "failed") expect(node?.errors).toEqual([expect.objectContaining({ code: 131053 })]);
    const before = fetched.length;
    await told((await send({ type: "image", image: { link } })).wamid, status);
    expect(fetched.length).toBe(before);
  });
});

test("an inbound message is marked as read together with those before it, and the bubble ends with the next message", async () => {
  const said = [];
  for (const line of ["1", "2", "3"]) said.push(((await sandbox.control.say(person, line)) as { wamid: string }).wamid);
  await sandbox.graph("POST", `v25.0/${identity.phoneNumberId}/messages`, {
    messaging_product: "whatsapp",
    status: "read",
    message_id: said[1],
    typing_indicator: { type: "text" },
  });
  expect(said.map((wamid) => sandbox.sandbox.world.messages.get(wamid)?.status)).toEqual(["read", "read", "received"]);
  expect(JSON.stringify(await sandbox.control.call("GET", "users"))).toContain('"sees_typing":true');
  await send(text);
  expect(JSON.stringify(await sandbox.control.call("GET", "users"))).not.toContain("sees_typing");
});

test("a number's own callback wins over the account's, and both over the app's", async () => {
  const [account, number] = [await aSubscriber(), await aSubscriber()];
  await sandbox.control.call("POST", "webhook", { url: account.url, scope: "account" });
  const first = await send(hello);
  await vi.waitFor(() => expect(account.statusesOf(first.wamid)).toHaveLength(3));
  await sandbox.control.call("POST", "webhook", { url: number.url, scope: "number" });
  const second = await send(hello);
  await sandbox.control.call("POST", "preferences", { wa_id: person, value: "stop" });
  await vi.waitFor(() => expect(number.statusesOf(second.wamid)).toHaveLength(3));
  // What is not a message or a status goes to the app all the same.
  await vi.waitFor(() => expect(subscriber.changes().map((change) => change.field)).toEqual(["user_preferences"]));
  expect(number.received[0]?.headers["user-agent"]).toBe("facebookexternalua");
  account.close();
  number.close();
});
