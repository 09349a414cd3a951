import { type MeanArm, momentsOf, type ProportionArm, welch } from "./means.ts";
import { fisherExact2, smallCount } from "./rates.ts";
import { leastData } from "./verdict.ts";

/** One measure of two arms from before anybody was assigned: how many did it, or a number per person. */
export type BeforeArm = MeanArm | ProportionArm;

export type Balance = {
  /** Variant minus baseline; null without anybody. */
  difference: number | null;
  /** The difference in standard deviations of one person, whatever the number of people: 0.1 is commonly called small (Austin 2009). */
  standardised: number | null;
  p: number | null;
  status: "ok" | "unbalanced" | "not-enough-data" | "not-applicable";
};

/** From this chance downwards, over all tests together, a difference is not believed to be chance. */
const alarmAt = 0.001;

/**
 * Whether two arms were alike before the experiment, in something that it cannot have moved (pre-exposure balance): Welch's t test of what
 * the same people did before they were assigned, t = (mB - mA) / sqrt(sA^2/nA + sB^2/nB); where fewer than 10 did it, or did not, in an
 * arm, Fisher's exact p. Alarm below `threshold / tests` (Bonferroni over all that is tested beside it). Asked from 100 people per arm on;
 * of a measure in which nobody differs there is nothing to ask.
 * Source: Welch 1947; as a health check of experiments: GrowthBook, "Covariate imbalance" (p < .001, Bonferroni).
 */
export function preBalance({
  a,
  b,
  tests = 1,
  threshold = alarmAt,
}: {
  a: BeforeArm;
  b: BeforeArm;
  tests?: number;
  threshold?: number;
}): Balance {
  if (Math.min(a.n, b.n) < leastData.people)
    return { difference: null, standardised: null, p: null, status: "not-enough-data" };
  const { expected: difference, reason, p: byWelch } = welch({ a, b, alpha: threshold });
  const spread = Math.sqrt((momentsOf(a).variance + momentsOf(b).variance) / 2);
  if (reason === "no-variance" && difference === 0)
    return { difference: 0, standardised: null, p: null, status: "not-applicable" };
  const p = fewP(a, b) ?? byWelch ?? 0;
  return {
    difference,
    standardised: spread > 0 ? difference / spread : null,
    p,
    status: p < threshold / tests ? "unbalanced" : "ok",
  };
}

/** A fixed rule by the counts, as for the rates that come after. */
function fewP(a: BeforeArm, b: BeforeArm): number | null {
  if (a.type !== "proportion" || b.type !== "proportion") return null;
  const least = Math.min(a.sum, a.n - a.sum, b.sum, b.n - b.sum);
  return least < smallCount ? fisherExact2({ x1: a.sum, n1: a.n, x2: b.sum, n2: b.n }) : null;
}
