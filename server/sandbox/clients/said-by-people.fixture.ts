import type { JsonObject } from "#flow/json.ts";

const contact = {
  name: { formatted_name: "Zoé Martin", first_name: "Zoé" },
  phones: [{ phone: "+33611111111", wa_id: "33611111111", type: "CELL" }],
};

/** Everything a person can send (section 11.1 of the contract), as the control plane takes it; a parser has to hand all of it on. */
export const saidByPeople: [kind: string, message: JsonObject & { type: string }][] = [
  ["a text", { type: "text", text: { body: "Où est ma carte ? 💳" } }],
  ["an image", { type: "image", image: { caption: "My card", mime_type: "image/png" } }],
  ["a video", { type: "video", video: { caption: "My flat", mime_type: "video/mp4" } }],
  ["a voice message", { type: "audio", audio: { voice: true, mime_type: "audio/ogg" } }],
  ["a document", { type: "document", document: { filename: "id.pdf", caption: "Here", mime_type: "application/pdf" } }],
  ["a sticker", { type: "sticker", sticker: { animated: false, mime_type: "image/webp" } }],
  ["a place", { type: "location", location: { latitude: 48.85, longitude: 2.35, name: "Louvre", address: "Paris" } }],
  ["contacts", { type: "contacts", contacts: [contact] }],
  ["a reaction", { type: "reaction", reaction: { message_id: "wamid.x", emoji: "👍" } }],
  ["a reaction taken back", { type: "reaction", reaction: { message_id: "wamid.x" } }],
  [
    "an order",
    {
      type: "order",
      order: {
        catalog_id: "1",
        text: "Please",
        product_items: [{ product_retailer_id: "p", quantity: 2, item_price: 9.5, currency: "EUR" }],
      },
    },
  ],
  [
    "a filled-in flow",
    {
      type: "interactive",
      interactive: {
        type: "nfm_reply",
        nfm_reply: { name: "flow", body: "Sent", response_json: '{"flow_token":"t","income":"2000"}' },
      },
      context: { from: "15550000000", id: "wamid.flow" },
    },
  ],
  [
    "a call permission",
    {
      type: "interactive",
      interactive: {
        type: "call_permission_reply",
        call_permission_reply: {
          response: "accept",
          expiration_timestamp: 1_800_000_000,
          response_source: "user_action",
        },
      },
    },
  ],
  ["a template's quick reply", { type: "button", button: { payload: "me", text: "It was me" } }],
  [
    "a new number",
    { type: "system", system: { type: "user_changed_number", body: "Zoé changed", wa_id: "33699999999" } },
  ],
  ["a new user id", { type: "system", system: { type: "user_changed_user_id", body: "Zoé changed", user_id: "FR.2" } }],
  ["new keys", { type: "system", system: { type: "customer_identity_changed", body: "Keys changed" } }],
  [
    "an edit",
    { type: "edit", edit: { original_message_id: "wamid.x", message: { type: "text", text: { body: "No" } } } },
  ],
  ["a message taken back", { type: "revoke", revoke: { original_message_id: "wamid.x" } }],
  [
    "something unsupported",
    {
      type: "unsupported",
      unsupported: { type: "poll" },
      errors: [{ code: 131_051, title: "Message type unknown", message: "Message type unknown" }],
    },
  ],
  ["something unknown", { type: "unknown", errors: [{ code: 131_051, title: "Unsupported message type" }] }],
  ["a forwarded text", { type: "text", text: { body: "Look" }, context: { forwarded: true } }],
  [
    "a question about a product",
    {
      type: "text",
      text: { body: "In blue?" },
      context: { from: "15550000000", id: "wamid.y", referred_product: { catalog_id: "1", product_retailer_id: "p" } },
    },
  ],
  [
    "a text after an ad",
    {
      type: "text",
      text: { body: "About your loan" },
      referral: {
        source_url: "https://fb.me/1",
        source_id: "1",
        source_type: "ad",
        headline: "Loans",
        body: "From 2 %",
        media_type: "image",
        image_url: "https://b.test/i.png",
        ctwa_clid: "c",
      },
    },
  ],
  [
    "a text with a new identity",
    {
      type: "text",
      text: { body: "Hi" },
      identity: { acknowledged: true, created_timestamp: "1800000000", hash: "h" },
    },
  ],
];
