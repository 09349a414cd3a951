import { expect, test } from "vitest";
import { GraphError } from "../graph-error.ts";
import { readTemplateDefinition } from "./template-rules.ts";

type Json = Parameters<typeof readTemplateDefinition>[0];

const body = (text = "Your loan is ready."): Json => ({ type: "BODY", text });
const text = (length: number): string => `${"word ".repeat(Math.ceil(length / 5))}`.slice(0, length - 1).concat("x");
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Code and subcode of the refusal, or what the review will say. */
function verdictOn(category: string, components: Json[], more: Json = {}): string {
  try {
    return readTemplateDefinition({ name: "a", language: "en_US", category, components, ...more }).rejectedReason;
  } catch (error) {
    if (error instanceof GraphError) return `${error.code}/${error.extra.subcode ?? ""}`;
    throw error;
  }
}

const buttons = (...list: Json[]): Json => ({ type: "BUTTONS", buttons: list });
const image: Json = { type: "HEADER", format: "IMAGE", example: { header_handle: ["4::x"] } };
const offer = (words: string): Json => ({
  type: "LIMITED_TIME_OFFER",
  limited_time_offer: { text: words, has_expiration: true },
});
const reply: Json = { type: "QUICK_REPLY", text: "More" };
const link: Json = { type: "URL", text: "Open", url: "https://b.test" };
const phone = (digits: string): Json => ({ type: "PHONE_NUMBER", text: "Call", phone_number: digits });
const copy = (code: string): Json => ({ type: "COPY_CODE", example: code });
const flow = (more: Json): Json => ({ type: "FLOW", text: "Start", ...more });
const pay: Json = { type: "ORDER_DETAILS", text: "Review and pay" };
const pdf = { header_handle: ["4::YXBwbGljYXRpb24vcGRm:x"] };
const call = (more: Json): Json => ({ type: "VOICE_CALL", text: "Call us", ...more });

const card = (...parts: Json[]): Json => ({ components: parts });
const aCard = (more: { words?: string; header?: Json; list?: Json[] } = {}): Json =>
  card(more.header ?? image, body(more.words ?? "A fine plant."), buttons(...(more.list ?? [reply, link])));
const carousel = (...cards: Json[]): Json[] => [body(), { type: "CAROUSEL", cards }];

test.each<[string, Json[], string]>([
  ["a body of 1024", [body(text(1024))], "NONE"],
  ["a header of 60", [{ type: "HEADER", format: "TEXT", text: text(60) }, body()], "NONE"],
  ["a footer of 60", [body(), { type: "FOOTER", text: text(60) }], "NONE"],
  ["a header of a place", [{ type: "HEADER", format: "LOCATION" }, body()], "NONE"],
  ["a header of an unknown format", [{ type: "HEADER", format: "HOLOGRAM" }, body()], "100/2388047"],
  [
    "a picture whose sample is a document",
    [{ type: "HEADER", format: "IMAGE", example: { header_handle: ["4::YXBwbGljYXRpb24vcGRm:x"] } }, body()],
    "100/2388047",
  ],
  ["an unknown component", [body(), { type: "SIDEBAR" }], "100/"],
  ["a request for permission to call", [body(), { type: "call_permission_request" }], "NONE"],
  ["an offer of 16 letters", [image, offer(text(16)), body(), buttons(copy("A".repeat(15)))], "NONE"],
  ["an offer of 17 letters", [image, offer(text(17)), body(), buttons(copy("A"))], "100/"],
  ["an offer's code of 16 letters", [image, offer("Hurry"), body(), buttons(copy("A".repeat(16)))], "100/"],
  ["an offer's body of 600", [offer("Hurry"), body(text(600))], "NONE"],
  ["an offer's body of 601", [offer("Hurry"), body(text(601))], "100/2388040"],
  ["an offer with a footer", [offer("Hurry"), body(), { type: "FOOTER", text: "Bank" }], "100/2388073"],
  [
    "an offer with a text header",
    [{ type: "HEADER", format: "TEXT", text: "A" }, offer("Hurry"), body()],
    "100/2388047",
  ],
  ["2 cards", carousel(aCard(), aCard()), "NONE"],
  ["10 cards", carousel(...many(10, () => aCard())), "NONE"],
  ["1 card", carousel(aCard()), "100/"],
  ["11 cards", carousel(...many(11, () => aCard())), "100/"],
  ["cards with other buttons", carousel(aCard(), aCard({ list: [reply] })), "100/"],
  [
    "cards with other headers",
    carousel(aCard(), aCard({ header: { type: "HEADER", format: "VIDEO", example: { header_handle: ["4::x"] } } })),
    "100/",
  ],
  ["cards of 160 letters", carousel(aCard({ words: text(160) }), aCard()), "NONE"],
  ["cards of 161 letters", carousel(aCard({ words: text(161) }), aCard()), "100/2388040"],
  ["cards with 3 buttons", carousel(...many(2, () => aCard({ list: [reply, link, link] }))), "100/"],
  [
    "cards with a text header",
    carousel(...many(2, () => aCard({ header: { type: "HEADER", format: "TEXT", text: "A" } }))),
    "100/",
  ],
  ["cards without buttons", carousel(card(image, body()), card(image, body())), "100/"],
  ["a carousel below a header", [image, ...carousel(aCard(), aCard())], "100/"],
  ["a phone of 20 digits", [body(), buttons(phone("1".repeat(20)))], "NONE"],
  ["a phone of 21 digits", [body(), buttons(phone("1".repeat(21)))], "100/"],
  ["two phones", [body(), buttons(phone("1"), phone("2"))], "100/"],
  ["a code of 20 letters", [body(), buttons(copy("A".repeat(20)))], "NONE"],
  ["a code of 21 letters", [body(), buttons(copy("A".repeat(21)))], "100/"],
  ["two codes", [body(), buttons(copy("A"), copy("B"))], "100/"],
  ["a button of 25 letters", [body(), buttons({ type: "QUICK_REPLY", text: "a".repeat(25) })], "NONE"],
  ["a button with a variable", [body(), buttons({ type: "QUICK_REPLY", text: "Hi {{1}}" })], "100/"],
  ["a link of 2000 letters", [body(), buttons({ ...link, url: `https://b.test/${"a".repeat(1985)}` })], "NONE"],
  ["a link of 2001 letters", [body(), buttons({ ...link, url: `https://b.test/${"a".repeat(1986)}` })], "100/"],
  ["two links", [body(), buttons(link, link)], "NONE"],
  ["links before replies", [body(), buttons(link, reply)], "NONE"],
  ["a flow by id", [body(), buttons(flow({ flow_id: "1" }))], "NONE"],
  ["a flow by its JSON", [body(), buttons(flow({ flow_json: "{}" }))], "NONE"],
  ["a flow by id and name", [body(), buttons(flow({ flow_id: "1", flow_name: "a" }))], "100/"],
  ["a flow by nothing", [body(), buttons(flow({}))], "100/"],
  ["a flow that goes to no screen", [body(), buttons(flow({ flow_id: "1", flow_action: "navigate" }))], "100/"],
  [
    "a flow that goes to a screen",
    [body(), buttons(flow({ flow_id: "1", flow_action: "navigate", navigate_screen: "A" }))],
    "NONE",
  ],
  ["a flow that asks its endpoint", [body(), buttons(flow({ flow_id: "1", flow_action: "data_exchange" }))], "NONE"],
  ["a call of 1440 minutes", [body(), buttons(call({ ttl_minutes: 1440 }))], "NONE"],
  ["a call of 43200 minutes", [body(), buttons(call({ ttl_minutes: 43_200 }))], "NONE"],
  ["a call of 1439 minutes", [body(), buttons(call({ ttl_minutes: 1439 }))], "100/"],
  ["a call of 43201 minutes", [body(), buttons(call({ ttl_minutes: 43_201 }))], "100/"],
  ["a call's text of 20", [body(), buttons(call({ text: "a".repeat(20) }))], "NONE"],
  ["a call's text of 21", [body(), buttons(call({ text: "a".repeat(21) }))], "100/"],
  ["a wish for the contact", [body(), buttons({ type: "REQUEST_CONTACT_INFO" })], "NONE"],
  ["a catalogue", [body(), buttons({ type: "CATALOG", text: "View catalog" })], "NONE"],
  ["a catalogue and a reply", [body(), buttons({ type: "CATALOG", text: "View" }, reply)], "100/"],
  ["several products", [body(), buttons({ type: "MPM", text: "View items" })], "NONE"],
  ["an order", [body(), buttons(pay)], "NONE"],
  ["an order below a document", [{ ...image, format: "DOCUMENT", example: pdf }, body(), buttons(pay)], "NONE"],
  ["an order below a place", [{ type: "HEADER", format: "LOCATION" }, body(), buttons(pay)], "100/"],
  ["a wish for the contact beside a reply", [body(), buttons({ type: "REQUEST_CONTACT_INFO" }, reply)], "100/"],
  ["one product", [{ type: "HEADER", format: "PRODUCT" }, body(), buttons({ type: "SPM", text: "View" })], "NONE"],
  ["a product without its button", [{ type: "HEADER", format: "PRODUCT" }, body()], "100/"],
  [
    "one product with 160 letters",
    [{ type: "HEADER", format: "PRODUCT" }, body(text(160)), buttons({ type: "SPM", text: "View" })],
    "NONE",
  ],
  [
    "one product with 161 letters",
    [{ type: "HEADER", format: "PRODUCT" }, body(text(161)), buttons({ type: "SPM", text: "View" })],
    "100/2388040",
  ],
  ["an unknown button", [body(), buttons({ type: "LEVER", text: "Pull" })], "100/"],
  ["a one-time code", [body(), buttons({ type: "OTP", otp_type: "COPY_CODE" })], "100/"],
])("a marketing template with %s", (_, components, verdict) => {
  expect(verdictOn("MARKETING", components)).toBe(verdict);
});

test.each<[string, string, Json[], string]>([
  ["a body and a footer", "UTILITY", [body(), { type: "FOOTER", text: "Bank" }], "NONE"],
  ["a header", "UTILITY", [{ type: "HEADER", format: "LOCATION" }, body()], "100/"],
  ["a button", "UTILITY", [body(), buttons(reply)], "100/"],
  ["marketing", "MARKETING", [body()], "100/"],
])("how far an order is, with %s", (_, category, components, verdict) => {
  expect(verdictOn(category, components, { sub_category: "order_status" })).toBe(verdict);
});

test.each(["UTILITY", "AUTHENTICATION"])("a %s template has no carousel and no offer", (category) => {
  expect(verdictOn(category, carousel(aCard(), aCard()))).toMatch(/^100/);
  expect(verdictOn(category, [offer("Hurry"), body()])).toMatch(/^100/);
});

const app = (hash = "K8a/AINcGX7"): Json => ({ package_name: "com.bank", signature_hash: hash });
const otp = (more: Json): Json => buttons({ type: "OTP", otp_type: "COPY_CODE", ...more });
const preset: Json = { type: "BODY" };
const expiry = (minutes: number): Json => ({ type: "FOOTER", code_expiration_minutes: minutes });

test.each<[string, Json[], string]>([
  ["a copied code", [preset, otp({})], "NONE"],
  ["advice", [{ ...preset, add_security_recommendation: true }, otp({})], "NONE"],
  ["advice that is a word", [{ ...preset, add_security_recommendation: "yes" }, otp({})], "100/"],
  ["a text of its own", [body(), otp({})], "100/2388072"],
  ["a header", [image, preset, otp({})], "100/2388047"],
  ["a footer of its own", [preset, { type: "FOOTER", text: "Bank" }, otp({})], "100/2388073"],
  ["1 minute", [preset, expiry(1), otp({})], "NONE"],
  ["90 minutes", [preset, expiry(90), otp({})], "NONE"],
  ["0 minutes", [preset, expiry(0), otp({})], "100/"],
  ["91 minutes", [preset, expiry(91), otp({})], "100/"],
  ["one tap", [preset, otp({ otp_type: "ONE_TAP", supported_apps: [app()] })], "NONE"],
  ["one tap for 5 apps", [preset, otp({ otp_type: "ONE_TAP", supported_apps: many(5, () => app()) })], "NONE"],
  ["one tap for 6 apps", [preset, otp({ otp_type: "ONE_TAP", supported_apps: many(6, () => app()) })], "100/"],
  ["one tap for no app", [preset, otp({ otp_type: "ONE_TAP" })], "100/"],
  ["one tap in its old form", [preset, otp({ otp_type: "one_tap", ...app("K8a%2FAINcGX7") })], "NONE"],
  ["a hash of 10 letters", [preset, otp({ otp_type: "ONE_TAP", supported_apps: [app("K8a/AINcGX")] })], "100/"],
  ["a hash of 12 letters", [preset, otp({ otp_type: "ONE_TAP", supported_apps: [app("K8a/AINcGX77")] })], "100/"],
  ["an autofill text of 26", [preset, otp({ autofill_text: "a".repeat(26) })], "100/"],
  [
    "zero taps",
    [preset, otp({ otp_type: "ZERO_TAP", supported_apps: [app()], zero_tap_terms_accepted: true })],
    "NONE",
  ],
  ["zero taps without the terms", [preset, otp({ otp_type: "ZERO_TAP", supported_apps: [app()] })], "100/"],
  [
    "two codes",
    [preset, buttons({ type: "OTP", otp_type: "COPY_CODE" }, { type: "OTP", otp_type: "COPY_CODE" })],
    "100/",
  ],
  ["a link", [preset, buttons(link)], "100/"],
])("an authentication template with %s", (_, components, verdict) => {
  expect(verdictOn("AUTHENTICATION", components)).toBe(verdict);
});

const code: Json[] = [preset, otp({})];
test.each<[string, Json[], number, string]>([
  ["AUTHENTICATION", code, 29, "100/"],
  ["AUTHENTICATION", code, 30, "NONE"],
  ["AUTHENTICATION", code, 900, "NONE"],
  ["AUTHENTICATION", code, 901, "100/"],
  ["UTILITY", [body()], 29, "100/"],
  ["UTILITY", [body()], 30, "NONE"],
  ["UTILITY", [body()], 43_200, "NONE"],
  ["UTILITY", [body()], 43_201, "100/"],
  ["UTILITY", [body()], -1, "NONE"],
  ["MARKETING", [body()], 43_199, "100/"],
  ["MARKETING", [body()], 43_200, "NONE"],
  ["MARKETING", [body()], 2_592_000, "NONE"],
  ["MARKETING", [body()], 2_592_001, "100/"],
  ["MARKETING", [body()], -1, "100/"],
])("a %s template that lives %s %s s", (category, components, seconds, verdict) => {
  expect(verdictOn(category, components, { message_send_ttl_seconds: seconds })).toBe(verdict);
});

test("a name of 512 letters is the longest", () => {
  expect(verdictOn("UTILITY", [body()], { name: "a".repeat(512) })).toBe("NONE");
  expect(verdictOn("UTILITY", [body()], { name: "a".repeat(513) })).toBe("100/");
});
