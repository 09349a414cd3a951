import { betaCdf, betaQuantile, integrate, logBeta, normalCdf, normalDensity } from "./distributions.ts";
import type { TwoRates } from "./rates.ts";

/** A Beta distribution before any data; [1, 1] knows nothing. */
type Prior = [a: number, b: number];
type BetaShape = { a: number; b: number };

const after = (x: number, n: number, [a, b]: Prior): BetaShape => ({ a: a + x, b: b + n - x });

/** Terms up to which the exact sum is cheaper than the integral. */
const sumLimit = 500;

/** P(second > first) of two independent Beta shapes. */
function beats(first: BetaShape, second: BetaShape): number {
  if (Number.isInteger(second.a) && second.a <= sumLimit) return beatsBySum(first, second);
  // P(second > first) is one minus the chance of the other, whose sum may be short.
  if (Number.isInteger(first.a) && first.a <= sumLimit) return 1 - beatsBySum(second, first);
  const from = betaQuantile(1e-14, second.a, second.b);
  const to = betaQuantile(1 - 1e-14, second.a, second.b);
  const log = logBeta(second.a, second.b);
  const density = (x: number) => Math.exp((second.a - 1) * Math.log(x) + (second.b - 1) * Math.log1p(-x) - log);
  return Math.min(
    1,
    Math.max(
      0,
      integrate((x) => density(x) * betaCdf(x, first.a, first.b), from, to, 24),
    ),
  );
}

/** The exact sum where the second shape's first parameter is whole (Miller 2015). */
function beatsBySum(first: BetaShape, second: BetaShape): number {
  const base = logBeta(first.a, first.b);
  let sum = 0;
  for (let i = 0; i < second.a; i += 1) {
    const log = logBeta(first.a + i, first.b + second.b) - Math.log(second.b + i) - logBeta(1 + i, second.b) - base;
    sum += Math.exp(log);
  }
  return Math.min(1, sum);
}

/** The chance that the variant's rate is above the baseline's. Exact; no random numbers. */
export const betaProbBeats = ({ x1, n1, x2, n2, prior }: TwoRates & { prior: Prior }): number =>
  beats(after(x1, n1, prior), after(x2, n2, prior));

/**
 * What is given away on average, in points of the rate, by choosing one arm although the other may be better
 * (Stucchio 2015: the mean of the larger one is the same integral with one more success).
 */
export function betaExpectedLoss({ x1, n1, x2, n2, prior }: TwoRates & { prior: Prior }) {
  const [first, second] = [after(x1, n1, prior), after(x2, n2, prior)];
  const [mean1, mean2] = [first.a / (first.a + first.b), second.a / (second.a + second.b)];
  const more = ({ a, b }: BetaShape): BetaShape => ({ a: a + 1, b });
  const choose1 = mean2 * beats(first, more(second)) - mean1 * beats(more(first), second);
  const choose2 = mean1 * beats(second, more(first)) - mean2 * beats(more(second), first);
  return { choose1: Math.max(0, choose1), choose2: Math.max(0, choose2) };
}

/** The credible interval of one rate with equal tails. */
export function betaCredible({ x, n, prior, alpha }: { x: number; n: number; prior: Prior; alpha: number }) {
  const { a, b } = after(x, n, prior);
  return [betaQuantile(alpha / 2, a, b), betaQuantile(1 - alpha / 2, a, b)] as [number, number];
}

/**
 * The same losses for an effect that is normal with mean `mu` and deviation `sigma`: [of choosing control, of choosing the variant].
 */
export function normalRisk({ mu, sigma }: { mu: number; sigma: number }): [number, number] {
  const z = mu / sigma;
  if (!(sigma > 0) || Math.abs(z) > 37) return [Math.max(mu, 0), Math.max(-mu, 0)];
  const overlap = sigma * normalDensity(z);
  return [mu * normalCdf(z) + overlap, overlap - mu * normalCdf(-z)];
}

/**
 * The reading of an effect with a normal prior around no effect: posterior mean and deviation, the chance that the variant is better
 * and the losses. `priorSd` Infinity knows nothing beforehand. `lowerIsBetter` turns chance and losses round.
 * A second reading beside the interval; no experiment ends by it.
 */
export function effectPosterior(input: { expected: number; se: number; priorSd: number; lowerIsBetter?: boolean }) {
  const { expected, se, priorSd, lowerIsBetter = false } = input;
  const [fromData, fromPrior] = [1 / se ** 2, Number.isFinite(priorSd) ? 1 / priorSd ** 2 : 0];
  const variance = 1 / (fromData + fromPrior);
  const mean = variance * fromData * expected;
  const sd = Math.sqrt(variance);
  const towards = lowerIsBetter ? -mean : mean;
  const [choosingControl, choosingVariant] = normalRisk({ mu: towards, sigma: sd });
  return { mean, sd, chanceToWin: normalCdf(towards / sd), choosingControl, choosingVariant };
}
