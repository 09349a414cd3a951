import type { Connection, Outgoing } from "../channel.ts";
import type { OutgoingMessage } from "../outgoing-message.ts";
import { interactiveNode } from "./send-interactive.ts";
import { cardNode, mediaNode } from "./send-media.ts";
import { templateNode } from "./send-template.ts";

/** The path and the JSON of one message. Our message id travels as biz_opaque_callback_data. */
export function messageCall(connection: Connection, outgoing: Outgoing): { path: string; body: object } {
  const { ref, to, message, quotes } = outgoing;
  const { marketing } = connection;
  // Meta's marketing endpoint takes nothing but marketing templates.
  const isMarketing = marketing !== undefined && message.kind === "template" && message.category === "marketing";
  return {
    path: `${connection.phoneNumberId}/${isMarketing ? "marketing_messages" : "messages"}`,
    body: {
      messaging_product: "whatsapp",
      recipient_type: "individual",
      ...("phone" in to ? { to: to.phone } : { recipient: to.bsuid }),
      ...(quotes === undefined ? {} : { context: { message_id: quotes } }),
      ...contentOf(message),
      ...(isMarketing
        ? {
            product_policy: marketing.fallsBack ? "CLOUD_API_FALLBACK" : "STRICT",
            message_activity_sharing: marketing.sharesActivity,
          }
        : {}),
      biz_opaque_callback_data: ref,
    },
  };
}

function contentOf(message: OutgoingMessage): object {
  switch (message.kind) {
    case "template":
      return { type: "template", template: templateNode(message) };
    case "text":
      return { type: "text", text: { body: message.body, preview_url: message.hasPreview } };
    case "image":
    case "video":
      return { type: message.kind, [message.kind]: mediaNode(message.media, { caption: message.caption }) };
    case "audio":
      return { type: "audio", audio: mediaNode(message.media, { voice: message.isVoice }) };
    case "document": {
      const { media, caption, fileName } = message;
      return { type: "document", document: mediaNode(media, { caption, filename: fileName }) };
    }
    case "sticker":
      return { type: "sticker", sticker: mediaNode(message.media) };
    case "location": {
      const { kind, ...location } = message;
      return { type: kind, location };
    }
    case "contacts":
      return { type: "contacts", contacts: message.contacts.map(cardNode) };
    case "reaction":
      return { type: "reaction", reaction: { message_id: message.wamid, emoji: message.emoji } };
    default:
      return { type: "interactive", interactive: interactiveNode(message) };
  }
}
