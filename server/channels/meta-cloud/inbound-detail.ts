import { parse as parseSafely } from "secure-json-parse";
import { z } from "zod";
import { isStorable, type JsonObject, JsonValue } from "#flow/json.ts";
import type { MessageDetail } from "#flow/message-detail.ts";

const text = z.string().optional().catch(undefined);
const mediaKinds = ["image", "video", "audio", "document", "sticker"] as const;

const MediaNode = z.looseObject({
  id: text,
  mime_type: text,
  sha256: text,
  filename: text,
  voice: z.boolean().optional().catch(undefined),
  animated: z.boolean().optional().catch(undefined),
});
const LocationNode = z.looseObject({
  latitude: z.number(),
  longitude: z.number(),
  name: text,
  address: text,
  url: text,
});
const ContactNode = z.looseObject({
  name: z.looseObject({ formatted_name: text, first_name: text }).default({}),
  phones: z.array(z.looseObject({ phone: text, wa_id: text })).default([]),
  emails: z.array(z.looseObject({ email: text })).default([]),
  org: z.looseObject({ company: text }).optional(),
});
const ReactionNode = z.looseObject({ message_id: z.string(), emoji: z.string().default("") });
const Reply = z.looseObject({ id: z.string(), title: z.string(), description: text });
const InteractiveNode = z.looseObject({
  button_reply: Reply.optional(),
  list_reply: Reply.optional(),
  nfm_reply: z.looseObject({ name: text, response_json: z.string() }).optional(),
  call_permission_reply: z
    .looseObject({ response: z.string(), expiration_timestamp: z.coerce.number().optional() })
    .optional(),
});
const OrderNode = z.looseObject({
  catalog_id: z.string(),
  product_items: z.array(
    z.looseObject({
      product_retailer_id: z.string(),
      quantity: z.coerce.number(),
      item_price: z.coerce.number(),
      currency: z.string(),
    }),
  ),
});
const ReferralNode = z.looseObject({
  source_url: text,
  source_id: text,
  source_type: text,
  headline: text,
  body: text,
  ctwa_clid: text,
});
const ContextNode = z.looseObject({
  id: text,
  forwarded: z.boolean().optional().catch(undefined),
  frequently_forwarded: z.boolean().optional().catch(undefined),
  referred_product: z
    .looseObject({ catalog_id: z.string(), product_retailer_id: z.string() })
    .optional()
    .catch(undefined),
});
const ErrorNode = z.looseObject({ code: z.number(), title: z.string().default("") });

type Node = Record<string, unknown>;

/**
 * What a message holds beside its text. Total: a part that cannot be read is left out, so that the message itself still counts (it
 * opens a window, it may say STOP). Only what Postgres can store is told.
 */
export function detailOf(message: Node): MessageDetail {
  const detail = {
    ...mediaOf(message),
    ...placeAndPeople(message),
    ...interactiveOf(message),
    ...orderOf(message),
    ...contextOf(message),
    ...errorsOf(message),
  };
  return isStorable(JSON.parse(JSON.stringify(detail))) ? detail : {};
}

const read = <T>(schema: z.ZodType<T>, node: unknown): T | undefined =>
  node === undefined ? undefined : schema.safeParse(node).data;

function mediaOf(message: Node): MessageDetail {
  const kind = mediaKinds.find((name) => name === message.type);
  const node = kind && read(MediaNode, message[kind]);
  if (!kind || !node) return {};
  return {
    media: {
      kind,
      id: node.id ?? null,
      mime: node.mime_type ?? null,
      sha256: node.sha256 ?? null,
      fileName: node.filename ?? null,
      ...(node.voice === undefined ? {} : { isVoice: node.voice }),
      ...(node.animated === undefined ? {} : { isAnimated: node.animated }),
    },
  };
}

function placeAndPeople(message: Node): MessageDetail {
  const place = read(LocationNode, message.location);
  const people = read(z.array(ContactNode), message.contacts);
  const reaction = read(ReactionNode, message.reaction);
  return {
    ...(place && {
      location: {
        latitude: place.latitude,
        longitude: place.longitude,
        name: place.name ?? null,
        address: place.address ?? null,
        url: place.url ?? null,
      },
    }),
    ...(people && {
      contacts: people.map(({ name, phones, emails, org }) => ({
        name: name.formatted_name ?? name.first_name ?? "",
        phones: phones.flatMap(({ phone, wa_id }) => phone ?? (wa_id ? `+${wa_id}` : [])),
        emails: emails.flatMap(({ email }) => email ?? []),
        organisation: org?.company ?? null,
      })),
    }),
    ...(reaction && { reaction: { wamid: reaction.message_id, emoji: reaction.emoji } }),
  };
}

function interactiveOf(message: Node): MessageDetail {
  const node = read(InteractiveNode, message.interactive);
  const choice = node?.button_reply ?? node?.list_reply;
  if (choice) return { choice: { id: choice.id, title: choice.title, description: choice.description ?? null } };
  const permission = node?.call_permission_reply;
  if (permission) {
    const until = permission.expiration_timestamp;
    return {
      callPermission: { isGiven: permission.response === "accept", until: until === undefined ? null : until * 1000 },
    };
  }
  return node?.nfm_reply ? { form: formOf(node.nfm_reply) } : {};
}

/** A flow's answers come as JSON inside JSON, from a person's phone: read without prototypes, and never as code. */
function formOf({ name, response_json }: { name?: string; response_json: string }): MessageDetail["form"] {
  const told = readObject(response_json);
  if (told === null) return { name: name ?? null, token: null, answers: null };
  const { flow_token: token, ...answers } = told;
  return { name: name ?? null, token: typeof token === "string" ? token : null, answers };
}

/** More than any flow can ask for. */
const mostAnswers = 64 * 1024;

function readObject(json: string): JsonObject | null {
  if (json.length > mostAnswers) return null;
  try {
    const value = JsonValue.parse(parseSafely(json, undefined, { protoAction: "remove", constructorAction: "remove" }));
    return value !== null && typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function orderOf(message: Node): MessageDetail {
  const order = read(OrderNode, message.order);
  if (!order) return {};
  const items = order.product_items.map((item) => ({
    productId: item.product_retailer_id,
    quantity: item.quantity,
    price: item.item_price,
    currency: item.currency,
  }));
  return { order: { catalogId: order.catalog_id, items } };
}

function contextOf(message: Node): MessageDetail {
  const context = read(ContextNode, message.context);
  const referral = read(ReferralNode, message.referral);
  const product = context?.referred_product;
  return {
    ...(context?.id !== undefined && { quotes: context.id }),
    ...((context?.forwarded || context?.frequently_forwarded) && { isForwarded: true as const }),
    ...(product && { product: { catalogId: product.catalog_id, productId: product.product_retailer_id } }),
    ...(referral && {
      referral: {
        url: referral.source_url ?? null,
        sourceId: referral.source_id ?? null,
        sourceType: referral.source_type ?? null,
        headline: referral.headline ?? null,
        body: referral.body ?? null,
        clickId: referral.ctwa_clid ?? null,
      },
    }),
  };
}

function errorsOf(message: Node): MessageDetail {
  const errors = read(z.array(ErrorNode).min(1), message.errors);
  return errors ? { errors: errors.map(({ code, title }) => ({ code, title })) } : {};
}
