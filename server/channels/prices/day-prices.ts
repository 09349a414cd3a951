import type { ChargedAs, DayPrice } from "#flow/template.ts";
import { priceRules, type Rate, rates } from "./price-cards.ts";

const charged: readonly ChargedAs[] = ["marketing", "utility", "authentication", "service"];

/**
 * What one message of each kind costs at most on a day ("2026-11-22", in UTC) in each market with a card: with a closed window, the
 * free ones of the month used up. A market without a row for a kind has no price for it.
 */
export function dayPrices(day: string): DayPrice[] {
  const current = newestBy(rates, day, ({ market, category }) => `${market} ${category}`);
  return charged.flatMap((category): DayPrice[] => {
    const rules = newestBy(priceRules, day, ({ category, window }) => `${category} ${window}`);
    const kinds = new Set(
      [...rules.values()].flatMap((rule) => (rule.category === category ? (rule.rateOf ?? []) : [])),
    );
    return [...kinds].flatMap((kind) =>
      [...current.values()]
        .filter((rate: Rate) => rate.category === kind)
        .map(({ market, currency, amountMicros }) => ({ market, category, currency, amountMicros })),
    );
  });
}

function newestBy<Row extends { effectiveFrom: string }>(
  rows: readonly Row[],
  day: string,
  keyOf: (row: Row) => string,
): Map<string, Row> {
  const newest = new Map<string, Row>();
  for (const row of rows) {
    const before = newest.get(keyOf(row));
    if (row.effectiveFrom <= day && (!before || row.effectiveFrom > before.effectiveFrom)) newest.set(keyOf(row), row);
  }
  return newest;
}
