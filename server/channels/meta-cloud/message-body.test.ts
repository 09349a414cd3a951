import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "#flow/json.ts";
import { hasSamples, readSample, sampleNames } from "../../test-samples.ts";
import type { Connection } from "../channel.ts";
import type { OutgoingMessage } from "../outgoing-message.ts";
import type { OutgoingTemplate } from "../outgoing-template.ts";
import { messageCall } from "./message-body.ts";

const connection: Connection = {
  channelId: "c",
  baseUrl: "https://graph.example",
  phoneNumberId: "1",
  accountId: "2",
  token: "t",
  appSecret: "s",
  verifyToken: "v",
};
const phone = "+33612345678";
/** The body as it goes over the wire. */
const wire = (message: OutgoingMessage, quotes?: string, over: Partial<Connection> = {}): JsonObject =>
  JSON.parse(
    JSON.stringify(messageCall({ ...connection, ...over }, { ref: "r", to: { phone }, message, quotes }).body),
  );

const aTemplate = (parts: Partial<OutgoingTemplate>): OutgoingTemplate => ({
  kind: "template",
  name: "template-name",
  language: "en_US",
  header: null,
  body: {},
  buttons: [],
  ...parts,
});
const quoted = "<MSGID_OF_MSG_YOU_ARE_REPLYING_TO>";
const previous = "<MSGID_OF_PREV_MSG>";
const textValues = [
  "text-string",
  { kind: "currency", shown: "$100.99", code: "USD", amountThousandths: 100990 },
  { kind: "date-time", shown: "February 25, 1977" },
] as const;
const imageHeader = { kind: "media", type: "image", media: { url: "http(s)://the-image-url" } } as const;
const notShown = "Not shown in draft mode";
const flowStart = { screen: "<SCREEN_ID>", data: { "<CUSTOM_KEY>": "<CUSTOM_VALUE>" } };
const aDraftFlow = {
  kind: "flow",
  body: notShown,
  header: { kind: "text", text: notShown },
  footer: notShown,
  label: notShown,
  token: "<FLOW_TOKEN>",
  isDraft: true,
  start: flowStart,
} as const;
const home = { city: "Menlo Park", country: "United States", countryCode: "us", state: "CA", zip: "94025" };

/** Meta's own sample by the message that must give it, and what it quotes. */
const samples: Record<string, [OutgoingMessage, string?]> = {
  "mm_parameterized_template.json": [
    aTemplate({
      name: "promotional_offer",
      language: "en",
      category: "marketing",
      body: ["John Doe", { kind: "currency", shown: "$25.00", code: "USD", amountThousandths: 25000 }],
    }),
  ],
  "mm_simple_template_message.json": [aTemplate({ name: "hello_world", language: "en" })],
  "mm_template_with_product_policy.json": [aTemplate({ name: "welcome_offer", category: "marketing" })],
  "send_audio_message_by_id.json": [{ kind: "audio", media: { id: "<AUDIO_OBJECT_ID>" } }],
  "send_catalog_template_message.json": [
    aTemplate({
      name: "intro_catalog_offer",
      body: ["100", "400", "3"],
      buttons: [{ index: 0, kind: "catalog", thumbnailProductId: "2lc20305pt" }],
    }),
  ],
  "send_contact_message.json": [
    {
      kind: "contacts",
      contacts: [
        {
          addresses: [
            { ...home, street: "1 Hacker Way", type: "HOME" },
            { ...home, street: "200 Jefferson Dr", type: "WORK" },
          ],
          birthday: "2012-08-18",
          emails: [
            { email: "test@fb.com", type: "WORK" },
            { email: "test@whatsapp.com", type: "HOME" },
          ],
          name: { formatted: "John Smith", first: "John", last: "Smith", middle: "D.", prefix: "Dr", suffix: "Jr" },
          organisation: { company: "WhatsApp", department: "Design", title: "Manager" },
          phones: [
            { phone: "+1 (940) 555-1234", type: "HOME" },
            { phone: "+1 (650) 555-1234", type: "WORK", waId: "16505551234" },
          ],
          urls: [
            { url: "https://www.facebook.com", type: "WORK" },
            { url: "https://www.whatsapp.com", type: "HOME" },
          ],
        },
      ],
    },
  ],
  "send_document_message_by_id.json": [
    {
      kind: "document",
      media: { id: "<DOCUMENT_OBJECT_ID>" },
      caption: "<DOCUMENT_CAPTION_TO_SEND>",
      fileName: "<DOCUMENT_FILENAME>",
    },
  ],
  "send_draft_flow_by_id.json": [{ ...aDraftFlow, flow: { id: "{{Flow-ID}}" } }],
  "send_draft_flow_by_name.json": [{ ...aDraftFlow, flow: { name: "{{Flow-Name}}" } }],
  "send_published_flow_by_id.json": [
    {
      kind: "flow",
      body: "<BODY_TEXT>",
      header: { kind: "text", text: "<HEADER_TEXT>" },
      footer: "<FOOTER_TEXT>",
      label: "Open Flow!",
      flow: { id: "{{Flow-ID}}" },
      token: "<FLOW_TOKEN>",
      start: flowStart,
    },
  ],
  "send_flow_template_message.json": [
    aTemplate({
      name: "<TEMPLATE_NAME>",
      buttons: [{ index: 0, kind: "flow", token: "<FLOW_TOKEN>", data: { "<CUSTOM_KEY>": "<CUSTOM_VALUE>" } }],
    }),
  ],
  "send_image_message_by_id.json": [{ kind: "image", media: { id: "<IMAGE_OBJECT_ID>" } }],
  "send_message_template_interactive.json": [
    aTemplate({
      language: "language-and-locale-code",
      header: imageHeader,
      body: textValues,
      buttons: [
        { index: 0, kind: "quick-reply", value: "aGlzIHRoaXMgaXMgY29v" },
        { index: 1, kind: "quick-reply", value: "9rwnB8RbYmPF5t2Mn09x4h" },
      ],
    }),
  ],
  "send_message_template_media.json": [
    aTemplate({ language: "language-and-locale-code", header: imageHeader, body: textValues }),
  ],
  "send_message_template_text.json": [aTemplate({ language: "language-and-locale-code", body: textValues })],
  "send_multi_product_message.json": [
    {
      kind: "products",
      catalogId: "146265584024623",
      body: "<YOUR_TEXT_BODY_CONTENT>",
      footer: "<YOUR_TEXT_FOOTER_CONTENT>",
      header: { kind: "text", text: "<YOUR_TEXT_HEADER_CONTENT>" },
      sections: [
        {
          title: "<SECTION1_TITLE>",
          productIds: ["<YOUR_PRODUCT1_SKU_IN_CATALOG>", "<YOUR_SECOND_PRODUCT1_SKU_IN_CATALOG>"],
        },
        {
          title: "<SECTION2_TITLE>",
          productIds: ["<YOUR_PRODUCT2_SKU_IN_CATALOG>", "<YOUR_SECOND_PRODUCT2_SKU_IN_CATALOG>"],
        },
      ],
    },
  ],
  "send_order_details_message.json": [
    {
      kind: "order",
      body: "your-text-body-content",
      footer: "your-text-footer-content",
      header: {
        kind: "image",
        media: {
          url: "https://upload.wikimedia.org/wikipedia/commons/thumb/3/3b/Home_made_sour_dough_bread.jpg/640px-Home_made_sour_dough_bread.jpg",
        },
      },
      order: {
        reference: "unique-reference-id",
        goods: "digital",
        currency: "INR",
        items: [{ id: "1234567", name: "bread", amountMinor: 1500, quantity: 1, saleAmountMinor: 1000 }],
        taxMinor: 100,
        shippingMinor: 100,
        discountMinor: 100,
        payment: { configuration: "my-payment-config-name", type: "upi" },
      },
    },
  ],
  "send_reply_button.json": [
    {
      kind: "buttons",
      body: "<BUTTON_TEXT>",
      buttons: [
        { id: "<UNIQUE_BUTTON_ID_1>", title: "<BUTTON_TITLE_1>" },
        { id: "<UNIQUE_BUTTON_ID_2>", title: "<BUTTON_TITLE_2>" },
      ],
    },
  ],
  "send_reply_to_audio_message_by_id.json": [{ kind: "audio", media: { id: "<AUDIO_OBJECT_ID>" } }, quoted],
  "send_reply_to_audio_message_by_url.json": [{ kind: "audio", media: { url: "http(s)://audio-url" } }, quoted],
  "send_reply_to_document_message_by_id.json": [
    {
      kind: "document",
      media: { id: "<DOCUMENT_OBJECT_ID>" },
      caption: "<DOCUMENT_CAPTION_TO_SEND>",
      fileName: "<DOCUMENT_FILENAME>",
    },
    quoted,
  ],
  "send_reply_to_document_message_by_url.json": [
    { kind: "document", media: { url: "<http(s)://document-url>" }, caption: "<DOCUMENT_CAPTION_TEXT>" },
    quoted,
  ],
  "send_reply_to_image_message_by_id.json": [{ kind: "image", media: { id: "<IMAGE_OBJECT_ID>" } }, previous],
  "send_reply_to_image_message_by_url.json": [{ kind: "image", media: { url: "http(s)://image-url" } }, previous],
  "send_reply_to_list_message.json": [
    {
      kind: "list",
      body: "<BODY_TEXT>",
      footer: "<FOOTER_TEXT>",
      header: { kind: "text", text: "<HEADER_TEXT>" },
      button: "<BUTTON_TEXT>",
      sections: [1, 2].map((n) => ({
        title: `<LIST_SECTION_${n}_TITLE>`,
        rows: [1, 2].map((m) => ({
          id: `<LIST_SECTION_${n}_ROW_${m}_ID>`,
          title: `<SECTION_${n}_ROW_${m}_TITLE>`,
          description: `<SECTION_${n}_ROW_${m}_DESC>`,
        })),
      })),
    },
    previous,
  ],
  "send_reply_to_location_message.json": [
    {
      kind: "location",
      latitude: 37.758056,
      longitude: -122.425332,
      name: "META HQ",
      address: "1 Hacker Way, Menlo Park, CA 94025",
    },
    previous,
  ],
  "send_reply_to_sticker_message_by_id.json": [{ kind: "sticker", media: { id: "<MEDIA_OBJECT_ID>" } }, quoted],
  "send_reply_to_text_message.json": [{ kind: "text", body: "<TEXT_MSG_CONTENT>", hasPreview: false }, previous],
  "send_reply_to_video_message_by_url.json": [
    { kind: "video", media: { url: "<http(s)://video-url>" }, caption: "<VIDEO_CAPTION_TEXT>" },
    quoted,
  ],
  "send_reply_with_reaction_message.json": [{ kind: "reaction", wamid: "wamid.HBgLM...", emoji: "😀" }],
  "send_sticker_message_by_id.json": [{ kind: "sticker", media: { id: "<MEDIA_OBJECT_ID>" } }],
  "send_sticker_message_by_url.json": [{ kind: "sticker", media: { url: "<http(s)://sticker-url>" } }],
  "send_test_message.json": [aTemplate({ name: "hello_world" })],
  "send_text_message_with_preview_url.json": [
    { kind: "text", body: "Please visit https://youtu.be/hpltvTEiRrY.", hasPreview: true },
  ],
};

/** Not a message (mark-read has its own test), and one that Meta's current reference would refuse (quick replies with `true` as text). */
const notMessages = ["send_sample_issue_resolution_template.json", "send_typing_indicator_and_read_receipt.json"];

describe.runIf(hasSamples)("Meta's own sample requests", () => {
  test("each has a message that gives it, or a reason not to", () => {
    expect([...Object.keys(samples), ...notMessages].sort()).toEqual(sampleNames("send_requests"));
  });

  test.each(Object.entries(samples))("%s", (name, [message, quotes]) => {
    const marketing = {
      fallsBack: name !== "mm_parameterized_template.json",
      sharesActivity: name !== "mm_parameterized_template.json",
    };
    const sent = wire(message, quotes, name.startsWith("mm_") ? { marketing } : {});
    expect(comparable(sent)).toEqual(comparable(readSample(`fixtures/send_requests/${name}`)));
  });
});

/** Without what differs in spelling alone: defaults left out, an index as number or text, a case, a date's parts beside its fallback. */
function comparable(value: Json): Json {
  if (Array.isArray(value)) return value.map(comparable);
  if (value === null || typeof value !== "object") return value;
  const ignored = ["to", "recipient_type", "biz_opaque_callback_data", "day_of_month", "day_of_week", "calendar"];
  const parts = ["hour", "minute", "month", "year", "discount_program_name"];
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, part]) => ![...ignored, ...parts].includes(key) && part !== "optional_text")
      // Left out for text, forgotten for a list, a placeholder once.
      .filter(([key, part]) => !(key === "type" && ["text", "interactive", "<HEADER_TYPE>"].includes(String(part))))
      .map(([key, part]) => [
        key,
        key === "index" ? String(part) : key === "sub_type" ? String(part).toLowerCase() : comparable(part),
      ]),
  );
}

test.each<[string, OutgoingMessage, object]>([
  [
    "a link button",
    { kind: "link", body: "Pay", label: "Open", url: "https://example.com" },
    {
      type: "cta_url",
      body: { text: "Pay" },
      action: { name: "cta_url", parameters: { display_text: "Open", url: "https://example.com" } },
    },
  ],
  [
    "a question for the location",
    { kind: "location-request", body: "Where are you?" },
    { type: "location_request_message", body: { text: "Where are you?" }, action: { name: "send_location" } },
  ],
  [
    "a question for the phone",
    { kind: "contact-request", body: "Your number?" },
    { type: "request_contact_info", body: { text: "Your number?" }, action: { name: "request_contact_info" } },
  ],
  [
    "one product",
    { kind: "product", body: "", catalogId: "7", productId: "p" },
    { type: "product", action: { catalog_id: "7", product_retailer_id: "p" } },
  ],
  [
    "a catalogue",
    { kind: "catalog", body: "Ours" },
    { type: "catalog_message", body: { text: "Ours" }, action: { name: "catalog_message" } },
  ],
  [
    "the state of an order",
    { kind: "order-status", body: "Shipped", reference: "A1", status: "shipped", description: "Today" },
    {
      type: "order_status",
      body: { text: "Shipped" },
      action: {
        name: "review_order",
        parameters: { reference_id: "A1", order: { status: "shipped", description: "Today" } },
      },
    },
  ],
  [
    "a flow that asks its own endpoint",
    { kind: "flow", body: "KYC", flow: { id: "9" }, label: "Start", token: "tok" },
    {
      type: "flow",
      body: { text: "KYC" },
      action: {
        name: "flow",
        parameters: {
          flow_message_version: "3",
          flow_token: "tok",
          flow_id: "9",
          flow_cta: "Start",
          flow_action: "data_exchange",
        },
      },
    },
  ],
])("%s is an interactive message", (_, message, expected) => {
  expect(wire(message)).toMatchObject({ type: "interactive", interactive: expected });
});

test("a template's cards, offer, coupon, code and location each go to their component", () => {
  const card = (code: string) => ({
    header: { kind: "media" as const, type: "image" as const, media: { id: "5" } },
    body: [],
    buttons: [{ index: 0, kind: "link" as const, value: code }],
  });
  const template = aTemplate({
    header: { kind: "location", latitude: 14.7, longitude: -17.4, name: "Dakar" },
    body: { first_name: "Zoé\nde Ré" },
    buttons: [
      { index: 0, kind: "coupon", value: "CARIBE25" },
      { index: 1, kind: "one-time-code", value: "123456" },
      { index: 2, kind: "products", sections: [{ title: "Loans", productIds: ["a"] }] },
      { index: 3, kind: "order", details: { reference_id: "A1" } },
    ],
    cards: [card("BLUE"), card("RED")],
    offerEndsAt: 1_795_351_451_000,
  });
  expect(wire(template).template).toEqual({
    name: "template-name",
    language: { code: "en_US" },
    components: [
      {
        type: "header",
        parameters: [{ type: "location", location: { latitude: 14.7, longitude: -17.4, name: "Dakar" } }],
      },
      { type: "body", parameters: [{ type: "text", text: "Zoé de Ré", parameter_name: "first_name" }] },
      {
        type: "limited_time_offer",
        parameters: [{ type: "limited_time_offer", limited_time_offer: { expiration_time_ms: 1_795_351_451_000 } }],
      },
      {
        type: "carousel",
        cards: ["BLUE", "RED"].map((code, card_index) => ({
          card_index,
          components: [
            { type: "header", parameters: [{ type: "image", image: { id: "5" } }] },
            { type: "button", sub_type: "url", index: "0", parameters: [{ type: "text", text: code }] },
          ],
        })),
      },
      {
        type: "button",
        sub_type: "copy_code",
        index: "0",
        parameters: [{ type: "coupon_code", coupon_code: "CARIBE25" }],
      },
      { type: "button", sub_type: "url", index: "1", parameters: [{ type: "text", text: "123456" }] },
      {
        type: "button",
        sub_type: "mpm",
        index: "2",
        parameters: [
          {
            type: "action",
            action: { sections: [{ title: "Loans", product_items: [{ product_retailer_id: "a" }] }] },
          },
        ],
      },
      {
        type: "button",
        sub_type: "order_details",
        index: "3",
        parameters: [{ type: "action", action: { order_details: { reference_id: "A1" } } }],
      },
    ],
  });
});

test.each([
  ["marketing", "1/marketing_messages"],
  ["utility", "1/messages"],
] as const)("where marketing has its own endpoint, a %s template goes to %s", (category, path) => {
  const marketing = { fallsBack: true, sharesActivity: false };
  const outgoing = { ref: "r", to: { phone }, message: aTemplate({ category }) };
  expect(messageCall({ ...connection, marketing }, outgoing).path).toBe(path);
  expect(messageCall(connection, outgoing).path).toBe("1/messages");
});

test("a person without a phone is written to by their business-scoped id", () => {
  const outgoing = { ref: "r", to: { bsuid: "US.1" }, message: { kind: "text" as const, body: "Hi" } };
  const { body } = messageCall(connection, outgoing);
  expect(body).toMatchObject({ recipient: "US.1", biz_opaque_callback_data: "r" });
  expect(body).not.toHaveProperty("to");
});
