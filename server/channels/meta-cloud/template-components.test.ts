import { describe, expect, test } from "vitest";
import type { Json } from "#flow/json.ts";
import { hasSamples, readSample } from "../../test-samples.ts";
import type { TemplateDefinition } from "../template-definition.ts";
import { ownBody } from "./template-calls.ts";

const numbered = (...values: string[]) => Object.fromEntries(values.map((value, index) => [String(index + 1), value]));
const aTemplate = (
  parts: Partial<TemplateDefinition> & Pick<TemplateDefinition, "name" | "body">,
): TemplateDefinition => ({
  language: "en_US",
  category: "marketing",
  variables: "numbered",
  ...parts,
});
const app = { packageName: "com.example.luckyshrub", signatureHash: "K8a/AINcGX7" };

/** Meta's own sample by the definition that must give it. */
const samples: Record<string, TemplateDefinition> = {
  pywa_authentication_authentication_code_autofill_button: aTemplate({
    name: "authentication_code_autofill_button",
    category: "authentication",
    ttlSeconds: 60,
    body: { advisesSecrecy: true },
    footer: { codeMinutes: 10 },
    buttons: [
      { kind: "one-time-code", type: "one-tap", text: "Copy Code", autofillText: "Autofill", apps: [app, app] },
    ],
  }),
  pywa_authentication_zero_tap_auth_template: aTemplate({
    name: "zero_tap_auth_template",
    category: "authentication",
    ttlSeconds: 60,
    body: { advisesSecrecy: true },
    footer: { codeMinutes: 5 },
    buttons: [
      {
        kind: "one-time-code",
        type: "zero-tap",
        text: "Copy Code",
        autofillText: "Autofill",
        acceptsZeroTapTerms: true,
        apps: [app],
      },
    ],
  }),
  pywa_buttons_abandoned_cart: aTemplate({
    name: "abandoned_cart",
    header: { kind: "text", text: "Forget something, {{1}}?", samples: numbered("Pablo") },
    body: {
      text: "Looks like you left these items in your cart, still interested? Use code {{1}} to get 10% off!",
      samples: numbered("10OFF"),
    },
    buttons: [{ kind: "products", text: "View items" }],
  }),
  pywa_buttons_abandoned_cart_offer: aTemplate({
    name: "abandoned_cart_offer",
    header: { kind: "product" },
    body: { text: "Use code {{1}} to get {{2}} off our newest succulent!", samples: numbered("25OFF", "25%") },
    footer: { text: "Offer ends September 30, 2024" },
    buttons: [{ kind: "product", text: "View" }],
  }),
  pywa_buttons_intro_catalog_offer: aTemplate({
    name: "intro_catalog_offer",
    body: {
      text: "Now shop for your favourite products right here on WhatsApp! Get Rs {{1}} off on all orders above {{2}}Rs! Valid for your first {{3}} orders placed on WhatsApp!",
      samples: numbered("100", "400", "3"),
    },
    footer: { text: "Best grocery deals on WhatsApp!" },
    buttons: [{ kind: "catalog", text: "View catalog" }],
  }),
  pywa_buttons_order_confirmation: aTemplate({
    name: "order_confirmation",
    category: "utility",
    header: { kind: "document", handle: "4::YX..." },
    body: {
      text: "Thank you for your order, {{1}}! Your order number is {{2}}. Tap the PDF linked above to view your receipt. If you have any questions, please use the buttons below to contact support. Thank you for being a customer!",
      samples: numbered("Pablo", "860198-230332"),
    },
    buttons: [
      { kind: "phone", text: "Call", phone: "15550051310" },
      { kind: "url", text: "Contact Support", url: "https://www.luckyshrub.com/support" },
    ],
  }),
  pywa_buttons_order_delivery_update: aTemplate({
    name: "order_delivery_update",
    category: "utility",
    header: { kind: "location" },
    body: {
      text: "Good news {{1}}! Your order #{{2}} is on its way to the location above. Thank you for your order!",
      samples: numbered("Mark", "566701"),
    },
    footer: { text: "To stop receiving delivery updates, tap the button below." },
    buttons: [{ kind: "quick-reply", text: "Stop Delivery Updates" }],
  }),
  create_flow_template_message_by_name: aTemplate({
    name: "<TEMPLATE_NAME>",
    body: { text: "Check out this new offer" },
    buttons: [{ kind: "flow", text: "Check out this offer!", flow: { name: "{{Flow-Name}}" }, screen: "<SCREEN_ID>" }],
  }),
  pywa_limited_time_offer_limited_time_offer_caribbean_pkg_2023: aTemplate({
    name: "limited_time_offer_caribbean_pkg_2023",
    header: { kind: "image", handle: "4::aW..." },
    offer: { text: "Expiring offer!", hasEnd: true },
    body: {
      text: "Good news, {{1}}! Use code {{2}} to get 25% off all Caribbean Destination packages!",
      samples: numbered("Pablo", "CARIBE25"),
    },
    buttons: [
      { kind: "coupon", sample: "CARIBE25" },
      {
        kind: "url",
        text: "Book now!",
        url: "https://awesomedestinations.com/offers?code={{1}}",
        sample: "https://awesomedestinations.com/offers?ref=n3mtql",
      },
    ],
  }),
};

/** One sample writes a type in lower case; the format of variables is told always, and Meta's samples leave the default out. */
function comparable(value: Json): Json {
  if (Array.isArray(value)) return value.map(comparable);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "parameter_format")
      .map(([key, part]) => [key, key === "type" ? String(part).toUpperCase() : comparable(part)]),
  );
}

describe.runIf(hasSamples)("Meta's own sample templates", () => {
  test.each(Object.entries(samples))("%s", (name, definition) => {
    const body: Json = JSON.parse(JSON.stringify(ownBody(definition)));
    expect(comparable(body)).toEqual(comparable(readSample(`fixtures/template_create/${name}.json`)));
  });
});

test("a carousel's cards have their own header, body and buttons", () => {
  const card = (handle: string) => ({
    header: { kind: "image" as const, handle },
    body: { text: "Card for {{1}}.", samples: numbered("Ana") },
    buttons: [{ kind: "url" as const, text: "Open", url: "https://a/{{1}}", sample: "b" }],
  });
  const body = ownBody(aTemplate({ name: "cards", body: { text: "Look" }, cards: [card("4::a"), card("4::b")] }));
  expect(JSON.parse(JSON.stringify(body))).toMatchObject({
    parameter_format: "POSITIONAL",
    components: [
      { type: "BODY", text: "Look" },
      {
        type: "CAROUSEL",
        cards: ["4::a", "4::b"].map((handle) => ({
          components: [
            { type: "HEADER", format: "IMAGE", example: { header_handle: [handle] } },
            { type: "BODY", example: { body_text: [["Ana"]] } },
            { type: "BUTTONS", buttons: [{ type: "URL", example: ["b"] }] },
          ],
        })),
      },
    ],
  });
});

test("a call button, a question for the phone and an order each have their type", () => {
  const body = ownBody(
    aTemplate({
      name: "others",
      body: { text: "Hello" },
      buttons: [
        { kind: "voice-call", text: "Call us", minutes: 1440 },
        { kind: "contact-request" },
        { kind: "order", text: "Pay" },
        { kind: "flow", text: "Start", flow: { json: "{}" } },
      ],
    }),
  );
  expect(JSON.parse(JSON.stringify(body)).components[1].buttons).toEqual([
    { type: "VOICE_CALL", text: "Call us", ttl_minutes: 1440 },
    { type: "REQUEST_CONTACT_INFO" },
    { type: "ORDER_DETAILS", text: "Pay" },
    { type: "FLOW", text: "Start", flow_json: "{}", flow_action: "data_exchange" },
  ]);
});
