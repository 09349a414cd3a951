import { betaProbBeats, effectPosterior } from "../statistics/bayesian.ts";
import { criticalZ, type Interval, normalCdf } from "../statistics/distributions.ts";
import { liftOfArms } from "../statistics/lift.ts";
import { type Arm, type Effect, momentsOf, welch } from "../statistics/means.ts";
import { compareRates, fisherExact2, newcombeDiff, smallCount, type TwoRates } from "../statistics/rates.ts";
import { seqHalfwidth, sequential } from "../statistics/sequential.ts";

/** How a pair was compared, for whoever has to defend the number. */
export type CompareMethod = "z" | "newcombe-fisher" | "welch" | "sequential" | "sequential-newcombe" | "none";

/** Variant against baseline. The verdict asks `ci` alone; lift and chance say the same in other words. */
export type Compared = {
  difference: number | null;
  ci: Interval;
  p: number | null;
  lift: number | null;
  liftCi: Interval;
  /** That the variant is better, flipped where less is better. A second reading, no p value. */
  chance: number | null;
  /** The standard error, and how many of it the interval reaches to each side. */
  se: number | null;
  reach: number | null;
  method: CompareMethod;
  reason: "nobody" | "one-person" | "no-variance" | null;
};

export type CompareOptions = {
  alpha: number;
  /** The planned people of both arms where one looks every day; null: one look, at the planned end. */
  planned: number | null;
  lowerIsBetter: boolean;
};

/** A lift is believed to lie within about 30 % of nothing before anything is seen (GrowthBook's proper default). */
const priorSd = 0.3;

/** Compares two arms by the method that their counts ask for: a fixed rule, never by what the result says. */
export function compareArms(a: Arm, b: Arm, options: CompareOptions): Compared {
  const rates = ratesOf(a, b);
  const compared = rates && isSmall(rates) ? compareFew(rates, options) : compareMany(a, b, rates, options);
  const chance = chanceOf(a, b, { ...options, rates, se: compared.se, difference: compared.difference });
  return { ...compared, chance };
}

type Chanceless = Omit<Compared, "chance">;

function ratesOf(a: Arm, b: Arm): TwoRates | null {
  if (a.type !== "proportion" || b.type !== "proportion") return null;
  return { x1: a.sum, n1: a.n, x2: b.sum, n2: b.n };
}

const isSmall = ({ x1, n1, x2, n2 }: TwoRates): boolean => Math.min(x1, n1 - x1, x2, n2 - x2) < smallCount;

/** Too few for a normal error: Newcombe's interval, as wide as many looks ask for, and Fisher's p. No lift: it could say something else. */
function compareFew(rates: TwoRates, { alpha, planned }: CompareOptions): Chanceless {
  const { x1, n1, x2, n2 } = rates;
  if (n1 === 0 || n2 === 0) return nothing("nobody");
  const reach = planned === null ? criticalZ(alpha) : seqHalfwidth({ se: 1, n: n1 + n2, alpha, nStar: planned });
  // The level at which one look reaches as far.
  const level = Math.max(2 * normalCdf(-reach), 1e-12);
  const ci = newcombeDiff({ x1: x2, n1: n2, x2: x1, n2: n1, alpha: planned === null ? alpha : level });
  const [p1, p2] = [x1 / n1, x2 / n2];
  return {
    difference: p2 - p1,
    ci,
    p: fisherExact2(rates),
    lift: p1 > 0 ? p2 / p1 - 1 : null,
    liftCi: [null, null],
    se: Math.sqrt((p1 * (1 - p1)) / n1 + (p2 * (1 - p2)) / n2),
    reach,
    method: planned === null ? "newcombe-fisher" : "sequential-newcombe",
    reason: null,
  };
}

function compareMany(a: Arm, b: Arm, rates: TwoRates | null, { alpha, planned }: CompareOptions): Chanceless {
  if (planned !== null) return fromEffect(a, b, sequential({ a, b, alpha, nStar: planned }), "sequential");
  const compared = rates && compareRates({ ...rates, alpha });
  if (!compared) return fromEffect(a, b, welch({ a, b, alpha }), "welch");
  const half = (compared.ci[1] - compared.ci[0]) / 2;
  const se = half / criticalZ(alpha);
  return fromEffect(a, b, { expected: compared.diff, ci: compared.ci, p: compared.p, se }, "z");
}

function fromEffect(a: Arm, b: Arm, effect: Effect, method: CompareMethod): Chanceless {
  if (effect.reason === "nobody") return nothing("nobody");
  const { expected, ci, p, se, reason = null } = effect;
  const base = momentsOf(a).mean;
  const [low, high] = ci;
  const reach = low === null || high === null || !(se > 0) ? null : (high - low) / 2 / se;
  const lift = base === 0 ? null : expected / Math.abs(base);
  return {
    ...{ difference: expected, ci, p, se, reach, method, reason, lift },
    liftCi: reach === null || lift === null ? [null, null] : liftOfArms({ a, b }, reach),
  };
}

const nothing = (reason: Compared["reason"]): Chanceless => ({
  difference: null,
  ci: [null, null],
  p: null,
  lift: null,
  liftCi: [null, null],
  se: null,
  reach: null,
  method: "none",
  reason,
});

type Seen = CompareOptions & { rates: TwoRates | null; se: number | null; difference: number | null };

function chanceOf(a: Arm, b: Arm, { rates, se, difference, lowerIsBetter }: Seen): number | null {
  if (difference === null || a.n === 0 || b.n === 0) return null;
  if (rates && Math.min(rates.x1, rates.x2) < smallCount) {
    const better = betaProbBeats({ ...rates, prior: [1, 1] });
    return lowerIsBetter ? 1 - better : better;
  }
  const base = Math.abs(momentsOf(a).mean);
  if (!se || base === 0) return null;
  return effectPosterior({ expected: difference / base, se: se / base, priorSd, lowerIsBetter }).chanceToWin;
}
