import { chiSquareTail } from "./distributions.ts";

type Mismatch = {
  chi2: number | null;
  df: number;
  p: number | null;
  status: "ok" | "mismatch" | "not-enough-data" | "not-applicable";
};

/**
 * Whether the arms got the shares of people they should (sample ratio mismatch). An arm without weight does not count as a degree of
 * freedom; anybody in such an arm is a mismatch by itself. Asked from 100 people on, with at least 5 expected in each arm.
 * Weights need not add up to anything. Source: chi-square goodness of fit; threshold 0.001 as in the field.
 */
export function srm({
  observed,
  weights,
  threshold = 0.001,
}: {
  observed: number[];
  weights: number[];
  threshold?: number;
}): Mismatch {
  const arms = weights.flatMap((weight, at) => (weight > 0 ? [{ weight, seen: observed[at] ?? 0 }] : []));
  const strays = observed.some((seen, at) => seen > 0 && !((weights[at] ?? 0) > 0));
  const df = Math.max(0, arms.length - 1);
  if (df === 0) return { chi2: null, df, p: null, status: strays ? "mismatch" : "not-applicable" };
  const people = arms.reduce((sum, { seen }) => sum + seen, 0);
  const whole = arms.reduce((sum, { weight }) => sum + weight, 0);
  const expected = arms.map(({ weight }) => (people * weight) / whole);
  if (people === 0) return { chi2: null, df, p: null, status: strays ? "mismatch" : "not-enough-data" };
  const chi2 = arms.reduce((sum, { seen }, at) => sum + (seen - (expected[at] ?? 0)) ** 2 / (expected[at] ?? 1), 0);
  const p = chiSquareTail(chi2, df);
  if (strays) return { chi2, df, p, status: "mismatch" };
  if (people < 100 || Math.min(...expected) < 5) return { chi2, df, p, status: "not-enough-data" };
  return { chi2, df, p, status: p < threshold ? "mismatch" : "ok" };
}
