import { type Interval, tQuantile, twoSidedT } from "./distributions.ts";

/**
 * What is known of one arm, as sums over its people:
 * - mean: of a number per person, with the sum of its squares
 * - proportion: `sum` of `n` people did it
 * - ratio: of two sums per person (positive answers over answers): m over d, with sums, squares and products
 * - cuped: a mean or proportion with the same measure from before the experiment
 */
export type MeanArm = { type: "mean"; n: number; sum: number; sumSquares: number };
export type ProportionArm = { type: "proportion"; n: number; sum: number };
export type RatioArm = {
  type: "ratio";
  n: number;
  mSum: number;
  mSumSquares: number;
  dSum: number;
  dSumSquares: number;
  mdSum: number;
};
export type CupedArm = {
  type: "cuped";
  base: "mean" | "proportion";
  n: number;
  postSum: number;
  postSumSquares: number;
  preSum: number;
  preSumSquares: number;
  postPreSum: number;
};
export type Arm = MeanArm | ProportionArm | RatioArm | CupedArm;

/** The mean of an arm and the variance of one observation; `variance / n` is that of the mean. */
export type Moments = { n: number; mean: number; variance: number };

/** An effect as variant minus baseline. `ci` and `p` are null with the reason when the data allow none. */
export type Effect = {
  expected: number;
  ci: Interval;
  se: number;
  p: number | null;
  reason?: "nobody" | "one-person" | "no-variance";
};

const spread = (sum: number, sumSquares: number, n: number): number =>
  n < 2 ? 0 : Math.max(0, (sumSquares - (sum * sum) / n) / (n - 1));
const together = (product: number, a: number, b: number, n: number): number =>
  n < 2 ? 0 : (product - (a * b) / n) / (n - 1);
const binary = (sum: number, n: number): number => (n === 0 ? 0 : (sum / n) * (1 - sum / n));

function cupedParts(arm: CupedArm) {
  const { n, postSum, preSum } = arm;
  if (arm.base === "proportion")
    return {
      post: binary(postSum, n),
      pre: binary(preSum, n),
      covariance: n === 0 ? 0 : arm.postPreSum / n - (postSum * preSum) / (n * n),
    };
  return {
    post: spread(postSum, arm.postSumSquares, n),
    pre: spread(preSum, arm.preSumSquares, n),
    covariance: together(arm.postPreSum, postSum, preSum, n),
  };
}

/**
 * The slope of CUPED (Deng et al. 2013): covariance over variance of the measure from before, over the people of both arms
 * together. 0 where it never varied: then nothing is adjusted.
 */
export function cupedTheta({ a, b }: { a: CupedArm; b: CupedArm }): number {
  const { pre, covariance } = cupedParts({
    type: "cuped",
    base: a.base,
    n: a.n + b.n,
    postSum: a.postSum + b.postSum,
    postSumSquares: a.postSumSquares + b.postSumSquares,
    preSum: a.preSum + b.preSum,
    preSumSquares: a.preSumSquares + b.preSumSquares,
    postPreSum: a.postPreSum + b.postPreSum,
  });
  return pre > 0 ? covariance / pre : 0;
}

/** Mean and variance of one arm. `theta` adjusts a CUPED arm; without it such an arm is taken as measured. */
export function momentsOf(arm: Arm, theta = 0): Moments {
  const { n } = arm;
  switch (arm.type) {
    case "mean":
      return { n, mean: arm.sum / n, variance: spread(arm.sum, arm.sumSquares, n) };
    case "proportion":
      return { n, mean: arm.sum / n, variance: binary(arm.sum, n) };
    case "ratio": {
      const [m, d] = [arm.mSum / n, arm.dSum / n];
      const [vm, vd] = [spread(arm.mSum, arm.mSumSquares, n), spread(arm.dSum, arm.dSumSquares, n)];
      const covariance = together(arm.mdSum, arm.mSum, arm.dSum, n);
      const variance = vm / d ** 2 + (vd * m ** 2) / d ** 4 - (2 * covariance * m) / d ** 3;
      return { n, mean: m / d, variance: Math.max(0, variance) };
    }
    case "cuped": {
      const { post, pre, covariance } = cupedParts(arm);
      const variance = post + theta * theta * pre - 2 * theta * covariance;
      return { n, mean: (arm.postSum - theta * arm.preSum) / n, variance: Math.max(0, variance) };
    }
  }
}

/** Both arms' moments; two CUPED arms share one slope. */
export function momentsOfPair({ a, b }: { a: Arm; b: Arm }): [Moments, Moments] {
  const theta = a.type === "cuped" && b.type === "cuped" ? cupedTheta({ a, b }) : 0;
  return [momentsOf(a, theta), momentsOf(b, theta)];
}

/** Degrees of freedom by Welch and Satterthwaite. */
function degreesOfFreedom(a: Moments, b: Moments): number {
  const [va, vb] = [a.variance / a.n, b.variance / b.n];
  return (va + vb) ** 2 / (va ** 2 / (a.n - 1) + vb ** 2 / (b.n - 1));
}

/** The difference of the means with its error, or the reason why nothing can be said of it. */
export function differenceOf(a: Moments, b: Moments): Effect {
  const none: Interval = [null, null];
  if (!Number.isFinite(a.mean) || !Number.isFinite(b.mean))
    return { expected: 0, ci: none, se: 0, p: null, reason: "nobody" };
  const expected = b.mean - a.mean;
  const se = Math.sqrt(a.variance / a.n + b.variance / b.n);
  if (Math.min(a.n, b.n) < 2) return { expected, ci: none, se, p: null, reason: "one-person" };
  if (!(se > 0)) return { expected, ci: none, se: 0, p: null, reason: "no-variance" };
  return { expected, ci: none, se, p: null };
}

/**
 * Welch's test of two means, ratios or CUPED-adjusted means: variant minus baseline, two-sided.
 * Source: Welch 1947; variance of a ratio by the delta method.
 */
export function welch({ a, b, alpha }: { a: Arm; b: Arm; alpha: number }): Effect {
  const [before, after] = momentsOfPair({ a, b });
  const effect = differenceOf(before, after);
  if (effect.reason) return effect;
  const df = degreesOfFreedom(before, after);
  const half = tQuantile(1 - alpha / 2, df) * effect.se;
  return {
    ...effect,
    ci: [effect.expected - half, effect.expected + half],
    p: twoSidedT(effect.expected / effect.se, df),
  };
}
