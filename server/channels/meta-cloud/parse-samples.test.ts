import { describe, expect, test } from "vitest";
import { hasSamples, readSample, sampleNames } from "../../test-samples.ts";
import { parseWebhook } from "./parse.ts";

/** Fields that are kept raw on purpose: calls, groups and what was written on a phone that shares the number. */
const keptRaw = ["calls", "group_participants_update", "smb_message_echoes"];

/** What each sample call is told as, by folder: the kinds of its events, in our words. */
const expected: Record<string, Record<string, number>> = {
  webhook_messages: { inbound: 27, "new-ids": 2, "new-identity": 1, revoke: 1, other: 3 },
  webhook_statuses: { status: 4 },
  webhook_management: { account: 10, preference: 2, template: 1, "template-text": 1 },
  webhook_calls: { other: 3, inbound: 1 },
};

const bytes = (folder: string, name: string): Buffer => {
  const sample = readSample(`fixtures/${folder}/${name}`);
  // One file wraps its call in the name of the case it stands for.
  const call = sample !== null && typeof sample === "object" && "all" in sample ? sample.all : sample;
  return Buffer.from(JSON.stringify(call));
};
const inbound = (name: string) => parseWebhook(bytes("webhook_messages", `${name}.json`)).events[0];

describe.runIf(hasSamples)("Meta's own sample calls", () => {
  test.each(Object.keys(expected).flatMap((folder) => sampleNames(folder).map((name) => [folder, name] as const)))(
    "%s/%s is read without a loss",
    (folder, name) => {
      const { events, rejected } = parseWebhook(bytes(folder, name));
      expect(rejected).toEqual([]);
      expect(events).toHaveLength(1);
      for (const event of events) if (event.kind === "other") expect(keptRaw).toContain(event.field);
    },
  );

  test.each(Object.entries(expected))("%s tells of each kind so often", (folder, kinds) => {
    const counts: Record<string, number> = {};
    for (const name of sampleNames(folder))
      for (const { kind } of parseWebhook(bytes(folder, name)).events) counts[kind] = (counts[kind] ?? 0) + 1;
    expect(counts).toEqual(kinds);
  });

  test.each<[string, object]>([
    [
      "pywa_message_voice",
      {
        type: "audio",
        detail: {
          media: {
            kind: "audio",
            id: "1234567890987654321",
            mime: "audio/ogg; codecs=opus",
            sha256: "m04pFf2ERdaopTyFkGPA0+bX3i+YY2dYgVFwOgDLSDI=",
            fileName: null,
            isVoice: true,
          },
        },
      },
    ],
    [
      "pywa_message_document",
      { text: "caption", detail: { media: { fileName: "filename.pdf", mime: "application/pdf" }, isForwarded: true } },
    ],
    ["pywa_message_animated_sticker", { detail: { media: { kind: "sticker", isAnimated: true } } }],
    ["pywa_message_current_location", { detail: { location: { latitude: 12.25089, longitude: 43.90539 } } }],
    [
      "contact_sharing_message",
      {
        detail: {
          contacts: [{ name: "Lucía Gómez", phones: ["+1 (983) 555-2319"], emails: [], organisation: "Google" }],
        },
      },
    ],
    [
      "interactive_list_reply_message",
      {
        buttonId: "priority_express",
        text: "Priority Mail Express",
        detail: { choice: { id: "priority_express", description: "Next Day to 2 Days" } },
      },
    ],
    [
      "pywa_flow_completion_completion",
      {
        text: "Sent",
        detail: { form: { name: "flow", token: "AQAAAAACS5FpgQ_cAAAAAD0QI3s.", answers: { delivery_rating: "4" } } },
      },
    ],
    ["pywa_flow_completion_without_flow_token", { detail: { form: { token: null, answers: { cs_rating: "0" } } } }],
    ["pywa_message_reaction", { text: "😮", detail: { reaction: { wamid: "wamid.yzxyzx=", emoji: "😮" } } }],
    ["pywa_message_unreaction_empty", { detail: { reaction: { emoji: "" } } }],
    [
      "pywa_message_order",
      {
        text: null,
        detail: {
          order: {
            catalogId: "354160437058781",
            items: [{ productId: "HAMBURGER", quantity: 3, price: 30, currency: "ILS" }, {}, {}],
          },
        },
      },
    ],
    [
      "text_message_from_click_to_whatsapp_ad",
      { detail: { referral: { sourceType: "ad", sourceId: "120226305854810726", headline: "Chat with us" } } },
    ],
    [
      "text_message_with_context_product_inquiry",
      { detail: { product: { catalogId: "194836987003835", productId: "di9ozbzfi4" } } },
    ],
    ["pywa_message_unsupported", { type: "unsupported", detail: { errors: [{ code: 131051 }] } }],
    ["pywa_system_phone_number_change", { kind: "new-ids", after: { waId: "972912345678" } }],
    ["pywa_system_identity_change", { kind: "new-identity", hash: "xyzxyz" }],
    ["pywa_deleted_message_revoke", { kind: "revoke", original: "<ORIGINAL_WHATSAPP_MESSAGE_ID>" }],
  ])("%s keeps what a screen needs", (name, told) => {
    expect(inbound(name)).toMatchObject(told);
  });
});
