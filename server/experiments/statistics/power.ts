import { criticalZ, normalCdf, normalQuantile } from "./distributions.ts";
import { seqHalfwidth } from "./sequential.ts";

/**
 * People per arm, not rounded, to find an absolute change `mde` of a rate `p` with chance `power` (R's power.prop.test).
 * Infinity for no change; null where the changed rate would leave 0 to 1.
 */
export function sampleSizeProportion(input: { p: number; mde: number; alpha: number; power: number }): number | null {
  const { p, mde, alpha, power } = input;
  const changed = p + mde;
  if (changed < 0 || changed > 1) return null;
  if (mde === 0) return Number.POSITIVE_INFINITY;
  const middle = (p + changed) / 2;
  const spread = Math.sqrt(p * (1 - p) + changed * (1 - changed));
  const reach = criticalZ(alpha) * Math.sqrt(2 * middle * (1 - middle)) + normalQuantile(power) * spread;
  return (reach / mde) ** 2;
}

/** People per arm, not rounded, to find a change `mde` of a mean whose observations vary by `variance`. */
export function sampleSizeMean(input: {
  mde: number;
  variance: number;
  alpha: number;
  power: number;
  comparisons?: number;
}): number {
  const { mde, variance, alpha, power, comparisons = 1 } = input;
  const reach = criticalZ(alpha / comparisons) + normalQuantile(power);
  return (2 * reach * reach * variance) / (mde * mde);
}

/**
 * The chance to find that the first rate differs by `diff` from `p2`, with `n` people in the first arm and `ratio` times as many in
 * the second; both tails (statsmodels' power_proportions_2indep).
 */
export function powerTwoProportions(input: {
  p2: number;
  diff: number;
  n: number;
  alpha: number;
  ratio?: number;
}): number {
  const { p2, diff, n, alpha, ratio = 1 } = input;
  const p1 = p2 + diff;
  const pooled = (p1 + p2 * ratio) / (1 + ratio);
  const same = Math.sqrt(pooled * (1 - pooled) * (1 + 1 / ratio));
  const apart = Math.sqrt(p1 * (1 - p1) + (p2 * (1 - p2)) / ratio);
  const bar = (criticalZ(alpha) * same) / apart;
  const shift = (diff * Math.sqrt(n)) / apart;
  return normalCdf(shift - bar) + normalCdf(-bar - shift);
}

/**
 * The smallest absolute rise of a rate that so many people per arm find with chance `power`; null where not even a rise to 1 would be
 * found. With `nStar` for the always-valid method, whose wider interval asks for more.
 */
export function smallestEffect(input: {
  p: number;
  n: number;
  alpha: number;
  power: number;
  nStar?: number;
}): number | null {
  const { p, n, alpha, power, nStar } = input;
  const wider = nStar === undefined ? 1 : seqHalfwidth({ se: 1, n: 2 * n, alpha, nStar }) / criticalZ(alpha);
  const needed = (mde: number) =>
    (sampleSizeProportion({ p, mde, alpha, power }) ?? Number.POSITIVE_INFINITY) * wider ** 2;
  let [low, high] = [0, 1 - p];
  if (!(n > 0) || !(high > 0) || needed(high) > n) return null;
  for (let round = 0; round < 60; round += 1) {
    const middle = (low + high) / 2;
    if (needed(middle) > n) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * Days until so many people per arm are there, in whole weeks and never less than one: people of a weekday differ from those of a
 * Sunday. Null when nobody comes.
 */
export function plannedDays(input: { perArm: number; arms: number; weeklyPeople: number }): number | null {
  const { perArm, arms, weeklyPeople } = input;
  if (!(weeklyPeople > 0) || !Number.isFinite(perArm)) return null;
  return Math.max(1, Math.ceil((perArm * arms) / weeklyPeople)) * 7;
}

/** Days left until the interval is as narrow as planned: its error shrinks with the root of the people. 0 once it is. */
export function daysLeft(input: { se: number; target: number; days: number; alpha: number; power: number }) {
  const { se, target, days, alpha, power } = input;
  if (!(se > 0) || !(days > 0) || !(target > 0)) return null;
  const wanted = target / (criticalZ(alpha) + normalQuantile(power));
  return Math.max(0, Math.ceil(days * ((se / wanted) ** 2 - 1)));
}
