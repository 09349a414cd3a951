export type GoalRate = { share: number; low: number; high: number };

/** z of a two-sided 95 % interval. */
const z = 1.959964;

/**
 * Share of people who reached the goal with its 95 % Wilson interval (E. B. Wilson 1927), which stays inside 0 to 1 and is honest
 * for small numbers. Null when nobody entered: no data is not 0 %.
 */
export function goalRate({ entered, reached }: { entered: number; reached: number }): GoalRate | null {
  if (entered <= 0) return null;
  const share = reached / entered;
  const spread = z * z;
  const centre = (share + spread / (2 * entered)) / (1 + spread / entered);
  const half =
    (z / (1 + spread / entered)) * Math.sqrt((share * (1 - share)) / entered + spread / (4 * entered * entered));
  return { share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
