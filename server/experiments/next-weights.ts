import type { Facts } from "./judge/judge-experiment.ts";
import { armOf } from "./moments/read-moments.ts";
import { banditUpdate, bestArmProbabilities } from "./statistics/bandit.ts";
import { momentsOf } from "./statistics/means.ts";

export type NextWeights = {
  /** Percent by arm, to a hundredth, 100 in all. */
  weights: Record<string, number>;
  /** The chance of each arm to be the best. */
  chances: Record<string, number>;
  /** Matured people behind it. */
  people: number;
};

/** The weights of a bandit after what has matured by now; null: too little has, and they stay as they are. Pure. */
export function nextWeights(
  { arms, measured }: Pick<Facts, "arms" | "measured">,
  current: Readonly<Record<string, number>>,
): NextWeights | null {
  const [primary] = measured;
  if (!primary) return null;
  const seen = arms.map(({ id }) => momentsOf(armOf(primary.rows, primary.metric.kind, id)));
  const inverse = primary.metric.better === "lower";
  const { weights, updated } = banditUpdate({
    arms: seen,
    current: arms.map(({ id }) => (current[id] ?? 0) / 100),
    inverse,
  });
  if (!updated) return null;
  const chances = bestArmProbabilities({
    means: seen.map(({ mean }) => mean),
    sds: seen.map(({ n, variance }) => Math.sqrt(variance / n)),
    inverse,
  });
  return {
    weights: byArm(arms, inPercent(weights)),
    chances: byArm(arms, chances),
    people: seen.reduce((sum, { n }) => sum + n, 0),
  };
}

const byArm = (arms: Facts["arms"], values: readonly number[]): Record<string, number> =>
  Object.fromEntries(arms.map(({ id }, at) => [id, values[at] ?? 0]));

/** Hundredths of a percent, as fine as the hash; what rounding leaves over goes to the largest. */
function inPercent(shares: readonly number[]): number[] {
  const hundredths = shares.map((share) => Math.floor(share * 10_000));
  const rest = 10_000 - hundredths.reduce((sum, part) => sum + part, 0);
  const largest = hundredths.indexOf(Math.max(...hundredths));
  return hundredths.map((part, at) => (at === largest ? part + rest : part) / 100);
}
