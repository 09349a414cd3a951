import { criticalZ, type Interval, normalQuantile } from "./distributions.ts";

/** Applies a step procedure to sorted p values and puts the answers back in the order they came. */
function inOrder(p: readonly number[], adjust: (sorted: readonly number[]) => number[]): number[] {
  const order = p.map((_, at) => at).sort((one, other) => (p[one] ?? 0) - (p[other] ?? 0));
  const adjusted = adjust(order.map((at) => p[at] ?? 1));
  const answer = new Array<number>(p.length);
  for (const [rank, at] of order.entries()) answer[at] = adjusted[rank] ?? 1;
  return answer;
}

/** Holm's step-down adjustment (1979): keeps the chance of any false alarm at alpha. For the primary metric. */
export const holm = ({ p }: { p: number[] }): number[] =>
  inOrder(p, (sorted) => {
    let reached = 0;
    return sorted.map((value, at) => (reached = Math.min(1, Math.max(reached, (sorted.length - at) * value))));
  });

/** Benjamini and Hochberg (1995): keeps the share of false alarms among the alarms. For secondary metrics, called exploratory. */
export const benjaminiHochberg = ({ p }: { p: number[] }): number[] =>
  inOrder(p, (sorted) => {
    let reached = 1;
    return sorted
      .map((_, at) => sorted.length - 1 - at)
      .map((at) => (reached = Math.min(reached, ((sorted[at] ?? 1) * sorted.length) / (at + 1))))
      .reverse();
  });

/**
 * The interval that belongs to an adjusted p value: the error is solved back from it, so that the interval excludes 0 exactly when
 * the adjusted p is below alpha. Without bounds at p = 1, where no error can be told.
 */
export function adjustedCI({ pAdj, expected, alpha }: { pAdj: number; expected: number; alpha: number }): Interval {
  if (pAdj >= 1) return [null, null];
  const half = (criticalZ(alpha) * Math.abs(expected)) / -normalQuantile(pAdj / 2);
  return [expected - half, expected + half];
}
