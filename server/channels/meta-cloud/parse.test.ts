import { describe, expect, test } from "vitest";
import { parseWebhook } from "./parse.ts";

const phoneNumberId = "106540352242922";
const metadata = { display_phone_number: "15550783881", phone_number_id: phoneNumberId };
const call = (...changes: object[]) =>
  Buffer.from(JSON.stringify({ object: "whatsapp_business_account", entry: [{ id: "1", changes }] }));
const messages = (value: object) => ({
  field: "messages",
  value: { messaging_product: "whatsapp", metadata, ...value },
});
const inbound = (
  message: object,
  contact: object = { profile: { name: "Zoé" }, wa_id: "33612345678", user_id: "FR.1" },
) =>
  messages({
    contacts: [contact],
    messages: [{ from: "33612345678", id: "wamid.I", timestamp: "1750091045", ...message }],
  });
const status = (node: object) =>
  messages({ statuses: [{ id: "wamid.S", timestamp: "1750091045", recipient_id: "33612345678", ...node }] });
const events = (...changes: object[]) => parseWebhook(call(...changes)).events;

describe("a status", () => {
  test("carries our reference and its time in milliseconds", () => {
    expect(events(status({ status: "delivered", biz_opaque_callback_data: "ours" }))).toEqual([
      {
        kind: "status",
        phoneNumberId,
        wamid: "wamid.S",
        ref: "ours",
        status: "delivered",
        at: 1_750_091_045_000,
        errorCode: null,
        errorDetail: null,
        errorClass: null,
        isUnreachable: false,
        recipient: { waId: "33612345678", bsuid: null },
        pricing: null,
        conversation: null,
      },
    ]);
  });

  test("that failed tells code and detail", () => {
    const errors = [{ code: 131026, title: "Message undeliverable", error_data: { details: "Not on WhatsApp" } }];
    expect(events(status({ status: "failed", errors }))[0]).toMatchObject({
      status: "failed",
      errorCode: 131026,
      errorDetail: "Not on WhatsApp",
    });
  });

  test("of a kind we have no use for is other", () => {
    expect(events(status({ status: "warned" }))).toEqual([{ kind: "other", field: "messages.warned" }]);
    expect(events(status({ status: "played" }))).toMatchObject([{ kind: "status", status: "played" }]);
  });

  test("without an id is left out and its neighbours stay", () => {
    const statuses = [
      { status: "sent", timestamp: "1750091045" },
      { id: "wamid.S", status: "sent", timestamp: "1750091045" },
      null,
    ];
    const { events: kept, rejected } = parseWebhook(call(messages({ statuses })));
    expect(kept).toMatchObject([{ wamid: "wamid.S" }]);
    expect(rejected.map((item) => item.path)).toEqual([
      "entry.0.changes.0.value.statuses.0.id",
      "entry.0.changes.0.value.statuses.2",
    ]);
  });
});

test.each<[string, object, object]>([
  ["text", { type: "text", text: { body: "Solde" } }, { type: "text", text: "Solde", buttonId: null }],
  [
    "a quick reply",
    { type: "button", button: { payload: "help", text: "Aide" }, context: { id: "wamid.O" } },
    { text: "Aide", buttonId: "help", contextWamid: "wamid.O" },
  ],
  [
    "a reply button",
    { type: "interactive", interactive: { type: "button_reply", button_reply: { id: "yes", title: "Oui" } } },
    { text: "Oui", buttonId: "yes" },
  ],
  [
    "a list row",
    { type: "interactive", interactive: { type: "list_reply", list_reply: { id: "card", title: "Carte" } } },
    { text: "Carte", buttonId: "card" },
  ],
  [
    "a document",
    { type: "document", document: { id: "1", mime_type: "application/pdf", caption: "Papiers" } },
    { type: "document", text: "Papiers" },
  ],
  ["a type to come", { type: "hologram", hologram: {} }, { type: "hologram", text: null }],
  [
    "a message without a phone",
    { type: "text", text: { body: "Hi" }, from: undefined, from_user_id: "FR.1" },
    { text: "Hi" },
  ],
])("%s from a person is an inbound message", (_, message, expected) => {
  expect(events(inbound(message))).toEqual([
    expect.objectContaining({
      kind: "inbound",
      phoneNumberId,
      wamid: "wamid.I",
      from: { waId: "33612345678", bsuid: "FR.1", name: "Zoé" },
      ...expected,
    }),
  ]);
});

test("a person known only by their business-scoped id has no phone", () => {
  const change = inbound(
    { type: "text", text: { body: "Hi" }, from: undefined, from_user_id: "FR.1" },
    { profile: { name: "Zoé" }, user_id: "FR.1" },
  );
  expect(events(change)[0]).toMatchObject({ from: { waId: null, bsuid: "FR.1", name: "Zoé" } });
});

test("a changed number is nobody's message", () => {
  const system = { type: "system", system: { type: "user_changed_number", wa_id: "33699999999", body: "changed" } };
  expect(events(inbound(system))).toEqual([
    {
      kind: "new-ids",
      before: { waId: "33612345678", bsuid: "FR.1" },
      after: { waId: "33699999999", bsuid: null },
      at: 1_750_091_045_000,
    },
  ]);
});

test.each([
  ["APPROVED", "NONE", "approved", null],
  ["REJECTED", "INVALID_FORMAT", "rejected", "INVALID_FORMAT"],
  ["PAUSED", "NONE", "paused", null],
  ["DISABLED", "NONE", "disabled", null],
  ["REINSTATED", "NONE", "approved", null],
  ["DELETED", null, "disabled", null],
])("a template that is %s is told in our words, with its id as it was written", (event, reason, expected, told) => {
  const raw = JSON.stringify({
    entry: [
      {
        id: "1",
        changes: [
          {
            field: "message_template_status_update",
            value: {
              event,
              message_template_id: "ID",
              message_template_name: "kyc",
              message_template_language: "en-US",
              reason,
            },
          },
        ],
      },
    ],
  }).replace('"ID"', "92233720368547758079");
  expect(parseWebhook(Buffer.from(raw)).events).toEqual([
    {
      kind: "template",
      providerId: "92233720368547758079",
      name: "kyc",
      language: "en_US",
      status: expected,
      reason: told,
    },
  ]);
});

test.each<[string, object, object]>([
  [
    "that became marketing",
    { previous_category: "UTILITY", new_category: "MARKETING" },
    { kind: "template-category", providerId: "900", name: "kyc", category: "marketing" },
  ],
  [
    "that will become marketing is utility until then",
    { correct_category: "MARKETING", new_category: "UTILITY", category_update_timestamp: 1746169200 },
    { kind: "template-category", providerId: "900", name: "kyc", category: "utility" },
  ],
  [
    "that is for one-time codes now",
    { new_category: "AUTHENTICATION" },
    { kind: "template-category", providerId: "900", name: "kyc", category: "authentication" },
  ],
  ["of a category nobody knows", { new_category: "NEWS" }, { kind: "other", field: "template_category_update" }],
])("a template %s", (_, change, expected) => {
  const value = {
    message_template_id: 900,
    message_template_name: "kyc",
    message_template_language: "en-US",
    ...change,
  };
  const raw = JSON.stringify({ entry: [{ id: "1", changes: [{ field: "template_category_update", value }] }] });
  expect(parseWebhook(Buffer.from(raw)).events).toEqual([expected]);
});

test.each([
  ["stop", "stop"],
  ["resume", "resume"],
  ["signup", "resume"],
])("the preference %s for marketing is taken as %s", (value, marketing) => {
  const user_preferences = [{ wa_id: "33612345678", category: "marketing_messages", value, timestamp: 1731705721 }];
  expect(events({ field: "user_preferences", value: { metadata, user_preferences } })).toEqual([
    { kind: "preference", phoneNumberId, waId: "33612345678", bsuid: null, marketing, at: 1_731_705_721_000 },
  ]);
});

test("a field to come is other, and what stands beside it is read", () => {
  expect(events({ field: "holograms", value: {} }, status({ status: "sent" }))).toMatchObject([
    { kind: "other", field: "holograms" },
    { kind: "status" },
  ]);
});
