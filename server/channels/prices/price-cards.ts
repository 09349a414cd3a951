/**
 * What messages cost, as data: a new card is new rows and no code. Amounts are millionths of the currency for one message. Rates:
 * Meta's card of 2026-10-01 as published by resellers (contract, section 13); a market or day without a row has no price here, and
 * nobody guesses one. Meta changes prices on the first of January, April, July and October only.
 */
export type PriceCategory = "marketing" | "utility" | "authentication" | "authentication-international" | "service";

export type Rate = {
  /** "2026-10-01", in UTC; the newest that is not later than the message holds. */
  effectiveFrom: string;
  market: string;
  category: PriceCategory;
  currency: string;
  amountMicros: number;
};

/** Whether a message of a category is charged at all, and at which category's rate. */
export type PriceRule = {
  effectiveFrom: string;
  category: PriceCategory;
  /** Within 24 hours of the person's last message, or without. */
  window: "open" | "closed";
  /** Null: free. */
  rateOf: PriceCategory | null;
  /** So many of a number's messages in a calendar month cost nothing. */
  freePerMonth: number;
};

const card = (
  effectiveFrom: string,
  market: string,
  { marketing, other, international }: { marketing?: number; other: number; international?: number },
): Rate[] => {
  const of = (category: PriceCategory, amountMicros: number | undefined): Rate[] =>
    amountMicros === undefined ? [] : [{ effectiveFrom, market, category, currency: "USD", amountMicros }];
  return [
    ...of("marketing", marketing),
    ...of("utility", other),
    ...of("authentication", other),
    ...of("service", other),
    ...of("authentication-international", international),
  ];
};

const october = "2026-10-01";

export const rates: readonly Rate[] = [
  ...card(october, "IN", { marketing: 11_800, other: 1_400 }),
  ...card(october, "BR", { marketing: 62_500, other: 6_800 }),
  ...card(october, "NA", { marketing: 25_000, other: 3_400 }),
  ...card(october, "CO", { marketing: 12_500, other: 800 }),
  ...card(october, "AR", { marketing: 61_800, other: 26_000 }),
  ...card(october, "CL", { marketing: 88_900, other: 20_000 }),
  ...card(october, "EG", { marketing: 64_400, other: 3_600 }),
  ...card(october, "BD", { marketing: 73_200, other: 3_700, international: 96_000 }),
  ...card(october, "PK", { other: 10_000 }),
];

/** Templates are charged each since July 2025; what is said in an open window was free until September 2026. */
const july2025 = "2025-07-01";
const bothWindows = (rule: Omit<PriceRule, "window">): PriceRule[] => [
  { ...rule, window: "open" },
  { ...rule, window: "closed" },
];
const asItself = (category: PriceCategory) =>
  bothWindows({ effectiveFrom: july2025, category, rateOf: category, freePerMonth: 0 });

export const priceRules: readonly PriceRule[] = [
  ...asItself("marketing"),
  ...asItself("authentication"),
  ...asItself("authentication-international"),
  { effectiveFrom: july2025, category: "utility", window: "closed", rateOf: "utility", freePerMonth: 0 },
  { effectiveFrom: july2025, category: "utility", window: "open", rateOf: null, freePerMonth: 0 },
  ...bothWindows({ effectiveFrom: july2025, category: "service", rateOf: null, freePerMonth: 0 }),
  { effectiveFrom: october, category: "utility", window: "open", rateOf: "utility", freePerMonth: 0 },
  ...bothWindows({ effectiveFrom: october, category: "service", rateOf: "utility", freePerMonth: 1000 }),
];

/** Markets by calling code; the longest code that fits counts. Only those that a rate is known for. */
export const marketByCallingCode: Readonly<Record<string, string>> = {
  1: "NA",
  20: "EG",
  54: "AR",
  55: "BR",
  56: "CL",
  57: "CO",
  91: "IN",
  92: "PK",
  880: "BD",
  // Islands and states that share the code 1 and are no part of the market "North America" of the card.
  ...Object.fromEntries(
    "1242 1246 1264 1268 1284 1340 1345 1441 1473 1649 1658 1664 1670 1671 1684 1721 1758 1767 1784 1787 1809 1829 1849 1868 1869 1876 1939"
      .split(" ")
      .map((code) => [code, "other"]),
  ),
};
