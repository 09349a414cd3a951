import { z } from "zod";
import { templateLimits } from "./template-limits.ts";

/** What a Pix key may be, as the Cloud API names it; EVP is a random one. */
export const pixKeyTypes = ["EVP", "CNPJ", "CPF", "EMAIL", "PHONE"] as const;

/**
 * How an order is paid in the chat (Cloud API, "Payments"): in India by a configuration that was made in WhatsApp Manager, in Brazil by
 * Pix or boleto, in both by a link.
 */
export const PayBy = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("link") }),
  z.strictObject({ kind: z.literal("configuration"), name: z.string().min(1).max(60) }),
  z.strictObject({
    kind: z.literal("pix"),
    merchant: z.string().min(1).max(60),
    key: z.string().min(1).max(100),
    keyType: z.enum(pixKeyTypes),
  }),
  z.strictObject({ kind: z.literal("boleto") }),
]);
export type PayBy = z.infer<typeof PayBy>;

export const orderCurrencies = ["INR", "BRL"] as const;
export type OrderCurrency = (typeof orderCurrencies)[number];

/** What each currency can be paid by. */
export const waysToPay: Record<OrderCurrency, readonly PayBy["kind"][]> = {
  INR: ["configuration", "link"],
  BRL: ["pix", "boleto", "link"],
};

/** The business's own number of an order: what pays it and what tells how far it is name the same one. */
export const orderReference = "order.reference";
/** What is to be paid, as `orderLines` reads it. */
export const orderLinesVariable = "order.lines";
/** How far an order is, one of `orderStatuses`. */
export const orderStatusVariable = "order.status";

/** The variables of a button that opens an order. */
export const orderVariables = ({ kind }: Pick<PayBy, "kind">): string[] => [
  orderReference,
  orderLinesVariable,
  ...(kind === "configuration" ? [] : [`order.${kind}`]),
];

/** The variables of a message that tells how far an order is. */
export const orderStatusVariables = [orderReference, orderStatusVariable] as const;

export const orderStatuses = [
  "pending",
  "processing",
  "partially-shipped",
  "shipped",
  "completed",
  "canceled",
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** `amountMinor` of one piece, in hundredths of the currency. */
export type OrderLine = { name: string; quantity: number; amountMinor: number };

/**
 * What an order asks to be paid for, as the variable `order.lines` tells it: "Instalment 3: 250.00; Late fee: 2 x 12.50". Lines end
 * with a semicolon; the amount of one piece stands behind the last colon. Null: it asks for nothing, or WhatsApp would not take it.
 */
export function orderLines(text: string): OrderLine[] | null {
  const parts = text
    .split(/[;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const lines = parts.map(lineOf).filter((line) => line !== null);
  return lines.length > 0 && lines.length === parts.length ? lines : null;
}

const linePattern = /^(.+):\s*(?:(\d{1,4})\s*[x×]\s*)?(\d{1,9})(?:[.,](\d{1,2}))?$/;

function lineOf(part: string): OrderLine | null {
  const [, words = "", count = "1", whole = "", cents = ""] = linePattern.exec(part) ?? [];
  const name = words.trim();
  const quantity = Number(count);
  const isFine = name !== "" && name.length <= templateLimits.orderLine && quantity > 0;
  return isFine ? { name, quantity, amountMinor: Number(whole) * 100 + Number(cents.padEnd(2, "0")) } : null;
}

export const orderTotalMinor = (lines: readonly OrderLine[]): number =>
  lines.reduce((total, { quantity, amountMinor }) => total + quantity * amountMinor, 0);

/** Whether one of an order's variables has a value that WhatsApp would not take. */
export function isBadOrderValue(variable: string, value: string): boolean {
  switch (variable) {
    case orderReference:
      return value.length > templateLimits.orderReference;
    case orderLinesVariable:
      return orderLines(value) === null;
    case orderStatusVariable:
      return !orderStatuses.some((status) => status === value);
    default:
      return false;
  }
}
