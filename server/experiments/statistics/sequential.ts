import { type Arm, differenceOf, type Effect, momentsOfPair } from "./means.ts";

/** People of both arms for whom the interval is narrowest when nothing was planned (the default of gbstats). */
export const defaultPlanned = 5000;

/** The tuning that makes the interval narrowest at `nStar` people of both arms. */
function tuning(alpha: number, nStar: number): number {
  const log = -2 * Math.log(alpha);
  return Math.sqrt((log + Math.log(1 + log)) / nStar);
}

/**
 * The planned people with which an interval at the level `to` is tuned as one at `from` was with `nStar`. The p value depends on the tuning
 * alone, so that intervals at several levels agree with one p.
 */
export const retuned = ({ nStar, from, to }: { nStar: number; from: number; to: number }): number =>
  nStar * (tuning(to, 1) / tuning(from, 1)) ** 2;

/**
 * Half the width of an interval that holds at every look at once: looking daily does not make it wrong.
 * `se` is the error of the difference, `n` the people of both arms so far, `nStar` those planned (frozen at the start).
 * Source: asymptotic confidence sequences, Waudby-Smith et al. 2021, as gbstats computes them.
 */
export function seqHalfwidth({ se, n, alpha, nStar }: { se: number; n: number; alpha: number; nStar: number }): number {
  const rho = tuning(alpha, nStar);
  const k = n * rho * rho + 1;
  return se * Math.sqrt(n) * Math.sqrt(((2 * k) / (n * rho) ** 2) * Math.log(Math.sqrt(k) / alpha));
}

/** Its p value, valid whenever one stops: below alpha exactly when the interval excludes 0. */
export function seqP({ z, n, alpha, nStar }: { z: number; n: number; alpha: number; nStar: number }): number {
  const rho = tuning(alpha, nStar);
  const k = n * rho * rho + 1;
  // In logs: with a large effect the exponent alone would be 0.
  return Math.min(1, Math.exp(Math.log(k) / 2 - (rho * rho * n * z * z) / (2 * k)));
}

/** Variant minus baseline with the always-valid interval; the arms as for `welch`. */
export function sequential({ a, b, alpha, nStar }: { a: Arm; b: Arm; alpha: number; nStar: number }): Effect {
  const effect = differenceOf(...momentsOfPair({ a, b }));
  if (effect.reason) return effect;
  const { expected, se } = effect;
  const n = a.n + b.n;
  const half = seqHalfwidth({ se, n, alpha, nStar });
  return { expected, se, ci: [expected - half, expected + half], p: seqP({ z: expected / se, n, alpha, nStar }) };
}
