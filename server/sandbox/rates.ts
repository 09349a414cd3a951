/** One market's price per message in US dollars; what is not given is not on the card. */
export type MarketRates = {
  market: string;
  callingCode: string;
  marketing?: number;
  utility: number;
  authentication: number;
  /** For businesses of another country. */
  authenticationInternational?: number;
};

/** What holds from a day on. Non-template messages ("service") cost a market's utility rate where they are billed. */
export type RateCard = {
  from: string;
  isServiceBilled: boolean;
  isUtilityInWindowBilled: boolean;
  freeServicePerNumberAndMonth: number;
  markets: readonly MarketRates[];
};

/**
 * Sample figures, enough to try costs with; not a price list. The oldest card has the rules but no figures. Meta changes prices on the
 * first day of January, April, July and October only.
 */
export const rateCards: readonly RateCard[] = [
  {
    from: "2025-07-01",
    isServiceBilled: false,
    isUtilityInWindowBilled: false,
    freeServicePerNumberAndMonth: 0,
    markets: [],
  },
  {
    from: "2026-10-01",
    isServiceBilled: true,
    isUtilityInWindowBilled: true,
    freeServicePerNumberAndMonth: 1000,
    markets: [
      { market: "India", callingCode: "91", marketing: 0.0118, utility: 0.0014, authentication: 0.0014 },
      { market: "Brazil", callingCode: "55", marketing: 0.0625, utility: 0.0068, authentication: 0.0068 },
      { market: "North America", callingCode: "1", marketing: 0.025, utility: 0.0034, authentication: 0.0034 },
      { market: "Colombia", callingCode: "57", marketing: 0.0125, utility: 0.0008, authentication: 0.0008 },
      { market: "Argentina", callingCode: "54", marketing: 0.0618, utility: 0.026, authentication: 0.026 },
      { market: "Chile", callingCode: "56", marketing: 0.0889, utility: 0.02, authentication: 0.02 },
      { market: "Egypt", callingCode: "20", marketing: 0.0644, utility: 0.0036, authentication: 0.0036 },
      {
        market: "Bangladesh",
        callingCode: "880",
        marketing: 0.0732,
        utility: 0.0037,
        authentication: 0.0037,
        authenticationInternational: 0.096,
      },
      { market: "Pakistan", callingCode: "92", utility: 0.01, authentication: 0.01 },
    ],
  },
];

const dated = rateCards.map((card) => ({
  card,
  fromMs: Date.parse(card.from),
  byCode: new Map(card.markets.map((market) => [market.callingCode, market])),
}));

/** The card that holds at a time; before the first one, the first. */
const datedAt = (at: number) => dated.findLast((each) => each.fromMs <= at) ?? dated[0];

export const rateCardAt = (at: number): RateCard | undefined => datedAt(at)?.card;

/** The market of a phone (digits) on the card of that time; calling codes have one to three digits and none begins another. */
export function marketAt(at: number, phoneDigits: string): MarketRates | null {
  const byCode = datedAt(at)?.byCode;
  for (let length = 1; length <= 3; length++) {
    const market = byCode?.get(phoneDigits.slice(0, length));
    if (market) return market;
  }
  return null;
}
