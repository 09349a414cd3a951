import type {
  WebhookAudioMessage,
  WebhookButtonMessage,
  WebhookContact,
  WebhookDocumentMessage,
  WebhookImageMessage,
  WebhookInteractiveMessage,
  WebhookOrderMessage,
  WebhookPricing,
  WebhookStatus,
  WebhookStickerMessage,
  WebhookSystemMessage,
  WebhookTextMessage,
  WebhookUnknownMessage,
  WebhookVideoMessage,
} from "@whatsapp-cloudapi/types/webhook";
import { z } from "zod";

/*
 * The webhook types of @whatsapp-cloudapi/types as schemas: the compiler holds each against its type, a test holds a call against
 * the schema. Three things of theirs are not in the contract, which wins: a context always says whether it was forwarded (section
 * 11.1 has five kinds of context), a list's answer always has a description (section 17: absent when the row has none), and
 * prices are of the model CBP (section 11.2: PMP, with a type; statuses may be failed or played).
 */
type Bare<Message> = Omit<Message, "context">;

const base = { id: z.string(), from: z.string(), timestamp: z.string() };
const media = { id: z.string(), mime_type: z.string() };
const file = { ...media, sha256: z.string() };
const caption = z.string().optional();

const Text: z.ZodType<Bare<WebhookTextMessage>> = z.object({
  ...base,
  type: z.literal("text"),
  text: z.object({ body: z.string() }),
});
const Image: z.ZodType<Bare<WebhookImageMessage>> = z.object({
  ...base,
  type: z.literal("image"),
  image: z.object({ ...file, caption }),
});
const Video: z.ZodType<Bare<WebhookVideoMessage>> = z.object({
  ...base,
  type: z.literal("video"),
  video: z.object({ ...file, caption }),
});
const Audio: z.ZodType<Bare<WebhookAudioMessage>> = z.object({
  ...base,
  type: z.literal("audio"),
  audio: z.object(media),
});
const Document: z.ZodType<Bare<WebhookDocumentMessage>> = z.object({
  ...base,
  type: z.literal("document"),
  document: z.object({ ...media, caption, filename: z.string() }),
});
const Sticker: z.ZodType<Bare<WebhookStickerMessage>> = z.object({
  ...base,
  type: z.literal("sticker"),
  sticker: z.object({ ...file, animated: z.boolean() }),
});
const Button: z.ZodType<Bare<WebhookButtonMessage>> = z.object({
  ...base,
  type: z.literal("button"),
  button: z.object({ payload: z.string(), text: z.string() }),
});
const Interactive: z.ZodType<Bare<WebhookInteractiveMessage>> = z.object({
  ...base,
  type: z.literal("interactive"),
  interactive: z.object({
    type: z.enum(["button_reply", "list_reply", "nfm_reply"]),
    button_reply: z.object({ id: z.string(), title: z.string() }).optional(),
    list_reply: z.object({ id: z.string(), title: z.string(), description: z.string() }).optional(),
    nfm_reply: z.object({ name: z.string(), body: z.string(), response_json: z.string() }).optional(),
  }),
});
const Order: z.ZodType<Bare<WebhookOrderMessage>> = z.object({
  ...base,
  type: z.literal("order"),
  order: z.object({
    catalog_id: z.string(),
    product_items: z.array(
      z.object({
        product_retailer_id: z.string(),
        quantity: z.number(),
        item_price: z.number(),
        currency: z.string(),
      }),
    ),
  }),
});
const System: z.ZodType<Bare<WebhookSystemMessage>> = z.object({
  ...base,
  type: z.literal("system"),
  system: z.object({ body: z.string(), new_wa_id: z.string().optional() }),
});
const Unknown: z.ZodType<Bare<WebhookUnknownMessage>> = z.object({ ...base, type: z.literal("unknown") });

const Contact: z.ZodType<WebhookContact> = z.object({
  wa_id: z.string(),
  user_id: z.string().optional(),
  profile: z.object({ name: z.string() }).optional(),
});
const Conversation = z.enum(["authentication", "marketing", "utility", "service", "referral_conversion"]);
const Pricing: z.ZodType<Omit<WebhookPricing, "pricing_model">> = z.object({
  category: Conversation,
  pricing_model: z.literal("PMP"),
});
const Status: z.ZodType<Omit<WebhookStatus, "pricing" | "status">> = z.object({
  id: z.string(),
  recipient_id: z.string(),
  status: z.enum(["sent", "delivered", "read", "failed", "played"]),
  timestamp: z.string(),
  biz_opaque_callback_data: z.string().optional(),
  pricing: Pricing.optional(),
  conversation: z
    .object({
      id: z.string(),
      origin: z.object({ type: Conversation }).optional(),
      expiration_timestamp: z.string().optional(),
    })
    .optional(),
  errors: z
    .array(
      z.object({
        code: z.number(),
        title: z.string(),
        message: z.string(),
        error_data: z.object({ details: z.string() }).optional(),
      }),
    )
    .optional(),
});

const messages = { Text, Image, Video, Audio, Document, Sticker, Button, Interactive, Order, System, Unknown };
/** The types of messages these types know. */
export const typedMessages = Object.keys(messages).map((name) => name.toLowerCase());

/** A change of the field `messages`, with everything the types say of it. */
export const TypedChange = z.object({
  field: z.literal("messages"),
  value: z.object({
    messaging_product: z.literal("whatsapp"),
    metadata: z.object({ display_phone_number: z.string(), phone_number_id: z.string() }),
    contacts: z.array(Contact).optional(),
    messages: z.array(z.union(Object.values(messages))).optional(),
    statuses: z.array(Status).optional(),
  }),
});
