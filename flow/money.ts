import { type Json, readPath } from "./json.ts";

/** Whole minor units (1050 is 10.50 in euros, and 1,050 in XOF) of a currency by its ISO code, in capitals. */
export type Money = { amountMinor: number; currency: string };

/** Where an amount's currency is read, or which one it always is; of both what is read comes first. */
export type CurrencyOf = { currency?: string | undefined; currencyPath?: string | undefined };

/** An amount as other systems tell it, a number or its digits. Null: it is none, or nobody says of which currency. */
export function readMoney(value: Json | undefined, of: CurrencyOf, facts: Json): Money | null {
  const amountMinor = typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  const read = of.currencyPath ? readPath(facts, of.currencyPath) : undefined;
  const currency = (typeof read === "string" ? read : of.currency)?.toUpperCase();
  if (typeof amountMinor !== "number" || !Number.isSafeInteger(amountMinor)) return null;
  return currency && /^[A-Z]{3}$/.test(currency) ? { amountMinor, currency } : null;
}
