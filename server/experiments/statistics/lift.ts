import { criticalZ, type Interval } from "./distributions.ts";
import { type Arm, type CupedArm, cupedTheta, momentsOf } from "./means.ts";
import type { TwoRates } from "./rates.ts";

/** A quotient of two estimates that may depend on each other. */
type Quotient = { over: number; under: number; varOver: number; varUnder: number; covariance: number };

/**
 * Fieller's limits of `over / under` at `k` standard errors. Without bounds when `under` itself cannot be told from 0: then no
 * lift can be measured, and only the absolute difference is shown.
 *
 * They exclude 0 exactly when |over| > k * its own error, so lift and absolute difference never give two verdicts.
 * Source: Fieller 1954.
 */
export function fiellerLimits({ over, under, varOver, varUnder, covariance }: Quotient, k: number): Interval {
  const a = under * under - k * k * varUnder;
  if (!(a > 0)) return [null, null];
  const b = over * under - k * k * covariance;
  const root = Math.sqrt(Math.max(0, b * b - a * (over * over - k * k * varOver)));
  const limits: [number, number] = [(b - root) / a, (b + root) / a];
  // A lift below a negative baseline is measured by its size: more than -5 is an improvement.
  return under > 0 ? limits : [-limits[1], -limits[0]];
}

type TwoMeans = { meanA: number; varMeanA: number; meanB: number; varMeanB: number };

/** The lift meanB / meanA - 1 of two independent means at `k` standard errors; the variances are those of the means. */
export const liftAt = ({ meanA, varMeanA, meanB, varMeanB }: TwoMeans, k: number): Interval =>
  fiellerLimits(
    {
      over: meanB - meanA,
      under: meanA,
      varOver: varMeanA + varMeanB,
      varUnder: varMeanA,
      covariance: -varMeanA,
    },
    k,
  );

/** The same at a two-sided alpha. */
export const fiellerLift = ({ alpha, ...means }: TwoMeans & { alpha: number }): Interval =>
  liftAt(means, criticalZ(alpha));

/** The lift of two rates, p2 / p1 - 1. No bounds without a success in the baseline, or without anybody. */
export function fiellerLiftProportion({ x1, n1, x2, n2, alpha }: TwoRates & { alpha: number }): Interval {
  if (n1 === 0 || n2 === 0) return [null, null];
  const [meanA, meanB] = [x1 / n1, x2 / n2];
  return fiellerLift({
    meanA,
    varMeanA: (meanA * (1 - meanA)) / n1,
    meanB,
    varMeanB: (meanB * (1 - meanB)) / n2,
    alpha,
  });
}

/**
 * The lift of any two arms at `k` standard errors. CUPED arms: the adjusted difference over the baseline as it was measured, with
 * the dependence between the two.
 */
export function liftOfArms({ a, b }: { a: Arm; b: Arm }, k: number): Interval {
  if (a.type === "cuped" && b.type === "cuped") return adjustedLift(a, b, k);
  const [before, after] = [momentsOf(a), momentsOf(b)];
  return liftAt(
    {
      meanA: before.mean,
      varMeanA: before.variance / before.n,
      meanB: after.mean,
      varMeanB: after.variance / after.n,
    },
    k,
  );
}

function adjustedLift(a: CupedArm, b: CupedArm, k: number): Interval {
  const theta = cupedTheta({ a, b });
  const [measured, before, after] = [momentsOf(a), momentsOf(a, theta), momentsOf(b, theta)];
  const past = momentsOf({ type: "mean", n: a.n, sum: a.preSum, sumSquares: a.preSumSquares });
  // cov(post - theta pre, post) = var(post) - theta cov(post, pre); the last from the variance of the adjusted mean.
  const both = theta === 0 ? 0 : (measured.variance + theta ** 2 * past.variance - before.variance) / (2 * theta);
  return fiellerLimits(
    {
      over: after.mean - before.mean,
      under: measured.mean,
      varOver: before.variance / before.n + after.variance / after.n,
      varUnder: measured.variance / measured.n,
      covariance: -(measured.variance - theta * both) / measured.n,
    },
    k,
  );
}
