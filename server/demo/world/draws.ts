import { fixedRandom } from "#db/seed/fixed-id.ts";

/** Chance of one purpose, the same for the same seed and name. */
export type Draws = {
  /** From 0 to below 1. */
  next: () => number;
  chance: (share: number) => boolean;
  pick: <T>(list: readonly T[]) => T;
  /** A whole number from `from` to below `to`. */
  whole: (from: number, to: number) => number;
  /** Half of them are above `median`; `spread` is the deviation of the logarithm. Cut at `most`. */
  logNormal: (median: number, spread: number, most: number) => number;
  /** How often something happens that happens `mean` times on average. */
  poisson: (mean: number) => number;
};

export function drawsOf(seed: number, ...name: (string | number)[]): Draws {
  const next = fixedRandom(`world:${seed}:${name.join(":")}`);
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from));
  const pick = <T>(list: readonly T[]): T => {
    const picked = list[whole(0, list.length)];
    if (picked === undefined) throw new Error("There is nothing to pick from.");
    return picked;
  };
  return {
    next,
    chance: (share) => next() < share,
    pick,
    whole,
    logNormal: (median, spread, most) => Math.min(most, median * Math.exp(spread * normal(next))),
    poisson: (mean) => countUntil(next, Math.exp(-mean)),
  };
}

/** Box and Muller's transform. */
const normal = (next: () => number): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());

/** Knuth's way: fine for means of a few. */
function countUntil(next: () => number, floor: number): number {
  let count = 0;
  for (let product = next(); product > floor; product *= next()) count += 1;
  return count;
}
