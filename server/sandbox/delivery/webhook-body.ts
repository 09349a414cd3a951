import { createHmac } from "node:crypto";
import type { JsonObject } from "#flow/json.ts";
import { errorTitle } from "../graph-error.ts";
import type { Message, Update } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";

type Change = { field: string; value: JsonObject };

/** The envelope of one call (section 11): consecutive statuses of one number share a change, everything else has its own. */
export function webhookEnvelope(sandbox: Sandbox, updates: Update[]): JsonObject {
  const changes: Change[] = [];
  let statuses: { list: JsonObject[]; contacts: Map<string, JsonObject> } | null = null;
  let time: number | null = null;
  for (const update of updates) {
    if (update.kind !== "status") {
      changes.push(changeOf(sandbox, update));
      if (update.kind === "event" && update.isTimed) time = Math.floor(update.at / 1000);
      statuses = null;
      continue;
    }
    const message = sandbox.world.messages.get(update.wamid);
    if (!message) continue;
    if (!statuses) {
      statuses = { list: [], contacts: new Map() };
      changes.push({
        field: "messages",
        value: { ...metadata(sandbox, message.phoneNumberId), contacts: [], statuses: statuses.list },
      });
    }
    statuses.list.push(statusOf(message, update));
    // Meta leaves contacts out of failed statuses.
    if (update.status !== "failed")
      statuses.contacts.set(message.waId, contactOf(sandbox, message.waId, message.bsuid !== undefined));
    const value = changes.at(-1)?.value;
    if (value) value.contacts = [...statuses.contacts.values()];
  }
  return {
    object: "whatsapp_business_account",
    entry: [{ id: sandbox.identity.accountId, ...(time === null ? {} : { time }), changes }],
  };
}

/** Bytes and signature from one buffer. Meta escapes everything above U+007F and the slash in what it signs (section 11). */
export function signedBody(envelope: JsonObject, appSecret: string): { bytes: Buffer; signature: string } {
  const text = JSON.stringify(envelope)
    .replaceAll("/", "\\/")
    .replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const bytes = Buffer.from(text, "latin1");
  return { bytes, signature: `sha256=${createHmac("sha256", appSecret).update(bytes).digest("hex")}` };
}

/** How a person is named in a webhook. */
export function contactOf(sandbox: Sandbox, waId: string, isByBsuid = false): JsonObject {
  const user = sandbox.world.userOf(waId);
  return { profile: { name: user.name }, ...(isByBsuid ? {} : { wa_id: waId }), user_id: user.bsuid };
}

function changeOf(sandbox: Sandbox, update: Update & { kind: "inbound" | "event" }): Change {
  if (update.kind === "event") return { field: update.field, value: update.value };
  const message = sandbox.world.messages.get(update.wamid);
  const value = {
    ...metadata(sandbox, message?.phoneNumberId ?? sandbox.identity.phoneNumberId),
    contacts: [contactOf(sandbox, update.waId)],
    messages: [update.message],
  };
  return { field: "messages", value };
}

export const metadata = (sandbox: Sandbox, phoneNumberId: string): JsonObject => ({
  messaging_product: "whatsapp",
  metadata: { display_phone_number: sandbox.identity.displayPhone.slice(1), phone_number_id: phoneNumberId },
});

function statusOf(message: Message, update: Update & { kind: "status" }): JsonObject {
  return {
    id: message.wamid,
    status: update.status,
    timestamp: String(Math.floor(update.at / 1000)),
    ...(message.bsuid === undefined ? { recipient_id: message.waId } : { recipient_user_id: message.bsuid }),
    ...(message.ref === undefined ? {} : { biz_opaque_callback_data: message.ref }),
    ...(update.status === "sent" || update.status === "delivered" ? { pricing: pricingOf(message) } : {}),
    ...(update.code === undefined ? {} : { errors: [errorOf(update.code)] }),
  };
}

const pricingOf = (message: Message): JsonObject => ({
  billable: true,
  pricing_model: "PMP",
  type: "regular",
  category: message.template?.category.toLowerCase() ?? "service",
});

const errorOf = (code: number): JsonObject => ({
  code,
  title: errorTitle(code),
  message: errorTitle(code),
  error_data: { details: details[code] ?? errorTitle(code) },
  href: "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
});

const details: Record<number, string> = {
  131026: "Message undeliverable: the recipient is not on WhatsApp or uses an old version.",
  131042: "Message failed to send because there were one or more errors related to your payment method.",
  131047:
    "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
  131049: "This message was not delivered to maintain healthy ecosystem engagement.",
  131050: "The recipient has chosen to stop receiving marketing messages from your business.",
};
