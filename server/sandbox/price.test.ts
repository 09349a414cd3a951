import { describe, expect, test } from "vitest";
import { monthOf, priceOf } from "./price.ts";

const before = Date.parse("2026-09-30T23:59:59Z");
const after = Date.parse("2026-10-01T00:00:00Z");
const message = {
  category: null,
  isMarketingApi: false,
  isInWindow: true,
  isInFreeEntry: false,
  waId: "919876543210",
  businessPhone: "15550000000",
  at: after,
  serviceCount: 0,
  freeService: null,
} as const;

describe("a message's price (section 13)", () => {
  test.each([
    ["free text before October 2026", { at: before, serviceCount: 5000 }, "free_customer_service", "service", 0],
    ["the thousandth free text of a month", { serviceCount: 999 }, "free_customer_service", "service", 0],
    ["the one after it", { serviceCount: 1000 }, "regular", "service", 0.0014],
    ["the first, where none are free", { freeService: 0 }, "regular", "service", 0.0014],
    [
      "utility in the window before October 2026",
      { category: "UTILITY", at: before },
      "free_customer_service",
      "utility",
      0,
    ],
    ["utility in the window since", { category: "UTILITY" }, "regular", "utility", 0.0014],
    ["utility outside it", { category: "UTILITY", isInWindow: false }, "regular", "utility", 0.0014],
    ["marketing", { category: "MARKETING" }, "regular", "marketing", 0.0118],
    ["marketing by its own API", { category: "MARKETING", isMarketingApi: true }, "regular", "marketing_lite", 0.0118],
    [
      "marketing after a click on an ad",
      { category: "MARKETING", isInFreeEntry: true },
      "free_entry_point",
      "referral_conversion",
      0,
    ],
    ["a code", { category: "AUTHENTICATION" }, "regular", "authentication", 0.0014],
    [
      "a code from abroad",
      { category: "AUTHENTICATION", waId: "8801712345678" },
      "regular",
      "authentication-international",
      0.096,
    ],
    [
      "a code from Bangladesh itself",
      { category: "AUTHENTICATION", waId: "8801712345678", businessPhone: "8801" },
      "regular",
      "authentication",
      0.0037,
    ],
    ["a market that is not on the card", { category: "MARKETING", waId: "33612345678" }, "regular", "marketing", null],
    ["marketing before the card has figures", { category: "MARKETING", at: before }, "regular", "marketing", null],
  ] as const)("%s", (_, facts, type, category, usd) => {
    expect(priceOf({ ...message, ...facts })).toMatchObject({ type, category, usd });
  });

  test.each([
    ["5511987654321", "Brazil"],
    ["14155550100", "North America"],
    ["573001234567", "Colombia"],
    ["5491112345678", "Argentina"],
    ["56912345678", "Chile"],
    ["201001234567", "Egypt"],
    ["8801712345678", "Bangladesh"],
    ["923001234567", "Pakistan"],
    ["33612345678", null],
  ])("%s is in %s", (waId, market) => {
    expect(priceOf({ ...message, category: "UTILITY", waId }).market).toBe(market);
  });

  test("months change at midnight UTC", () => {
    expect([monthOf(before), monthOf(after)]).toEqual(["2026-09", "2026-10"]);
  });
});
