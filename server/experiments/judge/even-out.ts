import { cupedArmOf } from "../moments/read-moments.ts";
import type { Interval } from "../statistics/distributions.ts";
import { liftOfArms } from "../statistics/lift.ts";
import { cupedTheta, differenceOf, momentsOf } from "../statistics/means.ts";
import type { Measured, VariantReading } from "./metric-reading.ts";

/**
 * A comparison evened out by what the same people did in the days before they were assigned (CUPED). A second reading beside the one that
 * decides: it was not promised before the start which of the two would.
 */
export type EvenedOut = {
  difference: number;
  ci: Interval;
  lift: number | null;
  liftCi: Interval;
  /** How much of the variance of the difference the days before explain: 0.2 is worth a quarter more people. */
  varianceReduction: number;
};

/**
 * Evens one variant out against the baseline. As wide, in its own standard errors, as the reading it stands beside: so it holds at as many
 * looks. Null: nobody, a quotient, events too few for a normal error, or nothing in the days before that people differ by. Pure.
 */
export function evenOut({ rows, metric }: Measured, variant: VariantReading, baseline: string): EvenedOut | null {
  const { reach, method } = variant;
  const [a, b] = [cupedArmOf(rows, metric.kind, baseline), cupedArmOf(rows, metric.kind, variant.arm)];
  if (!a || !b || reach === null || method === "newcombe-fisher" || method === "sequential-newcombe") return null;
  const theta = cupedTheta({ a, b });
  if (theta === 0) return null;
  const plain = differenceOf(momentsOf(a), momentsOf(b));
  const evened = differenceOf(momentsOf(a, theta), momentsOf(b, theta));
  if (plain.reason || evened.reason) return null;
  const { expected: difference, se } = evened;
  const base = momentsOf(a).mean;
  return {
    difference,
    ci: [difference - reach * se, difference + reach * se],
    lift: base === 0 ? null : difference / Math.abs(base),
    liftCi: base === 0 ? [null, null] : liftOfArms({ a, b }, reach),
    varianceReduction: 1 - (se / plain.se) ** 2,
  };
}
