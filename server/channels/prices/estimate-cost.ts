import {
  marketByCallingCode,
  type PriceCategory,
  type PriceRule,
  priceRules,
  type Rate,
  rates,
} from "./price-cards.ts";

/** A sum in millionths of the currency. */
export type Cost = { amountMicros: number; currency: string };

/** A message as far as its price depends on it. Times are milliseconds since 1970. */
export type Priced = {
  category: PriceCategory;
  at: number;
  /** E.164 with + or digits; null: the person is known without one, so nobody knows the market. */
  phone: string | null;
  /** The person's last message: it opens the window. */
  lastInboundAt: number | null;
  /** Until when everything is free after an ad (72 hours from our answer); null: no such time. */
  freeUntil?: number | null;
  /** Messages of this number in this month that count against its free ones, before this one; null: not counted. */
  usedThisMonth?: number | null;
};

const windowMs = 24 * 3_600_000;

/**
 * What a message is likely to cost when it arrives, by the card of its day. Null: no price is known. Pure. Volume tiers are not reckoned
 * with, so a large sender pays less; the provider's own word comes with the statuses.
 */
export function estimateCost({
  category,
  at,
  phone,
  lastInboundAt,
  freeUntil = null,
  usedThisMonth = null,
}: Priced): Cost | null {
  const day = new Date(at).toISOString().slice(0, 10);
  const isOpen = lastInboundAt !== null && lastInboundAt <= at && at < lastInboundAt + windowMs;
  const window = isOpen ? "open" : "closed";
  const rule = newest(priceRules, day, (each) => each.category === category && each.window === window);
  if (!rule) return null;
  const market = marketOf(phone);
  const rate = market && rule.rateOf ? rateOf(market, rule.rateOf, day) : null;
  const isFree = (freeUntil !== null && at < freeUntil) || isWithoutCharge(rule, usedThisMonth);
  if (isFree) return { amountMicros: 0, currency: rate?.currency ?? "USD" };
  return rate ? { amountMicros: rate.amountMicros, currency: rate.currency } : null;
}

/** Not counted is taken for used up: a budget that errs on this side is never overdrawn. */
const isWithoutCharge = ({ rateOf: charged, freePerMonth }: PriceRule, used: number | null): boolean =>
  charged === null || (used !== null && used < freePerMonth);

const rateOf = (market: string, category: PriceCategory, day: string): Rate | undefined =>
  newest(rates, day, (rate) => rate.market === market && rate.category === category);

/** The market of a phone by its calling code; null where no rate is known for it. */
export function marketOf(phone: string | null): string | null {
  const digits = phone?.replace(/\D/g, "") ?? "";
  for (let length = 4; length > 0; length -= 1) {
    const market = digits.length > length ? marketByCallingCode[digits.slice(0, length)] : undefined;
    if (market !== undefined) return market === "other" ? null : market;
  }
  return null;
}

function newest<Row extends { effectiveFrom: string }>(
  rows: readonly Row[],
  day: string,
  fits: (row: Row) => boolean,
): Row | undefined {
  let found: Row | undefined;
  for (const row of rows)
    if (fits(row) && row.effectiveFrom <= day && (!found || row.effectiveFrom > found.effectiveFrom)) found = row;
  return found;
}

/** What a message is charged once the provider has said as what: nothing when it calls it free, our estimate otherwise. */
export function chargedCost(estimate: Cost | null, pricingType: string | null): Cost | null {
  if (pricingType?.startsWith("free_")) return { amountMicros: 0, currency: estimate?.currency ?? "USD" };
  return estimate;
}
