import { marketAt, rateCardAt } from "./rates.ts";

/** Meta's words for what a message is billed as (section 11.2). */
export type PriceType = "regular" | "free_customer_service" | "free_entry_point";
export type PriceCategory =
  | "marketing"
  | "marketing_lite"
  | "utility"
  | "authentication"
  | "authentication-international"
  | "service"
  | "referral_conversion";

/** What a message costs once it is delivered. `usd` is null where the sandbox's card has no figure for the market. */
export type Price = {
  type: PriceType;
  category: PriceCategory;
  market: string | null;
  usd: number | null;
};

type Priced = {
  /** The template's category; null for everything that is not a template. */
  category: "MARKETING" | "UTILITY" | "AUTHENTICATION" | null;
  isMarketingApi: boolean;
  isInWindow: boolean;
  isInFreeEntry: boolean;
  waId: string;
  businessPhone: string;
  at: number;
  /** Service messages of this number and month so far, and how many are free; null: as many as the card says. */
  serviceCount: number;
  freeService: number | null;
};

/** The dated rules of section 13. Everything inside a free entry point is free. */
export function priceOf(priced: Priced): Price {
  const { at, category, isInWindow } = priced;
  const card = rateCardAt(at);
  const market = marketAt(at, priced.waId);
  const free = (type: PriceType, word: PriceCategory): Price => ({
    type,
    category: word,
    market: market?.market ?? null,
    usd: 0,
  });
  const paid = (word: PriceCategory, usd: number | undefined): Price => ({
    type: "regular",
    category: word,
    market: market?.market ?? null,
    usd: usd ?? null,
  });
  if (priced.isInFreeEntry) return free("free_entry_point", "referral_conversion");
  switch (category) {
    case null: {
      const freeCount = priced.freeService ?? card?.freeServicePerNumberAndMonth ?? 0;
      const isFree = !card?.isServiceBilled || priced.serviceCount < freeCount;
      return isFree ? free("free_customer_service", "service") : paid("service", market?.utility);
    }
    case "UTILITY":
      return isInWindow && !card?.isUtilityInWindowBilled
        ? free("free_customer_service", "utility")
        : paid("utility", market?.utility);
    case "MARKETING":
      return paid(priced.isMarketingApi ? "marketing_lite" : "marketing", market?.marketing);
    case "AUTHENTICATION": {
      const isAbroad =
        market?.authenticationInternational !== undefined && !priced.businessPhone.startsWith(market.callingCode);
      return isAbroad
        ? paid("authentication-international", market.authenticationInternational)
        : paid("authentication", market?.authentication);
    }
  }
}

/** The month a message counts in, as "2026-10"; Meta counts by UTC here. */
export function monthOf(at: number): string {
  const date = new Date(at);
  return `${date.getUTCFullYear()}-${String(date.getUTCMonth() + 1).padStart(2, "0")}`;
}
