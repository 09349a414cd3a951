import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { hasSamples, readSample } from "../../test-samples.ts";
import { chargedCost, estimateCost, marketOf, type Priced } from "./estimate-cost.ts";
import { type PriceCategory, rates } from "./price-cards.ts";

const before = Date.parse("2026-09-30T23:59:59.999Z");
const after = Date.parse("2026-10-01T00:00:00Z");
const hour = 3_600_000;
const usd = (amountMicros: number) => ({ amountMicros, currency: "USD" });
const india: Priced = { category: "utility", at: after, phone: "+919876543210", lastInboundAt: null };

test.each<[string, Partial<Priced>, number | null]>([
  ["a marketing template costs the market's rate", { category: "marketing" }, 11_800],
  ["also in an open window", { category: "marketing", lastInboundAt: after - hour }, 11_800],
  ["a utility template outside the window costs its rate", {}, 1_400],
  ["inside it, too, from October 2026", { lastInboundAt: after - hour }, 1_400],
  ["inside it, nothing until then", { at: before, lastInboundAt: before - hour }, 0],
  ["outside it, until then, a rate that this version does not know", { at: before }, null],
  ["a window of 24 hours is closed", { at: before, lastInboundAt: before - 24 * hour }, null],
  ["a service message is free until October 2026", { category: "service", at: before, lastInboundAt: before }, 0],
  ["the first of a month's thousand is free", { category: "service", usedThisMonth: 0 }, 0],
  ["the thousandth, too", { category: "service", usedThisMonth: 999 }, 0],
  ["the next one costs the utility rate", { category: "service", usedThisMonth: 1000 }, 1_400],
  ["one that nobody counted is taken for charged", { category: "service" }, 1_400],
  ["the thousand is for service messages alone", { usedThisMonth: 0 }, 1_400],
  ["after an ad everything is free for a while", { category: "marketing", freeUntil: after + hour }, 0],
  ["and no longer", { category: "marketing", freeUntil: after }, 11_800],
  ["a one-time code costs its own rate", { category: "authentication", phone: "+20100" }, 3_600],
  ["from abroad it costs more", { category: "authentication-international", phone: "+8801712345678" }, 96_000],
  ["a market without a marketing rate has no price for it", { category: "marketing", phone: "+92300" }, null],
  ["a country without a row has no price", { phone: "+33612345678" }, null],
  ["nor has a person without a phone", { phone: null }, null],
  ["before July 2025 there are no rules", { at: Date.parse("2025-06-30") }, null],
])("%s", (_, facts, micros) => {
  expect(estimateCost({ ...india, ...facts })).toEqual(micros === null ? null : usd(micros));
});

test.each([
  ["+14155550100", "NA"],
  ["14155550100", "NA"],
  ["+18765550100", null],
  ["+8801712345678", "BD"],
  ["+5511987654321", "BR"],
  ["+33612345678", null],
  ["", null],
  ["+", null],
])("%s belongs to the market %s", (phone, market) => {
  expect(marketOf(phone)).toBe(market);
});

describe("whatever the message", () => {
  const categories = [...new Set(rates.map(({ category }) => category))];
  const priced: fc.Arbitrary<Priced> = fc.record({
    category: fc.constantFrom<PriceCategory>(...categories),
    at: fc.integer({ min: Date.parse("2025-07-01"), max: Date.parse("2028-01-01") }),
    phone: fc.option(fc.constantFrom("+919876543210", "+14155550100", "+33612345678", "+573001234567")),
    lastInboundAt: fc.option(fc.integer({ min: Date.parse("2025-07-01"), max: Date.parse("2028-01-01") })),
    freeUntil: fc.option(fc.integer({ min: Date.parse("2025-07-01"), max: Date.parse("2028-01-01") })),
    usedThisMonth: fc.option(fc.nat({ max: 3000 })),
  });

  test("its cost is a whole number of millionths and never below nothing", () => {
    fc.assert(
      fc.property(priced, (message) => {
        const cost = estimateCost(message);
        if (cost) expect(Number.isSafeInteger(cost.amountMicros) && cost.amountMicros >= 0).toBe(true);
      }),
      { numRuns: 1000, seed: 5 },
    );
  });

  test("one more message of the month never costs less than the one before", () => {
    fc.assert(
      fc.property(priced, fc.nat({ max: 3000 }), (message, used) => {
        const cost = (usedThisMonth: number) => estimateCost({ ...message, usedThisMonth })?.amountMicros;
        const [one, next] = [cost(used), cost(used + 1)];
        if (one !== undefined && next !== undefined) expect(next).toBeGreaterThanOrEqual(one);
      }),
      { numRuns: 1000, seed: 5 },
    );
  });

  test("an open window or an ad never makes it dearer", () => {
    fc.assert(
      fc.property(priced, (message) => {
        const cost = estimateCost(message);
        const shut = estimateCost({ ...message, lastInboundAt: null, freeUntil: null });
        if (cost && shut) expect(cost.amountMicros).toBeLessThanOrEqual(shut.amountMicros);
      }),
      { numRuns: 1000, seed: 5 },
    );
  });
});

test("a card's row is there once, and starts on a day on which prices change", () => {
  const keys = rates.map(({ effectiveFrom, market, category }) => `${effectiveFrom} ${market} ${category}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { effectiveFrom } of rates) expect(effectiveFrom).toMatch(/^\d{4}-(01|04|07|10)-01$/);
});

test("what the provider calls free is free, and a word to come changes nothing", () => {
  expect(chargedCost(usd(1_400), "free_customer_service")).toEqual(usd(0));
  expect(chargedCost(null, "free_entry_point")).toEqual(usd(0));
  expect(chargedCost(usd(1_400), "regular")).toEqual(usd(1_400));
  expect(chargedCost(usd(1_400), null)).toEqual(usd(1_400));
});

describe.runIf(hasSamples)("the card kept beside the checkout", () => {
  const Card = z.object({ rates: z.record(z.string(), z.record(z.string(), z.number())) });
  test("says the same as the rows here", () => {
    const told = Object.entries(Card.parse(readSample("rates_2026-10-01.json")).rates).flatMap(([market, row]) =>
      Object.entries(row).map(
        ([category, amount]) => `${market} ${category.replace("_", "-")} ${Math.round(amount * 1_000_000)}`,
      ),
    );
    expect(rates.map(({ market, category, amountMicros }) => `${market} ${category} ${amountMicros}`).sort()).toEqual(
      told.sort(),
    );
  });
});
