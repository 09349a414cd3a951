import { useFormatter } from "use-intl";

/** A sum in millionths of its currency, as the server keeps them (server/channels/prices). */
export type Money = { amountMicros: number; currency: string };

/**
 * Words for a sum in the reader's language. `isSmall`: for the price of one message, of which cents alone would make nothing.
 */
export function useMoney(): (sum: Money, options?: { isSmall?: boolean }) => string {
  const format = useFormatter();
  return ({ amountMicros, currency }, { isSmall = false } = {}) =>
    format.number(amountMicros / 1_000_000, {
      style: "currency",
      currency,
      ...(isSmall ? { minimumFractionDigits: 2, maximumFractionDigits: 4 } : { maximumFractionDigits: 2 }),
    });
}
