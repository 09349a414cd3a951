import { createHmac } from "node:crypto";
import {
  markMessageRead,
  sendButtonsMessage,
  sendCTAURLMessage,
  sendFlowMessage,
  sendImageMessage,
  sendListMessage,
  sendTemplateMessage,
  sendTextMessage,
  uploadMedia,
} from "@whatsapp-cloudapi/client";
import type { CloudAPIResponse, CloudAPITemplateComponent } from "@whatsapp-cloudapi/types/cloudapi";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { aSandbox, aSubscriber, identity } from "../sandbox.fixture.ts";
import { haste, kept, patience, person, png, quiet, to } from "./client.fixture.ts";
import { saidByPeople } from "./said-by-people.fixture.ts";
import { submitTemplates } from "./templates.fixture.ts";
import { TypedChange, typedMessages } from "./webhook-types.fixture.ts";

let sandbox: Awaited<ReturnType<typeof aSandbox>>;
let subscriber: Awaited<ReturnType<typeof aSubscriber>>;
let inboundWamid = "";

beforeAll(async () => {
  sandbox = await aSandbox();
  // The client has no webhook server, parser or verifier; what it has for webhooks is types.
  subscriber = await aSubscriber();
  await sandbox.control.subscribe(subscriber.url);
  await sandbox.control.call("POST", "schedule", haste);
  inboundWamid = ((await sandbox.control.say(to, "Hello")) as { wamid: string }).wamid;
  await submitTemplates(sandbox);
});
afterAll(async () => {
  subscriber.close();
  await sandbox.remove();
});
beforeEach(async () => {
  await quiet(sandbox);
  subscriber.received.length = 0;
});

/** What each of the client's functions wants to know. */
const sender = () => ({ accessToken: identity.token, from: identity.phoneNumberId, baseUrl: sandbox.url });
const writing = () => ({ ...sender(), to, bodyText: "Body" });

const upload = async (type: string): Promise<string> =>
  (await uploadMedia({ ...sender(), file: new Blob([png], { type }) })).id;

const link = (file: string) => ({ link: `https://b.test/${file}` });
const buttons = [
  { id: "y", title: "Yes" },
  { id: "n", title: "No" },
];
const sections = [{ title: "Help", rows: [{ id: "1", title: "One", description: "first" }] }];
const flow = { flowToken: "t", flowId: "123", flowCta: "Open" };
const under = (kind: string) => ({ body: "Body", rendered: { header: { kind } } });

type Sent = [kind: string, send: () => Promise<CloudAPIResponse>, inLedger: object];

const sent: Sent[] = [
  ["text", () => sendTextMessage({ ...writing(), text: "Bonjour 💳" }), { type: "text", body: "Bonjour 💳" }],
  [
    "text with a preview",
    () => sendTextMessage({ ...writing(), text: "https://b.test/x", previewUrl: true }),
    { rendered: { preview: { url: "https://b.test/x" } } },
  ],
  [
    "text with data of its own",
    () => sendTextMessage({ ...writing(), text: "Hi", bizOpaqueCallbackData: '{"step":1}' }),
    { ref: '{"step":1}' },
  ],
  [
    "image by id",
    async () => sendImageMessage({ ...writing(), mediaId: await upload("image/png"), caption: "Card" }),
    { type: "image", body: "Card", rendered: { header: { kind: "image", mediaId: expect.any(String) } } },
  ],
  [
    "reply buttons under a text",
    () => sendButtonsMessage({ ...writing(), buttons, headerText: "Head", footerText: "Footer" }),
    { rendered: { header: { text: "Head" }, footer: "Footer", buttons: [{ id: "y" }, { id: "n" }] } },
  ],
  [
    "reply buttons under image",
    () => sendButtonsMessage({ ...writing(), buttons, headerImage: link("i.png") }),
    under("image"),
  ],
  [
    "reply buttons under video",
    () => sendButtonsMessage({ ...writing(), buttons, headerVideo: link("v.mp4") }),
    under("video"),
  ],
  [
    "reply buttons under document",
    () => sendButtonsMessage({ ...writing(), buttons, headerDocument: { ...link("d.pdf"), filename: "d.pdf" } }),
    under("document"),
  ],
  [
    "list",
    () => sendListMessage({ ...writing(), buttonText: "Choose", sections }),
    { rendered: { list: { label: "Choose", sections: [{ title: "Help" }] } } },
  ],
  [
    "link button",
    () => sendCTAURLMessage({ ...writing(), buttonText: "Pay", url: "https://b.test/pay" }),
    { rendered: { buttons: [{ kind: "url", text: "Pay", url: "https://b.test/pay" }] } },
  ],
  [
    "link button under an image by id",
    async () =>
      sendCTAURLMessage({
        ...writing(),
        buttonText: "Pay",
        url: "https://b.test/pay",
        headerImage: { id: await upload("image/jpeg") },
      }),
    under("image"),
  ],
  [
    "flow that navigates",
    () => sendFlowMessage({ ...writing(), ...flow, flowAction: "navigate", screen: "START", data: { a: 1 } }),
    { rendered: { buttons: [{ kind: "flow", flow: { flowId: "123", screen: "START", data: { a: 1 } } }] } },
  ],
  [
    "flow with an endpoint",
    () => sendFlowMessage({ ...writing(), ...flow, flowAction: "data_exchange" }),
    { rendered: { buttons: [{ flow: { action: "data_exchange", token: "t" } }] } },
  ],
];

const template = (templateName: string, components?: CloudAPITemplateComponent[]) =>
  sendTemplateMessage({ ...sender(), to, templateName, languageCode: "en", ...(components ? { components } : {}) });
const headed = (parameter: CloudAPITemplateComponent["parameters"][number]): CloudAPITemplateComponent[] => [
  { type: "header", parameters: [parameter] },
];

const byTemplate: Sent[] = [
  ["no values", () => template("card_sent"), { body: "Your card is on its way." }],
  [
    "text, currency, date, payload and link",
    () =>
      template("rich", [
        { type: "header", parameters: [{ type: "text", text: "Zoé" }] },
        {
          type: "body",
          parameters: [
            { type: "currency", currency: { fallback_value: "€ 9", code: "EUR", amount_1000: 9000 } },
            { type: "date_time", date_time: { fallback_value: "1 May" } },
            { type: "text", text: "you" },
          ],
        },
        { type: "button", sub_type: "quick_reply", index: 0, parameters: [{ type: "payload", payload: "me" }] },
        { type: "button", sub_type: "url", index: 1, parameters: [{ type: "text", text: "x1" }] },
      ]),
    {
      body: "You paid € 9 at the shop on 1 May with your card, as you asked.",
      rendered: { header: { text: "Dear Zoé" }, buttons: [{ payload: "me" }, { url: "https://b.test/r/x1" }] },
    },
  ],
  [
    "an image",
    () => template("with_image", headed({ type: "image", image: link("i.png") })),
    { rendered: { header: { kind: "image" } } },
  ],
  [
    "a video",
    () => template("with_video", headed({ type: "video", video: link("v.mp4") })),
    { rendered: { header: { kind: "video" } } },
  ],
  [
    "a document",
    () => template("with_document", headed({ type: "document", document: link("d.pdf") })),
    { rendered: { header: { kind: "document" } } },
  ],
  [
    "a place",
    () =>
      template(
        "with_location",
        headed({ type: "location", location: { latitude: "1", longitude: "2", name: "Bank", address: "Paris" } }),
      ),
    { rendered: { header: { kind: "location", place: { latitude: 1, longitude: 2 } } } },
  ],
  [
    "a value by name",
    () =>
      template("named", [{ type: "body", parameters: [{ type: "text", text: "Zoé", parameter_name: "first_name" }] }]),
    { body: "Dear Zoé, your card is on its way." },
  ],
  [
    "a code",
    () =>
      template("code", [
        { type: "body", parameters: [{ type: "text", text: "123456" }] },
        { type: "button", sub_type: "url", index: "0", parameters: [{ type: "text", text: "123456" }] },
      ]),
    { rendered: { buttons: [{ kind: "otp" }] } },
  ],
  [
    "a quote",
    () =>
      sendTemplateMessage({
        ...sender(),
        to,
        templateName: "card_sent",
        languageCode: "en",
        languagePolicy: "deterministic",
        replyToMessageId: inboundWamid,
      }),
    { contextWamid: expect.stringMatching(/^wamid\./) },
  ],
];

describe("the client sends", () => {
  test.each(sent)("%s", async (_, send, inLedger) => {
    const answer = await send();
    expect(answer.contacts).toEqual([{ input: to, wa_id: person }]);
    expect(kept(sandbox, answer.messages[0]?.id)).toMatchObject({ waId: person, direction: "outbound", ...inLedger });
    expect(kept(sandbox, answer.messages[0]?.id).failsWith).toBeUndefined();
  });

  test.each(byTemplate)("a template with %s", async (_, send, inLedger) => {
    const answer = await send();
    expect(answer.messages[0]?.message_status).toBe("accepted");
    expect(kept(sandbox, answer.messages[0]?.id)).toMatchObject({ type: "template", ...inLedger });
  });

  test("nothing Meta refuses: it throws Meta's answer as text", async () => {
    await expect(template("nothing")).rejects.toThrow(/"code":132001/);
    await expect(sendTextMessage({ ...writing(), accessToken: "another", text: "Hi" })).rejects.toThrow(/"code":190/);
    const mediaId = "3000000000000000";
    await expect(sendImageMessage({ ...writing(), mediaId })).rejects.toThrow(/"code":131009/);
  });

  // Meta lists a body of 4096 characters for lists (section 3.2); the client stops at 1024 before it asks anybody.
  test("no list that the client itself finds too long", async () => {
    const long = { ...writing(), bodyText: "x".repeat(1025), buttonText: "Choose", sections };
    await expect(sendListMessage(long)).rejects.toThrow(/1024/);
  });
});

test("the client uploads a picture whose bytes can be had again", async () => {
  const id = await upload("image/png");
  expect(sandbox.sandbox.world.media.get(id)).toMatchObject({ mimeType: "image/png", bytes: png.length });
});

test("the client marks a message as read and shows that somebody is typing", async () => {
  const { wamid } = (await sandbox.control.say(to, "Anybody?")) as { wamid: string };
  const read = await markMessageRead({ ...sender(), messageId: wamid, showTypingIndicator: true });
  expect(read).toEqual({ success: true });
  expect(kept(sandbox, wamid).status).toBe("read");
  expect(sandbox.sandbox.world.typingUntil.get(person)).toBeGreaterThan(sandbox.sandbox.clock.now());
});

/** Of the five answers within an `interactive`, these types know three; they know no call permissions. */
const typed = saidByPeople.filter(
  ([kind, message]) => typedMessages.includes(message.type) && kind !== "a call permission",
);

describe("the client's webhook types", () => {
  test.each(typed)("fit %s", async (_, message) => {
    const { wamid } = (await sandbox.control.call("POST", "inbound", { from: person, ...message })) as {
      wamid: string;
    };
    await vi.waitFor(() => expect(subscriber.changes()).toHaveLength(1), patience);
    const change = TypedChange.parse(subscriber.changes()[0]);
    expect(change.value.messages).toMatchObject([{ id: wamid, from: person, type: message.type }]);
    if (message.type === "unknown") expect(subscriber.changes()[0]?.value.messages?.[0]).not.toHaveProperty("unknown");
  });

  test("fit taps on buttons, a list's row and a template's reply", async () => {
    const taps = [
      ["reply buttons under a text", { button_index: 1 }, { interactive: { button_reply: { id: "n", title: "No" } } }],
      ["list", { row_id: "1" }, { interactive: { list_reply: { id: "1", title: "One", description: "first" } } }],
      ["text, currency, date, payload and link", { button_index: 0 }, { button: { payload: "me", text: "It was me" } }],
    ] as const;
    for (const [kind, tap, reply] of taps) {
      const send = [...sent, ...byTemplate].find(([each]) => each === kind)?.[1];
      const wamid = (await send?.())?.messages[0]?.id;
      await quiet(sandbox);
      subscriber.received.length = 0;
      await sandbox.control.call("POST", "tap", { wamid, ...tap });
      await vi.waitFor(() => expect(subscriber.changes()).toHaveLength(1), patience);
      expect(TypedChange.parse(subscriber.changes()[0]).value.messages).toMatchObject([reply]);
    }
  });

  test.each([
    ["sent, delivered and read with what it costs", "33612345603", ["sent", "delivered", "read"], undefined],
    ["failed with its reason", "33612340026", ["failed"], 131_026],
  ] as const)("fit %s", async (_, waId, expected, code) => {
    const message = { templateName: "card_sent", languageCode: "en", bizOpaqueCallbackData: "ref" };
    const answer = await sendTemplateMessage({ ...sender(), ...message, to: `+${waId}` });
    const id = answer.messages[0]?.id;
    const told = () => subscriber.changes().flatMap((change) => TypedChange.parse(change).value.statuses ?? []);
    await vi.waitFor(() => expect(told()).toHaveLength(expected.length), patience);
    expect(told().map((status) => ({ ...status }))).toMatchObject(
      expected.map((status) => ({ id, status, recipient_id: waId, biz_opaque_callback_data: "ref" })),
    );
    expect(told()[0]).toMatchObject(code === undefined ? { pricing: { category: "utility" } } : { errors: [{ code }] });
  });
});

test("what a receiver of raw bytes computes with the app secret is the signature", async () => {
  await sandbox.control.say(to, "Où est ma carte ? 💳");
  await vi.waitFor(() => expect(subscriber.received).toHaveLength(1), patience);
  const call = subscriber.received[0];
  const digest = createHmac("sha256", identity.appSecret)
    .update(call?.rawBody ?? "")
    .digest("hex");
  expect(call?.headers["x-hub-signature-256"]).toBe(`sha256=${digest}`);
});
