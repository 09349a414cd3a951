// What other tools of the field print for the same data. The product shows none of it: these are here so that an analyst who comes
// from such a tool can put its numbers beside ours (docs/experiments.md says where they differ and why).
import { betaQuantile, chiSquareTail, criticalZ, twoSidedNormal } from "./distributions.ts";
import type { Rate, TwoRates } from "./rates.ts";

type AtAlpha = { alpha: number };

/** The exact interval of one rate (Clopper and Pearson 1934): never too narrow, usually too wide. */
export function clopperPearson({ x, n, alpha }: Rate & AtAlpha): [number, number] {
  return [x === 0 ? 0 : betaQuantile(alpha / 2, x, n - x + 1), x === n ? 1 : betaQuantile(1 - alpha / 2, x + 1, n - x)];
}

/** The textbook interval of p1 - p2: fails for rare events. */
export function waldDiff({ x1, n1, x2, n2, alpha }: TwoRates & AtAlpha): [number, number] {
  const [p1, p2] = [x1 / n1, x2 / n2];
  const half = criticalZ(alpha) * Math.sqrt((p1 * (1 - p1)) / n1 + (p2 * (1 - p2)) / n2);
  return [p1 - p2 - half, p1 - p2 + half];
}

/** The same after adding one success and one failure to each arm (Agresti and Caffo 2000). */
export const agrestiCaffoDiff = ({ x1, n1, x2, n2, alpha }: TwoRates & AtAlpha): [number, number] =>
  waldDiff({ x1: x1 + 1, n1: n1 + 2, x2: x2 + 1, n2: n2 + 2, alpha });

/** The pooled z test of two rates. */
export function proportionsZ({ x1, n1, x2, n2 }: TwoRates): { z: number; p: number } {
  const pooled = (x1 + x2) / (n1 + n2);
  const z = (x1 / n1 - x2 / n2) / Math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2));
  return { z, p: twoSidedNormal(z) };
}

/** Pearson's chi-square over several rates, as Braze compares all arms at once. */
export function chi2Homogeneity({ x, n }: { x: number[]; n: number[] }): { stat: number; df: number; p: number } {
  const pooled = x.reduce((sum, value) => sum + value, 0) / n.reduce((sum, value) => sum + value, 0);
  const stat = x.reduce((sum, successes, at) => {
    const people = n[at] ?? 0;
    return sum + (successes - people * pooled) ** 2 / (people * pooled * (1 - pooled));
  }, 0);
  return { stat, df: x.length - 1, p: chiSquareTail(stat, x.length - 1) };
}

/** The quotient p1 / p2 by its logarithm (Katz 1978). */
export function katzRatio({ x1, n1, x2, n2, alpha }: TwoRates & AtAlpha): [number, number] {
  const half = criticalZ(alpha) * Math.sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2);
  const middle = Math.log(x1 / n1 / (x2 / n2));
  return [Math.exp(middle - half), Math.exp(middle + half)];
}

/** The lift p2 / p1 - 1 by the same. */
export function logLiftCI({ x1, n1, x2, n2, alpha }: TwoRates & AtAlpha): [number, number] {
  const [low, high] = katzRatio({ x1: x2, n1: n2, x2: x1, n2: n1, alpha });
  return [low - 1, high - 1];
}

/** Difference, lift and pooled z of variant against baseline in one. */
export const liftSummary = ({ x1, n1, x2, n2 }: TwoRates): { diff: number; lift: number; z: number } => ({
  diff: x2 / n2 - x1 / n1,
  lift: x2 / n2 / (x1 / n1) - 1,
  z: -proportionsZ({ x1, n1, x2, n2 }).z,
});

/** The lift of events per exposure, by the logarithm of the quotient of two Poisson rates. */
export function poissonRateLiftCI(input: {
  events1: number;
  exposure1: number;
  events2: number;
  exposure2: number;
  alpha: number;
}): [number, number] {
  const { events1, exposure1, events2, exposure2, alpha } = input;
  const middle = Math.log(events2 / exposure2 / (events1 / exposure1));
  const half = criticalZ(alpha) * Math.sqrt(1 / events1 + 1 / events2);
  return [Math.exp(middle - half) - 1, Math.exp(middle + half) - 1];
}

/** Every p value times their number. */
export const bonferroni = ({ p }: { p: number[] }): number[] => p.map((value) => Math.min(1, value * p.length));

/** Hochberg's step-up adjustment (1988). */
export function hochberg({ p }: { p: number[] }): number[] {
  const order = p.map((_, at) => at).sort((one, other) => (p[other] ?? 0) - (p[one] ?? 0));
  const answer = new Array<number>(p.length);
  let reached = 1;
  for (const [rank, at] of order.entries()) {
    reached = Math.min(reached, (p[at] ?? 1) * (rank + 1));
    answer[at] = reached;
  }
  return answer;
}

/** The score interval of p1 - p2 (Miettinen and Nurminen 1985). */
export function scoreDiff({ x1, n1, x2, n2, alpha }: TwoRates & AtAlpha): [number, number] {
  const diff = x1 / n1 - x2 / n2;
  const limit = criticalZ(alpha) ** 2;
  const correction = (n1 + n2) / (n1 + n2 - 1);
  const beyond = (at: number) => {
    const [p1, p2] = likeliestApart(x1 / n1, x2 / n2, n2 / n1, at);
    const variance = ((p1 * (1 - p1)) / n1 + (p2 * (1 - p2)) / n2) * correction;
    return (diff - at) ** 2 > limit * variance;
  };
  return [edge(diff, -1 + 1e-9, beyond), edge(diff, 1 - 1e-9, beyond)];
}

/** The likeliest two rates that lie `apart` from each other: the root of a cubic (Farrington and Manning 1990). */
function likeliestApart(p1: number, p2: number, ratio: number, apart: number): [number, number] {
  const a = 1 + ratio;
  const b = -(1 + ratio + p1 + ratio * p2 + apart * (ratio + 2));
  const c = apart ** 2 + apart * (2 * p1 + ratio + 1) + p1 + ratio * p2;
  const d = -p1 * apart * (1 + apart);
  const v = b ** 3 / (27 * a ** 3) - (b * c) / (6 * a ** 2) + d / (2 * a);
  const u = Math.sign(v) * Math.sqrt(Math.max(0, b ** 2 / (9 * a ** 2) - c / (3 * a)));
  const turn = u === 0 ? 0 : Math.acos(Math.min(1, Math.max(-1, v / u ** 3)));
  const first = 2 * u * Math.cos((Math.PI + turn) / 3) - b / (3 * a);
  const clamp = (p: number) => Math.min(1, Math.max(0, p));
  return [clamp(first), clamp(first - apart)];
}

/** The score interval of p1 / p2 (Koopman 1984). */
export function scoreRatio({ x1, n1, x2, n2, alpha }: TwoRates & AtAlpha): [number, number] {
  const limit = criticalZ(alpha) ** 2;
  const beyond = (log: number) => {
    const ratio = Math.exp(log);
    const b = -(n1 * ratio + x1 + n2 + x2 * ratio);
    const p2 = (-b - Math.sqrt(b * b - 4 * (n1 + n2) * ratio * (x1 + x2))) / (2 * (n1 + n2) * ratio);
    const p1 = ratio * p2;
    return (x1 - n1 * p1) ** 2 / (n1 * p1 * (1 - p1)) + (x2 - n2 * p2) ** 2 / (n2 * p2 * (1 - p2)) > limit;
  };
  const middle = Math.log(x1 / n1 / (x2 / n2));
  return [Math.exp(edge(middle, middle - 20, beyond)), Math.exp(edge(middle, middle + 20, beyond))];
}

/** Where, on the way from inside to outside, `beyond` begins to hold. */
function edge(inside: number, outside: number, beyond: (at: number) => boolean): number {
  let [near, far] = [inside, outside];
  for (let round = 0; round < 80; round += 1) {
    const middle = (near + far) / 2;
    if (beyond(middle)) far = middle;
    else near = middle;
  }
  return near;
}
