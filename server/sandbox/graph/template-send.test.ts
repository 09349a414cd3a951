import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "#flow/json.ts";
import { aSandbox } from "../sandbox.fixture.ts";
import type { Template } from "./template.ts";

/** Every component and button kind of a template at send time (section 5), accepted and refused. */
let sandbox: Awaited<ReturnType<typeof aSandbox>>;
let count = 0;

beforeAll(async () => {
  sandbox = await aSandbox();
});
afterAll(() => sandbox.remove());

/** Put straight into the account: what a review lets pass is tested elsewhere. */
async function aTemplate(components: JsonObject[], more: Partial<Template> = {}): Promise<string> {
  const name = `t_${++count}`;
  await sandbox.sandbox.commit({
    k: "template",
    template: {
      id: String(2_000_000_000_000_000 + count),
      name,
      language: "en",
      category: "MARKETING",
      status: "APPROVED",
      parameterFormat: "POSITIONAL",
      components,
      qualityScore: "UNKNOWN",
      rejectedReason: "NONE",
      ttlSeconds: null,
      changedAt: 0,
      approvedEditsAt: [],
      ...more,
    },
  });
  return name;
}

async function send(name: string, components: object[]) {
  const template = { name, language: { code: "en" }, components };
  const { body } = await sandbox.send({ type: "template", template });
  const message = sandbox.sandbox.world.messages.get(body.messages?.[0]?.id ?? "");
  return { code: body.error?.code ?? null, message };
}

const a = (length: number) => "a".repeat(length);
const body = { type: "BODY", text: "All is well." };
const buttons = (...list: JsonObject[]): JsonObject[] => [body, { type: "BUTTONS", buttons: list }];
const button = (sub_type: string, parameter?: object, index: string | number = 0) => ({
  type: "button",
  sub_type,
  index,
  ...(parameter ? { parameters: [parameter] } : {}),
});
const action = (node: object) => ({ type: "action", action: node });
const header = (parameter: object) => ({ type: "header", parameters: [parameter] });
const text = (value: string, parameter_name?: string) => ({
  type: "text",
  text: value,
  ...(parameter_name ? { parameter_name } : {}),
});
const amount = (value: number) => ({ value, offset: 100 });
const bill = (total: number) => ({
  order_details: {
    reference_id: "ref",
    type: "digital-goods",
    currency: "INR",
    total_amount: amount(total),
    payment_configuration: "ours",
    order: {
      status: "pending",
      items: [{ retailer_id: "1", name: "bread", amount: amount(1000), quantity: 1 }],
      subtotal: amount(1000),
      tax: amount(0),
    },
  },
});
const status = (word: string) => ({
  type: "order_status",
  parameters: [{ type: "order_status", order_status: { reference_id: "ref", order: { status: word } } }],
});
const products = (length: number) => ({
  thumbnail_product_retailer_id: "p0",
  sections: [{ title: "Ours", product_items: Array.from({ length }, (_, i) => ({ product_retailer_id: `p${i}` })) }],
});

const flowButton = { type: "FLOW", text: "Apply", flow_id: "77", flow_action: "navigate", navigate_screen: "FIRST" };
const link = { type: "URL", text: "Open", url: "https://b.test/{{1}}" };
const otp = { type: "OTP", otp_type: "COPY_CODE", text: "Copy code" };
const place = (node: object) => header({ type: "location", location: node });

type Case = [
  what: string,
  definition: JsonObject[],
  components: object[],
  code: number | null,
  more?: Partial<Template>,
];

test.each<Case>([
  [
    "a quick reply's payload",
    buttons({ type: "QUICK_REPLY", text: "Yes" }),
    [button("quick_reply", { type: "payload", payload: a(256) })],
    null,
  ],
  [
    "a payload of 257",
    buttons({ type: "QUICK_REPLY", text: "Yes" }),
    [button("QUICK_REPLY", { type: "payload", payload: a(257) })],
    131009,
  ],
  ["a link's end", buttons(link), [button("url", text("x"), "0")], null],
  ["a link without its end", buttons(link), [], 131008],
  ["a link that takes nothing", buttons({ ...link, url: "https://b.test" }), [button("url", text("x"))], 132018],
  [
    "a coupon of 20",
    buttons({ type: "COPY_CODE" }),
    [button("copy_code", { type: "coupon_code", coupon_code: a(20) })],
    null,
  ],
  [
    "a coupon of 21",
    buttons({ type: "COPY_CODE" }),
    [button("copy_code", { type: "coupon_code", coupon_code: a(21) })],
    131009,
  ],
  ["no coupon", buttons({ type: "COPY_CODE" }), [], 131008],
  ["a flow by its defaults", buttons(flowButton), [], null],
  [
    "a flow with a token",
    buttons(flowButton),
    [button("flow", action({ flow_token: "t", flow_action_data: { a: 1 } }))],
    null,
  ],
  ["a flow with data that is none", buttons(flowButton), [button("flow", action({ flow_action_data: "x" }))], 131009],
  [
    "a catalogue",
    buttons({ type: "CATALOG", text: "View" }),
    [button("CATALOG", action({ thumbnail_product_retailer_id: "p" }))],
    null,
  ],
  ["a catalogue without a thumbnail", buttons({ type: "CATALOG", text: "View" }), [], null],
  ["thirty products", buttons({ type: "MPM", text: "View" }), [button("mpm", action(products(30)))], null],
  ["thirty-one products", buttons({ type: "MPM", text: "View" }), [button("mpm", action(products(31)))], 131009],
  ["no products", buttons({ type: "MPM", text: "View" }), [], 131008],
  ["a bill", buttons({ type: "ORDER_DETAILS", text: "Pay" }), [button("order_details", action(bill(1000)))], null],
  [
    "a bill that does not add up",
    buttons({ type: "ORDER_DETAILS", text: "Pay" }),
    [button("order_details", action(bill(1001)))],
    131009,
  ],
  ["no bill", buttons({ type: "ORDER_DETAILS", text: "Pay" }), [], 131008],
  ["a phone", buttons({ type: "PHONE_NUMBER", text: "Call", phone_number: "+1555" }), [], null],
  ["a place", [{ type: "HEADER", format: "LOCATION" }, body], [place({ latitude: 1, longitude: 2, name: "HQ" })], null],
  ["a place without a longitude", [{ type: "HEADER", format: "LOCATION" }, body], [place({ latitude: 1 })], 131009],
  ["no place", [{ type: "HEADER", format: "LOCATION" }, body], [], 132018],
  [
    "a video",
    [{ type: "HEADER", format: "VIDEO" }, body],
    [header({ type: "video", video: { link: "https://b.test/v" } })],
    null,
  ],
  [
    "a video nobody uploaded",
    [{ type: "HEADER", format: "VIDEO" }, body],
    [header({ type: "video", video: { id: "1" } })],
    131009,
  ],
  ["a video without itself", [{ type: "HEADER", format: "VIDEO" }, body], [header({ type: "video" })], 131008],
  [
    "a product",
    [{ type: "HEADER", format: "PRODUCT" }, body],
    [header({ type: "product", product: { product_retailer_id: "p", catalog_id: "1" } })],
    null,
  ],
  ["a header's value of 60", [{ type: "HEADER", format: "TEXT", text: "{{1}}" }, body], [header(text(a(60)))], null],
  ["a header's value of 61", [{ type: "HEADER", format: "TEXT", text: "{{1}}" }, body], [header(text(a(61)))], 132005],
  ["a header value nobody asked for", [body], [header(text("x"))], 132000],
  ["a body of 1024", [{ type: "BODY", text: "{{1}}!" }], [{ type: "body", parameters: [text(a(1023))] }], null],
  ["a body of 1025", [{ type: "BODY", text: "{{1}}!" }], [{ type: "body", parameters: [text(a(1024))] }], 132005],
  [
    "a currency without its value",
    [{ type: "BODY", text: "{{1}}!" }],
    [{ type: "body", parameters: [{ type: "currency" }] }],
    131008,
  ],
  [
    "named values in any order",
    [{ type: "BODY", text: "{{a}} {{b}}!" }],
    [{ type: "body", parameters: [text("2", "b"), text("1", "a")] }],
    null,
    { parameterFormat: "NAMED" },
  ],
  [
    "one name twice",
    [{ type: "BODY", text: "{{a}} {{b}}!" }],
    [{ type: "body", parameters: [text("2", "b"), text("1", "b")] }],
    132018,
    { parameterFormat: "NAMED" },
  ],
  [
    "a name where places count",
    [{ type: "BODY", text: "{{1}}!" }],
    [{ type: "body", parameters: [text("1", "a")] }],
    132018,
  ],
  [
    "a code of 15",
    [{ type: "BODY" }, { type: "BUTTONS", buttons: [otp] }],
    [{ type: "body", parameters: [text(a(15))] }, button("url", text(a(15)))],
    null,
    { category: "AUTHENTICATION" },
  ],
  [
    "a code of 16",
    [{ type: "BODY" }, { type: "BUTTONS", buttons: [otp] }],
    [{ type: "body", parameters: [text(a(16))] }, button("url", text(a(16)))],
    131009,
    { category: "AUTHENTICATION" },
  ],
  [
    "a code in the body only",
    [{ type: "BODY" }, { type: "BUTTONS", buttons: [otp] }],
    [{ type: "body", parameters: [text("1")] }],
    131008,
    { category: "AUTHENTICATION" },
  ],
  ["a button that calls", buttons({ type: "VOICE_CALL", text: "Talk", ttl_minutes: 1440 }), [], null],
  ["a button that shares a number", buttons({ type: "REQUEST_CONTACT_INFO" }), [], null],
  ["how far an order is", [body], [status("shipped")], null, { subCategory: "ORDER_STATUS" }],
  ["an order that is nowhere", [body], [status("lost")], 131009, { subCategory: "ORDER_STATUS" }],
  ["an order without a word of it", [body], [], 131008, { subCategory: "ORDER_STATUS" }],
  ["an order nobody asked about", [body], [status("shipped")], 132000],
  ["a component nobody knows", [body], [{ type: "sidebar" }], 131009],
])("%s", async (_, definition, components, code, more) => {
  expect((await send(await aTemplate(definition, more), components)).code).toBe(code);
});

describe("a limited-time offer", () => {
  const definition = (has_expiration: boolean): JsonObject[] => [
    { type: "LIMITED_TIME_OFFER", limited_time_offer: { text: "Only today", has_expiration } },
    { type: "BODY", text: "{{1}}!" },
    { type: "BUTTONS", buttons: [{ type: "COPY_CODE" }] },
  ];
  const until = (expiration_time_ms: number) => ({
    type: "limited_time_offer",
    parameters: [{ type: "limited_time_offer", limited_time_offer: { expiration_time_ms } }],
  });
  const coupon = (length: number) => button("copy_code", { type: "coupon_code", coupon_code: a(length) });
  const value = (length: number) => ({ type: "body", parameters: [text(a(length))] });
  const later = () => sandbox.sandbox.clock.now() + 60_000;

  test.each([
    ["with its end", true, () => [until(later()), value(599), coupon(15)], null],
    ["without its end", true, () => [value(1), coupon(15)], 131008],
    ["that is over", true, () => [until(1000), value(1), coupon(15)], 131009],
    ["that has no end", false, () => [value(1), coupon(15)], null],
    ["with a coupon of 16", false, () => [value(1), coupon(16)], 131009],
    ["with a text of 601", false, () => [value(600), coupon(15)], 132005],
  ])("%s", async (_, hasEnd, components, code) => {
    const sent = await send(await aTemplate(definition(hasEnd)), components());
    expect(sent.code).toBe(code);
    if (code === null) expect(sent.message?.rendered?.offer?.text).toBe("Only today");
  });
});

describe("a carousel", () => {
  const mediaCard: JsonObject = {
    components: [
      { type: "header", format: "image" },
      { type: "BODY", text: "Number {{1}}" },
      { type: "BUTTONS", buttons: [link, { type: "QUICK_REPLY", text: "More" }] },
    ],
  };
  const productCard: JsonObject = {
    components: [
      { type: "HEADER", format: "PRODUCT" },
      { type: "BUTTONS", buttons: [{ type: "SPM", text: "View" }] },
    ],
  };
  const card = (card_index: number, value = "1") => ({
    card_index,
    components: [
      header({ type: "image", image: { link: `https://b.test/${card_index}.png` } }),
      { type: "body", parameters: [text(value)] },
      button("url", text(`x${card_index}`)),
      button("quick_reply", { type: "payload", payload: `p${card_index}` }, "1"),
    ],
  });
  const product = (card_index: number) => ({
    card_index,
    components: [header({ type: "product", product: { product_retailer_id: `p${card_index}`, catalog_id: "1" } })],
  });
  const cards = (...list: object[]) => [{ type: "carousel", cards: list }];

  test.each([
    ["with all its cards", mediaCard, cards(card(0), card(1)), null],
    ["with cards in any order", mediaCard, cards(card(1), card(0)), null],
    ["with a card too few", mediaCard, cards(card(0)), 132018],
    ["with one card twice", mediaCard, cards(card(0), card(0)), 132018],
    ["with a card's value missing", mediaCard, cards(card(0), { card_index: 1, components: [] }), 132000],
    ["with a card's text of 161", mediaCard, cards(card(0), card(1, a(154))), 132005],
    ["of products, ten of them", productCard, cards(...Array.from({ length: 10 }, (_, i) => product(i))), null],
    ["of products, one of them", productCard, cards(product(0)), 132018],
    ["without any", mediaCard, [], 132018],
  ])("%s", async (_, definition, components, code) => {
    const name = await aTemplate([body, { type: "CAROUSEL", cards: [definition, definition] }]);
    expect((await send(name, components)).code).toBe(code);
  });

  test("shows each card with its values", async () => {
    const name = await aTemplate([body, { type: "CAROUSEL", cards: [mediaCard, mediaCard] }]);
    const { message } = await send(name, cards(card(0, "one"), card(1, "two")));
    expect(message?.rendered?.cards).toEqual([
      {
        header: { kind: "image", url: "https://b.test/0.png" },
        body: "Number one",
        buttons: [
          { kind: "url", text: "Open", url: "https://b.test/x0" },
          { kind: "quick_reply", text: "More", payload: "p0" },
        ],
      },
      expect.objectContaining({ body: "Number two" }),
    ]);
  });
});

test("a flow button says what opens", async () => {
  const name = await aTemplate(buttons(flowButton));
  const { message } = await send(name, [button("flow", action({ flow_token: "t", flow_action_data: { a: 1 } }))]);
  expect(message?.rendered?.buttons).toEqual([
    {
      kind: "flow",
      text: "Apply",
      flow: { flowId: "77", token: "t", mode: "published", action: "navigate", screen: "FIRST", data: { a: 1 } },
    },
  ]);
});
