import { integrate, normalCdf, normalDensity } from "./distributions.ts";

/** No arm falls below one person in a hundred: a loser must be able to come back. */
export const banditFloorShare = 0.01;
/** Weights stay as they started until every arm has so many people and so many conversions. */
export const banditStart = { people: 100, conversions: 40 };

/**
 * The chance of each arm to be the best one (the smallest with `inverse`), by an integral over each arm's normal posterior: the same
 * numbers give the same answer always, no random draw. Arms without deviation are taken as certain.
 */
export function bestArmProbabilities(input: { means: number[]; sds: number[]; inverse?: boolean }): number[] {
  const means = input.inverse ? input.means.map((mean) => -mean) : input.means;
  const largest = Math.max(0, ...input.sds);
  if (largest === 0) return certain(means);
  // A deviation of nothing would be a step; one of a ten-thousandth of the largest is as good as certain.
  const sds = input.sds.map((sd) => Math.max(sd, largest * 1e-4));
  const chances = means.map((mean, arm) => {
    const sd = sds[arm] ?? 1;
    const density = (z: number) =>
      means.reduce(
        (product, other, at) => (at === arm ? product : product * normalCdf((mean + z * sd - other) / (sds[at] ?? 1))),
        normalDensity(z),
      );
    return integrate(density, -9, 9, 48);
  });
  const whole = chances.reduce((sum, chance) => sum + chance, 0);
  return chances.map((chance) => chance / whole);
}

function certain(means: number[]): number[] {
  const top = Math.max(...means);
  const best = means.filter((mean) => mean === top).length;
  return means.map((mean) => (mean === top ? 1 / best : 0));
}

/** Every arm keeps `floor`; the rest is shared by the weights. */
export const banditFloor = ({ w, floor }: { w: number[]; floor: number }): number[] =>
  w.map((weight) => floor + (1 - w.length * floor) * weight);

/**
 * The next weights of a bandit by Thompson's rule: as often as an arm may be the best, with a floor. Arms come as matured people, the
 * mean of their outcome and the variance of one outcome. Nothing moves before every arm has enough people and conversions.
 */
export function banditUpdate(input: {
  arms: { n: number; mean: number; variance: number }[];
  current: number[];
  inverse?: boolean;
}): { weights: number[]; updated: boolean } {
  const { arms, current, inverse } = input;
  const ready = arms.every(({ n, mean }) => n >= banditStart.people && n * mean >= banditStart.conversions);
  if (!ready) return { weights: current, updated: false };
  const w = bestArmProbabilities({
    means: arms.map(({ mean }) => mean),
    sds: arms.map(({ variance, n }) => Math.sqrt(variance / n)),
    inverse,
  });
  return { weights: banditFloor({ w, floor: banditFloorShare }), updated: true };
}

/** The chance from which on, seen in three updates and after a week, one arm is called the best. */
export const bestAt = { chance: 0.95, updates: 3, days: 7 };

/** The arm (its place) that was the best in the last updates; null while none is. `history`: chances per update, newest last. */
export function bestArm({ history, days }: { history: number[][]; days: number }): number | null {
  const last = history.slice(-bestAt.updates);
  if (days < bestAt.days || last.length < bestAt.updates) return null;
  const arm = (last[0] ?? []).findIndex((_, at) => last.every((chances) => (chances[at] ?? 0) >= bestAt.chance));
  return arm < 0 ? null : arm;
}
