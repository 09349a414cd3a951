import { z } from "zod";
import { GraphError } from "../graph-error.ts";
import type { Rendered, RenderedOrder } from "../rendered.ts";
import { check } from "./check.ts";
import { body, Footer, frame, frameParts, type ShownInteractive } from "./interactive-parts.ts";

const Amount = z.looseObject({ value: z.number().int().min(0), offset: z.literal(100) });

const Item = z.looseObject({
  retailer_id: z.coerce.string().min(1).optional(),
  name: z.string().min(1).max(60),
  amount: Amount,
  sale_amount: Amount.optional(),
  quantity: z.number().int().min(1),
});

const paymentTypes = ["payment_gateway", "payment_link", "pix_dynamic_code", "pix_static_code", "boleto"] as const;
const gateways = ["razorpay", "payu", "billdesk", "zaakpay"] as const;
const PaymentSetting = z
  .looseObject({
    type: z.enum(paymentTypes),
    payment_gateway: z.looseObject({ type: z.enum(gateways), configuration_name: z.string().min(1) }).optional(),
    payment_link: z.looseObject({ uri: z.string().min(1) }).optional(),
    pix_dynamic_code: z
      .looseObject({
        code: z.string().min(1),
        merchant_name: z.string().min(1),
        key: z.string().min(1),
        key_type: z.enum(["CPF", "CNPJ", "EMAIL", "PHONE", "EVP"]),
      })
      .optional(),
    boleto: z.looseObject({ digitable_line: z.string().min(1) }).optional(),
  })
  .refine((setting) => setting[setting.type] !== undefined, "lacks the object its type names");

const OrderParameters = z.looseObject({
  reference_id: z.string().min(1).max(35),
  type: z.enum(["digital-goods", "physical-goods"]),
  currency: z.enum(["INR", "BRL"]),
  total_amount: Amount,
  payment_configuration: z.string().min(1).max(60).optional(),
  payment_settings: z.array(PaymentSetting).min(1).optional(),
  order: z.looseObject({
    status: z.literal("pending"),
    items: z.array(Item).min(1),
    subtotal: Amount,
    tax: Amount,
    shipping: Amount.optional(),
    discount: Amount.optional(),
  }),
});

const OrderDetails = z.looseObject({
  ...frameParts,
  body: body(1024),
  action: z.looseObject({ name: z.literal("review_and_pay"), parameters: z.unknown() }),
});

const states = ["pending", "processing", "partially-shipped", "shipped", "completed", "canceled"] as const;
const OrderStatus = z.looseObject({
  body: body(1024),
  footer: Footer.optional(),
  action: z.looseObject({
    name: z.literal("review_order"),
    parameters: z.unknown(),
  }),
});
const StatusParameters = z.looseObject({
  reference_id: z.string().min(1).max(35),
  order: z.looseObject({ status: z.enum(states), description: z.string().max(120).optional() }),
});

/** A bill that can be paid within the chat (section 10). */
export function renderOrderDetails(interactive: unknown): ShownInteractive {
  const message = check(OrderDetails, interactive, "interactive");
  const order = readOrder(message.action.parameters, "interactive.action.parameters");
  return {
    body: message.body.text,
    rendered: { ...frame(message), buttons: [{ kind: "pay", text: "Review and pay" }], order },
  };
}

/** Checks a bill, also a template's, and its sums; a wrong sum is 131009. */
export function readOrder(parameters: unknown, at: string): RenderedOrder {
  const given = check(OrderParameters, parameters, at);
  const { subtotal, tax, shipping, discount, items } = given.order;
  if (given.payment_configuration === undefined && given.payment_settings === undefined)
    throw new GraphError(131008, `Required parameter '${at}.payment_settings' is missing`);
  const sum = items.reduce((total, item) => total + (item.sale_amount ?? item.amount).value * item.quantity, 0);
  if (sum !== subtotal.value)
    throw new GraphError(131009, `Parameter '${at}.order.subtotal' is ${subtotal.value}, its items make ${sum}`);
  const total = subtotal.value + tax.value + (shipping?.value ?? 0) - (discount?.value ?? 0);
  if (total !== given.total_amount.value)
    throw new GraphError(
      131009,
      `Parameter '${at}.total_amount' is ${given.total_amount.value}, subtotal + tax + shipping - discount is ${total}`,
    );
  return {
    referenceId: given.reference_id,
    currency: given.currency,
    totalMinor: total,
    subtotalMinor: subtotal.value,
    taxMinor: tax.value,
    shippingMinor: shipping?.value ?? 0,
    discountMinor: discount?.value ?? 0,
    items: items.map(shownItem),
    payBy: given.payment_settings?.map((setting) => setting.type) ?? [given.payment_configuration ?? ""],
  };
}

const shownItem = (item: z.infer<typeof Item>): RenderedOrder["items"][number] => ({
  retailerId: item.retailer_id ?? "",
  name: item.name,
  quantity: item.quantity,
  amountMinor: item.amount.value,
  ...(item.sale_amount ? { saleAmountMinor: item.sale_amount.value } : {}),
});

/** What became of an order that was sent before. */
export function renderOrderStatus(interactive: unknown): ShownInteractive {
  const message = check(OrderStatus, interactive, "interactive");
  return {
    body: message.body.text,
    rendered: {
      ...frame({ footer: message.footer }),
      buttons: [],
      orderStatus: readOrderStatus(message.action.parameters, "interactive.action.parameters"),
    },
  };
}

/** Checks how far an order is, also a template's. */
export function readOrderStatus(parameters: unknown, at: string): NonNullable<Rendered["orderStatus"]> {
  const { reference_id: referenceId, order } = check(StatusParameters, parameters, at);
  const { status, description } = order;
  return { referenceId, status, ...(description ? { description } : {}) };
}
