import { criticalZ, type Interval, twoSidedNormal } from "./distributions.ts";

/** Successes `x` of `n` people, at a two-sided `alpha`. */
export type Rate = { x: number; n: number };
/** Two arms side by side: 1 is the baseline, 2 the variant. */
export type TwoRates = { x1: number; n1: number; x2: number; n2: number };

/** A compared pair, always as variant minus baseline, with interval and p from the same method, so that they cannot disagree. */
export type Comparison = { diff: number; ci: [number, number]; p: number; method: "z-unpooled" | "newcombe-fisher" };

/**
 * The interval of one rate (Wilson 1927), within 0 and 1 also for no success and for nothing but successes.
 * Without anybody nothing is known: 0 to 1.
 */
export function wilson({ x, n, alpha }: Rate & { alpha: number }): [number, number] {
  if (n === 0) return [0, 1];
  const z = criticalZ(alpha);
  const p = x / n;
  const scale = 1 + (z * z) / n;
  const centre = (p + (z * z) / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return [x === 0 ? 0 : Math.max(0, centre - half), x === n ? 1 : Math.min(1, centre + half)];
}

/** The difference of two rates p2 - p1 with its normal interval; the p value uses the same unpooled error as the interval. */
export function zUnpooled({ x1, n1, x2, n2, alpha }: TwoRates & { alpha: number }) {
  const [p1, p2] = [x1 / n1, x2 / n2];
  const se = Math.sqrt((p1 * (1 - p1)) / n1 + (p2 * (1 - p2)) / n2);
  const diff = p2 - p1;
  const half = criticalZ(alpha) * se;
  const ci: [number, number] = [diff - half, diff + half];
  return { diff, ci, se, p: se > 0 ? twoSidedNormal(diff / se) : diff === 0 ? 1 : 0 };
}

/** The interval of p1 - p2 from both Wilson intervals (Newcombe 1998, method 10): sound for small counts, too. */
export function newcombeDiff({ x1, n1, x2, n2, alpha }: TwoRates & { alpha: number }): [number, number] {
  const [p1, p2] = [n1 === 0 ? 0.5 : x1 / n1, n2 === 0 ? 0.5 : x2 / n2];
  const [low1, high1] = wilson({ x: x1, n: n1, alpha });
  const [low2, high2] = wilson({ x: x2, n: n2, alpha });
  const diff = p1 - p2;
  return [diff - Math.hypot(p1 - low1, high2 - p2), diff + Math.hypot(high1 - p1, p2 - low2)];
}

/**
 * Fisher's exact p value of two rates, two-sided: all tables with the same margins that are no likelier than this one.
 * Ties are told apart with a relative 1e-7, as R's fisher.test does.
 */
export function fisherExact2({ x1, n1, x2, n2 }: TwoRates): number {
  const successes = x1 + x2;
  // How much likelier a table is than the one with a success fewer in the first arm; everything is measured by the given table.
  const ratio = (k: number) => ((n1 - k + 1) * (successes - k + 1)) / (k * (n2 - successes + k));
  let [all, extreme] = [1, 1];
  const count = (likelihood: number) => {
    all += likelihood;
    if (likelihood <= 1 + 1e-7) extreme += likelihood;
  };
  const [first, last] = [Math.max(0, successes - n2), Math.min(n1, successes)];
  for (let [k, likelihood] = [x1 + 1, 1]; k <= last && likelihood > 1e-25; k += 1) {
    likelihood *= ratio(k);
    count(likelihood);
  }
  for (let [k, likelihood] = [x1, 1]; k > first && likelihood > 1e-25; k -= 1) {
    likelihood /= ratio(k);
    count(likelihood);
  }
  return Number.isFinite(all) ? Math.min(1, extreme / all) : 0;
}

/** From so many successes and failures in each arm on the normal interval is used. A fixed rule: never by what the result says. */
export const smallCount = 10;

const isSmall = ({ x1, n1, x2, n2 }: TwoRates): boolean => Math.min(x1, n1 - x1, x2, n2 - x2) < smallCount;

/**
 * Variant minus baseline. Large counts by the unpooled z, small ones by Newcombe's interval and Fisher's p, which also answers
 * where an arm has no success at all. Null when an arm has nobody.
 *
 * With small counts the interval and Fisher's p are two methods, and near the edge one may exclude 0 where the other does not:
 * `isDifferent` therefore asks the interval only, and p is shown beside it.
 */
export function compareRates(input: TwoRates & { alpha: number }): Comparison | null {
  const { x1, n1, x2, n2, alpha } = input;
  if (n1 === 0 || n2 === 0) return null;
  if (!isSmall(input)) {
    const { diff, ci, p } = zUnpooled(input);
    return { diff, ci, p, method: "z-unpooled" };
  }
  const ci = newcombeDiff({ x1: x2, n1: n2, x2: x1, n2: n1, alpha });
  return { diff: x2 / n2 - x1 / n1, ci, p: fisherExact2(input), method: "newcombe-fisher" };
}

/** Whether an interval excludes zero: the only question a verdict asks. */
export const isDifferent = ([low, high]: Interval): boolean => (low !== null && low > 0) || (high !== null && high < 0);
