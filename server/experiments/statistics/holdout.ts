import { criticalZ, type Interval } from "./distributions.ts";
import { fiellerLimits } from "./lift.ts";

type Cost = { cost: number | null; ci: Interval };
type Holdout = { xT: number; nT: number; xH: number; nH: number; alpha: number };

/**
 * Conversions that would not have been there without the messages: (rate of the treated - rate of those held out) x treated people,
 * with its normal interval. All assigned people count, also those whom nothing reached. `lift` is null without a conversion among
 * those held out; all is null when a side has nobody.
 */
export function holdoutIncremental({ xT, nT, xH, nH, alpha }: Holdout) {
  if (nT === 0 || nH === 0) return { incremental: null, ci: [null, null] as Interval, lift: null };
  const [treated, held] = [xT / nT, xH / nH];
  const se = Math.sqrt((treated * (1 - treated)) / nT + (held * (1 - held)) / nH);
  const half = criticalZ(alpha) * se;
  const diff = treated - held;
  return {
    incremental: diff * nT,
    ci: [(diff - half) * nT, (diff + half) * nT] as Interval,
    lift: held > 0 ? diff / held : null,
  };
}

/**
 * What one incremental conversion cost. Not measurable (null) while the number of incremental conversions cannot be told from 0:
 * then the quotient has no bound.
 */
export function costPerIncremental({ spend, ...holdout }: Holdout & { spend: number }): Cost {
  const { incremental, ci } = holdoutIncremental(holdout);
  const [low, high] = ci;
  if (incremental === null || low === null || high === null || low <= 0) return { cost: null, ci: [null, null] };
  const se = (high - low) / 2 / criticalZ(holdout.alpha);
  const limits = fiellerLimits(
    { over: spend, under: incremental, varOver: 0, varUnder: se * se, covariance: 0 },
    criticalZ(holdout.alpha),
  );
  return { cost: spend / incremental, ci: limits };
}
