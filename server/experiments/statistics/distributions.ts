import betaInc from "@stdlib/math-base-special-betainc";
import betaLn from "@stdlib/math-base-special-betaln";
import gammaInc from "@stdlib/math-base-special-gammainc";
import betaQuantileOf from "@stdlib/stats-base-dists-beta-quantile";
import normalCdfOf from "@stdlib/stats-base-dists-normal-cdf";
import normalQuantileOf from "@stdlib/stats-base-dists-normal-quantile";
import tQuantileOf from "@stdlib/stats-base-dists-t-quantile";

/** Two limits; null where the data set no bound. */
export type Interval = [low: number | null, high: number | null];

/** P(Z <= z) of the standard normal. */
export const normalCdf = (z: number): number => normalCdfOf(z, 0, 1);

/** The z below which a standard normal falls with probability p, 0 < p < 1. */
export const normalQuantile = (p: number): number => normalQuantileOf(p, 0, 1);

/** The critical value of a two-sided test at `alpha`: 1.96 at 0.05. */
export const criticalZ = (alpha: number): number => -normalQuantile(alpha / 2);

export const normalDensity = (z: number): number => Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI);

/** P(|Z| >= |z|), from the tail itself: 1 - cdf would lose everything below 1e-16. */
export const twoSidedNormal = (z: number): number => Math.min(1, 2 * normalCdf(-Math.abs(z)));

/** P(|T| >= |t|) with `df` degrees of freedom, as an incomplete beta integral, again without a cancelling 1 - cdf. */
export const twoSidedT = (t: number, df: number): number =>
  Number.isFinite(t) ? betaInc(df / (df + t * t), df / 2, 0.5) : 0;

export const tQuantile = (p: number, df: number): number => tQuantileOf(p, df);

/** P(chi-square with `df` degrees of freedom >= value). */
export const chiSquareTail = (value: number, df: number): number => gammaInc(value / 2, df / 2, true, true);

export const logBeta = (a: number, b: number): number => betaLn(a, b);
export const betaCdf = (x: number, a: number, b: number): number => betaInc(Math.min(1, Math.max(0, x)), a, b);
export const betaQuantile = (p: number, a: number, b: number): number => betaQuantileOf(p, a, b);

/** ln of "n choose k". */
export const logChoose = (n: number, k: number): number => -Math.log(n + 1) - logBeta(n - k + 1, k + 1);

// Nodes and weights of the 16-point Gauss-Legendre rule on [-1, 1], the positive half (Abramowitz and Stegun, table 25.4).
const legendre = [
  [0.0950125098376374, 0.1894506104550685],
  [0.2816035507792589, 0.1826034150449236],
  [0.4580167776572274, 0.1691565193950025],
  [0.6178762444026438, 0.1495959888165767],
  [0.755404408355003, 0.1246289712555339],
  [0.8656312023878318, 0.0951585116824928],
  [0.9445750230732326, 0.0622535239386479],
  [0.9894009349916499, 0.0271524594117541],
] as const;

/** The integral of a smooth function over [from, to], by a 16-point rule on each of `panels` equal parts. Deterministic. */
export function integrate(f: (x: number) => number, from: number, to: number, panels: number): number {
  const half = (to - from) / panels / 2;
  let sum = 0;
  for (let panel = 0; panel < panels; panel += 1) {
    const middle = from + (2 * panel + 1) * half;
    for (const [node, weight] of legendre) sum += weight * (f(middle - node * half) + f(middle + node * half));
  }
  return sum * half;
}
