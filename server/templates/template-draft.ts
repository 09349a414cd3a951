import { z } from "zod";
import { templateCategories } from "#flow/template.ts";
import { orderCurrencies, pixKeyTypes } from "#flow/template-order.ts";

const buttonId = z.string().regex(/^[a-z0-9-]{1,40}$/);
const label = z.string().max(200);

const PayBy = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.enum(["link", "boleto"]) }),
  z.strictObject({ kind: z.literal("configuration"), name: label }),
  z.strictObject({
    kind: z.literal("pix"),
    merchant: label,
    key: label,
    keyType: z.enum(pixKeyTypes),
  }),
]);

const DraftButton = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.enum(["quick-reply", "link", "coupon", "products", "product", "contact-request"]),
    id: buttonId,
    text: label,
  }),
  z.strictObject({
    kind: z.literal("catalogue"),
    id: buttonId,
    text: label,
    thumbnail: z.string().max(100).optional(),
  }),
  z.strictObject({ kind: z.literal("url"), id: buttonId, text: label, url: z.string().max(2000) }),
  z.strictObject({ kind: z.literal("phone"), id: buttonId, text: label, phone: z.string().max(40) }),
  z.strictObject({
    kind: z.literal("voice-call"),
    id: buttonId,
    text: label,
    minutes: z.number().int().min(0).max(1_000_000),
  }),
  z.strictObject({
    kind: z.literal("order"),
    id: buttonId,
    text: label,
    currency: z.enum(orderCurrencies),
    payBy: PayBy,
  }),
  z.strictObject({
    kind: z.literal("one-time-code"),
    id: buttonId,
    text: label,
    minutes: z.number().int().min(0).max(1000).nullable(),
    advisesSecrecy: z.boolean(),
    autofill: z
      .strictObject({
        kind: z.enum(["one-tap", "zero-tap"]),
        text: label,
        apps: z.array(z.strictObject({ packageName: z.string().max(300), signatureHash: z.string().max(100) })).max(10),
        acceptsTerms: z.boolean(),
      })
      .optional(),
  }),
  z.strictObject({
    kind: z.literal("form"),
    id: buttonId,
    text: label,
    form: label,
    screen: z.string().max(100).nullable(),
  }),
]);

/** One language while it is written: nobody is stopped from typing past a limit, the findings say what WhatsApp would refuse. */
export const DraftContent = z.strictObject({
  language: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/),
  header: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("text"), text: label }),
      z.strictObject({ kind: z.literal("document"), fileName: label }),
      z.strictObject({ kind: z.enum(["image", "video", "location", "product", "order-status"]) }),
      z.strictObject({
        kind: z.literal("offer"),
        text: label,
        hasEnd: z.boolean(),
        media: z.enum(["image", "video"]).nullable(),
      }),
      z.strictObject({
        kind: z.literal("cards"),
        media: z.enum(["image", "video"]),
        cards: z.array(z.strictObject({ body: z.string().max(1024), buttons: z.array(DraftButton).max(4) })).max(12),
      }),
    ])
    .nullable(),
  body: z.string().max(4096),
  footer: label.nullable(),
  buttons: z.array(DraftButton).max(15),
});
export type DraftContent = z.infer<typeof DraftContent>;

/** Meta's rule for names (message templates: name). */
export const TemplateName = z
  .string()
  .trim()
  .max(512)
  .regex(/^[a-z0-9_]+$/, "A template's name has only small letters, digits and _");

export const Category = z.enum(templateCategories);

export const Samples = z.record(z.string().regex(/^([a-z_][a-z0-9_.-]{0,79}|[1-9]\d?)$/), z.string().max(2000));
