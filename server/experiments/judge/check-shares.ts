import type { ExperimentArm } from "#flow/experiment.ts";
import { srm } from "../statistics/mismatch.ts";

/** People of one arm assigned on one day, with the weights chance drew by (percent by arm). */
export type ArmCount = { arm: string; day: string; n: number; weights: Readonly<Record<string, number>> };

export type ShareCheck = {
  arms: { arm: string; seen: number; expected: number }[];
  p: number | null;
  status: "ok" | "mismatch" | "not-enough-data" | "not-applicable";
  /** On so many days the people up to then did not fit their shares. */
  daysSeen: number;
};

/** From this chance downwards the shares are not believed to be chance. */
const alarmAt = 0.001;

/**
 * Whether the arms got the people they should (sample ratio mismatch). Weights that changed on the way are counted for whom they drew, so a
 * bandit is judged by what it did. `slices`: so many parts of the people are asked beside each other, which each raise a false alarm.
 */
export function checkShares(counts: readonly ArmCount[], arms: readonly ExperimentArm[], slices = 1): ShareCheck {
  const threshold = alarmAt / slices;
  const ids = arms.map(({ id }) => id);
  const days = [...new Set(counts.map(({ day }) => day))].toSorted();
  const tables = days.map((until) => tableOf(counts, ids, until));
  const last = tables.at(-1) ?? tableOf([], ids, "");
  const { p, status } = srm({ ...last, threshold });
  return {
    arms: ids.map((arm, at) => ({ arm, seen: last.observed[at] ?? 0, expected: last.weights[at] ?? 0 })),
    p,
    status,
    daysSeen: tables.filter((table) => srm({ ...table, threshold }).status === "mismatch").length,
  };
}

/** People of each arm up to a day, and how many there should be. */
function tableOf(counts: readonly ArmCount[], ids: readonly string[], until: string) {
  const mine = counts.filter(({ day }) => day <= until);
  const observed = ids.map((id) => mine.reduce((sum, { arm, n }) => (arm === id ? sum + n : sum), 0));
  const weights = ids.map((id) => mine.reduce((sum, count) => sum + count.n * shareOf(count.weights, id), 0));
  return { observed, weights };
}

function shareOf(weights: Readonly<Record<string, number>>, arm: string): number {
  const whole = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  return whole > 0 ? (weights[arm] ?? 0) / whole : 0;
}
