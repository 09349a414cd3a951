import type { JsonObject } from "#flow/json.ts";
import { errorTitle } from "../graph-error.ts";
import { reEngagement } from "./outcome.ts";

/** How a failed status says why (section 11.2). */
export const errorOf = (code: number): JsonObject => ({
  code,
  title: errorTitle(code),
  message: errorTitle(code),
  error_data: { details: details[code] ?? errorTitle(code) },
  href: "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
});

const details: Record<number, string> = {
  130403: "Message failed to send because this business has blocked the user.",
  130429:
    "Message failed to send because there were too many messages sent from this phone number in a short period of time.",
  130472: "Failed to send message because this user's phone number is part of an experiment",
  131009:
    "Reaction failed to send: its target is older than 30 days, not part of this chat, deleted, or a reaction itself.",
  131026: "Message undeliverable: the recipient is not on WhatsApp or uses an old version.",
  131031: "Message failed to send because your account has been locked.",
  131042: "Message failed to send because there were one or more errors related to your payment method.",
  131047: reEngagement,
  131048:
    "Message failed to send because there are restrictions on how many messages can be sent from this phone number.",
  131049: "This message was not delivered to maintain healthy ecosystem engagement.",
  131050: "The recipient has chosen to stop receiving marketing messages from your business.",
  131053: "Media upload error: the file could not be fetched, or its type or size does not suit the message.",
  131056:
    "Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.",
  132015: "Template is paused due to low quality: messages held for quality assessment were dropped.",
  137000: "Message failed to send because the recipient's identity key hash has changed.",
};
