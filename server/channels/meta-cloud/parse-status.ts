import { z } from "zod";
import type { ChannelEvent } from "../channel-event.ts";
import { classOf, isUnreachable } from "./errors.ts";
import type { Findings } from "./findings.ts";

const ErrorNode = z.looseObject({
  code: z.number(),
  title: z.string().optional(),
  error_data: z.looseObject({ details: z.string().optional() }).optional().catch(undefined),
});

const Status = z.looseObject({
  id: z.string().min(1),
  status: z.string(),
  type: z.string().optional().catch(undefined),
  timestamp: z.coerce.number().positive(),
  biz_opaque_callback_data: z.string().optional(),
  recipient_id: z.string().optional().catch(undefined),
  recipient_user_id: z.string().optional().catch(undefined),
  errors: z.array(ErrorNode).default([]),
  // What is only told along must not cost the status it comes with.
  pricing: z
    .looseObject({ type: z.string().optional(), category: z.string(), pricing_model: z.string().optional() })
    .optional()
    .catch(undefined),
  conversation: z
    .looseObject({
      id: z.string(),
      expiration_timestamp: z.coerce.number().optional(),
      origin: z.looseObject({ type: z.string().optional() }).optional(),
    })
    .optional()
    .catch(undefined),
});
type Status = z.infer<typeof Status>;

const Payment = z.looseObject({
  id: z.string().optional(),
  status: z.string(),
  timestamp: z.coerce.number().positive(),
  payment: z.looseObject({
    reference_id: z.string().min(1),
    amount: z.looseObject({ value: z.number(), offset: z.number().positive() }).optional(),
    currency: z.string().optional(),
    transaction: z.looseObject({ id: z.string().optional() }).optional(),
  }),
});
type Payment = z.infer<typeof Payment>;

const Kind = z.looseObject({ type: z.literal("payment") });

/** Delivery and payment statuses; words to come are of no use to us yet. */
export function readStatus(findings: Findings, path: string, list: unknown, phoneNumberId: string): void {
  if (!Array.isArray(list)) {
    findings.rejected.push({ path, reason: "is not a list" });
    return;
  }
  for (const [index, item] of list.entries()) {
    const at = `${path}.${index}`;
    if (Kind.safeParse(item).success) findings.one(item, at, Payment, (payment) => paymentOf(payment, phoneNumberId));
    else findings.one(item, at, Status, (status) => eventOf(status, phoneNumberId));
  }
}

const words = ["sent", "delivered", "read", "played", "failed"] as const;

function eventOf(item: Status, phoneNumberId: string): ChannelEvent {
  const status = words.find((word) => word === item.status);
  if (status === undefined) return { kind: "other", field: `messages.${item.status}` };
  const error = status === "failed" ? item.errors[0] : undefined;
  const { pricing, conversation } = item;
  return {
    kind: "status",
    phoneNumberId,
    wamid: item.id,
    ref: item.biz_opaque_callback_data ?? null,
    status,
    at: item.timestamp * 1000,
    errorCode: error?.code ?? null,
    errorDetail: error?.error_data?.details ?? error?.title ?? null,
    errorClass: error ? classOf(error.code) : null,
    isUnreachable: error ? isUnreachable(error.code) : false,
    recipient: { waId: item.recipient_id ?? null, bsuid: item.recipient_user_id ?? null },
    pricing: pricing
      ? { type: pricing.type ?? null, category: pricing.category, model: pricing.pricing_model ?? null }
      : null,
    conversation: conversation
      ? {
          id: conversation.id,
          origin: conversation.origin?.type ?? null,
          openUntil: conversation.expiration_timestamp === undefined ? null : conversation.expiration_timestamp * 1000,
        }
      : null,
  };
}

function paymentOf({ id, status, timestamp, payment }: Payment, phoneNumberId: string): ChannelEvent {
  const { amount } = payment;
  return {
    kind: "payment",
    phoneNumberId,
    wamid: id ?? "",
    status,
    reference: payment.reference_id,
    amountMinor: amount ? Math.round((amount.value * 100) / amount.offset) : null,
    currency: payment.currency ?? null,
    transactionId: payment.transaction?.id ?? null,
    at: timestamp * 1000,
  };
}
