import { type Cost, chargedCost } from "./estimate-cost.ts";

/** The columns of a message that speak of its price. */
export type PriceColumns = {
  costMicros: number | null;
  costCurrency: string | null;
  pricingType: string | null;
  pricingCategory: string | null;
};

/** What a message was reckoned to cost before it left, and what it is charged as once WhatsApp has said so. */
export type MessageCost = {
  /** Null: no price is known. */
  estimate: Cost | null;
  /** Null: not told yet. */
  reported: { cost: Cost | null; pricingType: string; pricingCategory: string | null } | null;
};

/** The one reading of a message's price columns. Null: no price is known, or there is nothing to charge. */
export function messageCost({
  costMicros,
  costCurrency,
  pricingType,
  pricingCategory,
}: PriceColumns): MessageCost | null {
  const estimate =
    costMicros === null || costCurrency === null ? null : { amountMicros: costMicros, currency: costCurrency };
  const reported = pricingType ? { cost: chargedCost(estimate, pricingType), pricingType, pricingCategory } : null;
  return estimate || reported ? { estimate, reported } : null;
}
