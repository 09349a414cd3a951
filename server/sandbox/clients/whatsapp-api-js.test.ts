import type { IncomingMessage } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { OnMessageArgs, OnStatusArgs } from "whatsapp-api-js/emitters";
import { Template, Text } from "whatsapp-api-js/messages";
import { WhatsAppAPI } from "whatsapp-api-js/middleware/node-http";
import type { PostData, ServerMessageResponse } from "whatsapp-api-js/types";
import { aSandbox, identity } from "../sandbox.fixture.ts";
import { aWebhookServer, haste, kept, patience, person, png, quiet, shows, to } from "./client.fixture.ts";
import { saidByPeople } from "./said-by-people.fixture.ts";
import { aTemplate, submitTemplates } from "./templates.fixture.ts";
import { saying, toldOfAccounts } from "./told-of-accounts.fixture.ts";
import { byId, byInteraction, plain, voice } from "./whatsapp-api-js-messages.fixture.ts";
import { byTemplate } from "./whatsapp-api-js-templates.fixture.ts";

const { phoneNumberId } = identity;
/** Somebody who has not come by an ad, so that answers to them are no part of a free entry point. */
const writer = "33612345603";

let sandbox: Awaited<ReturnType<typeof aSandbox>>;
let server: Awaited<ReturnType<typeof aWebhookServer>>;
let api: Listener;
let inboundWamid = "";
const messages: OnMessageArgs[] = [];
const statuses: OnStatusArgs[] = [];
const heard: { change: unknown; isSigned: boolean; isSpoiltSigned: boolean }[] = [];

beforeAll(async () => {
  sandbox = await aSandbox();
  api = new Listener({
    token: identity.token,
    appSecret: identity.appSecret,
    webhookVerifyToken: identity.verifyToken,
    v: "v25.0",
    // The client always calls Meta's host: its fetch is where it can be sent elsewhere.
    ponyfill: {
      fetch: (address, init) => fetch(String(address).replace("https://graph.facebook.com", sandbox.url), init),
    },
  });
  api.on.message = (message) => void messages.push(message);
  api.on.status = (status) => void statuses.push(status);
  server = await aWebhookServer(answer);
  await sandbox.control.subscribe(server.url);
  // The client looks at the first update of a call only, and Meta may put up to 1000 into one (section 11).
  await sandbox.control.call("POST", "chaos", { batch: 1 });
  await sandbox.control.call("POST", "schedule", haste);
  inboundWamid = ((await sandbox.control.say(to, "Hello")) as { wamid: string }).wamid;
  await submitTemplates(sandbox);
});
afterAll(async () => {
  server.close();
  await sandbox.remove();
});
beforeEach(async () => {
  await quiet(sandbox);
  for (const list of [messages, statuses, heard]) list.length = 0;
});

/** The client's own webhook server, which also writes down what it thinks of each call's signature. */
class Listener extends WhatsAppAPI {
  override async post(data: PostData, raw = "", signature = ""): Promise<undefined> {
    const isSigned = await this.verifyRequestSignature(raw, signature);
    const isSpoiltSigned = await this.verifyRequestSignature(`${raw} `, signature);
    heard.push({ change: data.entry[0]?.changes[0], isSigned, isSpoiltSigned });
    await super.post(data, raw, signature);
  }
}

async function answer(request: IncomingMessage) {
  if (request.method === "GET") return { status: 200, body: api.handle_get(request) };
  const status = await api.handle_post(request);
  // What has no number's metadata (templates, accounts) makes the client throw, and its server answer 500. Meta tells these fields
  // to whoever subscribes to them (section 11.3); taken here, or the sandbox would tell them for seven days as Meta does.
  return { status: status === 500 ? 200 : status };
}

/** The client puts messaging_product into the address, where Graph takes a parameter as well. */
async function upload(type: string): Promise<string> {
  const form = new FormData();
  form.set("file", new Blob([png], { type }), "a");
  const answer = await api.uploadMedia(phoneNumberId, form);
  if (answer.error) throw new Error(answer.error.message);
  return answer.id;
}

const wamidOf = (answer: ServerMessageResponse): string => {
  if (answer.error) throw new Error(`${answer.error.message} ${answer.error.error_data?.details}`);
  return answer.messages[0].id;
};

describe("the client sends", () => {
  test.each([...plain, ...byInteraction])("%s", async (_, make, inLedger) => {
    const wamid = wamidOf(await api.sendMessage(phoneNumberId, to, make(inboundWamid)));
    expect(kept(sandbox, wamid)).toMatchObject({ waId: person, direction: "outbound", ...inLedger });
    expect(kept(sandbox, wamid).failsWith).toBeUndefined();
  });

  test.each(byId)("%s by id", async (kind, type, make) => {
    const mediaId = await upload(type);
    const wamid = wamidOf(await api.sendMessage(phoneNumberId, to, make(mediaId)));
    expect(kept(sandbox, wamid)).toMatchObject(shows(kind, { mediaId }));
    expect(kept(sandbox, wamid).failsWith).toBeUndefined();
  });

  test.each(byTemplate)("a template with %s", async (_, make, inLedger) => {
    const answer = await api.sendMessage(phoneNumberId, to, make(inboundWamid));
    expect(answer).toMatchObject({ messages: [{ message_status: "accepted" }] });
    expect(kept(sandbox, wamidOf(answer))).toMatchObject({ type: "template", ...inLedger });
  });

  test("a quote with data of its own, to a person named by user id", async () => {
    const { bsuid } = sandbox.sandbox.world.userOf(person);
    const answer = await api.sendMessage(phoneNumberId, { bsuid }, new Text("Hi"), inboundWamid, "ref-1");
    expect(answer).toMatchObject({ contacts: [{ input: bsuid, user_id: bsuid }] });
    expect(answer).not.toHaveProperty("contacts.0.wa_id");
    expect(kept(sandbox, wamidOf(answer))).toMatchObject({ contextWamid: inboundWamid, ref: "ref-1", bsuid });
    await vi.waitFor(() => expect(statuses.map(({ status }) => status)).toContain("read"), patience);
    expect(statuses[0]).toMatchObject({ biz_opaque_callback_data: "ref-1", recipient: { bsuid } });
  });

  test("one text to several people", async () => {
    const people = ["+33612345601", "+33612345602"];
    const answers = await Promise.all(
      api.broadcastMessage(phoneNumberId, people, new Template("card_sent", "en"), 2, 1),
    );
    expect(answers.map((answer) => kept(sandbox, wamidOf(answer)).waId)).toEqual(["33612345601", "33612345602"]);
  });

  test("nothing Meta refuses: the error comes back in Meta's words", async () => {
    expect(await api.sendMessage(phoneNumberId, to, new Template("nothing", "en"))).toMatchObject({
      error: { code: 132_001, type: "OAuthException", error_data: { messaging_product: "whatsapp" } },
    });
  });
});

test("the client marks a message as read and shows that somebody is typing", async () => {
  const { wamid } = (await sandbox.control.say(to, "Anybody?")) as { wamid: string };
  expect(await api.markAsRead(phoneNumberId, wamid, "text")).toEqual({ success: true });
  expect(kept(sandbox, wamid).status).toBe("read");
  expect(sandbox.sandbox.world.typingUntil.get(person)).toBeGreaterThan(sandbox.sandbox.clock.now());
});

test("the client uploads a file, finds it, downloads it and deletes it", async () => {
  const id = await upload("image/png");
  const found = await api.retrieveMedia(id, phoneNumberId);
  if (found.error) throw new Error(found.error.message);
  expect(found).toMatchObject({ id, messaging_product: "whatsapp", mime_type: "image/png" });
  const file = await api.fetchMedia(found.url);
  expect(Buffer.from(await file.arrayBuffer())).toEqual(png);
  expect(await api.deleteMedia(id, phoneNumberId)).toEqual({ success: true });
  expect(await api.retrieveMedia(id)).toMatchObject({ error: { code: 100, error_subcode: 33 } });
});

test("the client blocks a person and lets them in again, without naming a version", async () => {
  expect(await api.blockUser(phoneNumberId, to)).toMatchObject({
    block_users: { added_users: [{ input: to, wa_id: person }] },
  });
  expect(sandbox.sandbox.world.account.blocked).toContain(person);
  const failed = kept(sandbox, wamidOf(await api.sendMessage(phoneNumberId, to, new Text("Hi"))));
  expect(failed.failsWith).toBe(130_403);
  expect(await api.unblockUser(phoneNumberId, to)).toMatchObject({
    block_users: { removed_users: [{ input: to, wa_id: person }] },
  });
  expect(sandbox.sandbox.world.account.blocked).not.toContain(person);
});

test("the client makes a QR code, finds it, changes it and removes it", async () => {
  const made = await api.createQR(phoneNumberId, "I want a loan");
  if (made.error) throw new Error(made.error.message);
  expect(made).toMatchObject({ prefilled_message: "I want a loan", deep_link_url: expect.stringContaining(made.code) });
  expect(made.qr_image_url).toMatch(/\.png$/);
  expect(await api.retrieveQR(phoneNumberId, made.code)).toMatchObject({ data: [{ code: made.code }] });
  expect(await api.retrieveQR(phoneNumberId)).toMatchObject({ data: [{ code: made.code }] });
  expect(await api.updateQR(phoneNumberId, made.code, "A card")).toMatchObject({ prefilled_message: "A card" });
  expect(await api.deleteQR(phoneNumberId, made.code)).toEqual({ success: true });
  expect(sandbox.sandbox.world.account.qrCodes.size).toBe(0);
});

describe("the client's webhook server", () => {
  test.each(saidByPeople)("hands on %s", async (_, message) => {
    const { wamid } = (await sandbox.control.call("POST", "inbound", { from: person, ...message })) as {
      wamid: string;
    };
    await vi.waitFor(() => expect(messages).toHaveLength(1), patience);
    expect(messages[0]).toMatchObject({ phoneID: phoneNumberId, from: person, message: { id: wamid, ...message } });
    expect(heard).toMatchObject([{ isSigned: true, isSpoiltSigned: false }]);
  });

  test("hands on where a photo is, and the client can have it from there", async () => {
    const image = { base64: png.toString("base64"), mime_type: "image/png" };
    await sandbox.control.call("POST", "inbound", { from: person, type: "image", image });
    await vi.waitFor(() => expect(messages).toHaveLength(1), patience);
    const message = messages[0]?.message;
    const file = await api.fetchMedia(message?.type === "image" ? message.image.url : "");
    expect(Buffer.from(await file.arrayBuffer())).toEqual(png);
  });

  test("hands on taps on its own buttons and lists, and answers them", async () => {
    for (const [kind, tap, reply] of [
      ["reply buttons under a text", { button_index: 1 }, { button_reply: { id: "n", title: "No" } }],
      ["list", { row_id: "1" }, { list_reply: { id: "1", title: "One", description: "first" } }],
    ] as const) {
      messages.length = 0;
      const make = byInteraction.find(([each]) => each === kind)?.[1] ?? (() => new Text("none"));
      const wamid = wamidOf(await api.sendMessage(phoneNumberId, to, make(inboundWamid)));
      await sandbox.control.call("POST", "tap", { wamid, ...tap });
      await vi.waitFor(() => expect(messages).toHaveLength(1), patience);
      expect(messages[0]?.message).toMatchObject({ interactive: reply, context: { id: wamid } });
      const answered = await messages[0]?.reply(new Text("Thank you"), true);
      const answer = sandbox.sandbox.world.log.at(-1);
      expect(answered).toMatchObject({ messages: [{ id: answer?.wamid }] });
      expect(answer).toMatchObject({ body: "Thank you", contextWamid: messages[0]?.message.id });
    }
  });

  test.each([
    ["sent, delivered and read with what it costs", writer, new Text("Hi"), ["sent", "delivered", "read"]],
    ["played", writer, voice, ["sent", "delivered", "read", "played"]],
    ["failed", "33612340026", new Template("card_sent", "en"), ["failed"]],
  ] as const)("hands on %s", async (_, waId, message, expected) => {
    await sandbox.control.say(writer, "Hello");
    const id = wamidOf(await api.sendMessage(phoneNumberId, `+${waId}`, message));
    // One update per call may overtake another, as at Meta.
    const names = () => statuses.map(({ status }) => status).toSorted();
    await vi.waitFor(() => expect(names()).toEqual(expected.toSorted()), patience);
    for (const status of statuses) expect(status).toMatchObject({ id, phone: waId, phoneID: phoneNumberId });
    const isFailed = expected[0] === "failed";
    expect(statuses[0]?.error?.code).toBe(isFailed ? 131_026 : undefined);
    const first = statuses.find(({ status }) => status === "sent");
    if (!isFailed) expect(first?.pricing).toMatchObject({ pricing_model: "PMP", category: "service" });
    expect(heard.every(({ isSigned, isSpoiltSigned }) => isSigned && !isSpoiltSigned)).toBe(true);
  });

  test.each(toldOfAccounts)("finds the signature of %s right", async (_, cause, field, told) => {
    const { body } = await sandbox.createTemplate(aTemplate());
    await cause(sandbox, body.id ?? "");
    const change = saying({ field, value: told });
    await vi.waitFor(() => expect(heard.map((each) => each.change)).toContainEqual(change), patience);
    expect(heard.every(({ isSigned, isSpoiltSigned }) => isSigned && !isSpoiltSigned)).toBe(true);
  });

  test("refuses a handshake with another token", async () => {
    const asked = { url: server.url, verify_token: "another" };
    await expect(sandbox.control.call("POST", "webhook", asked)).rejects.toThrow(/could not be validated/);
  });
});
