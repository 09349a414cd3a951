/**
 * Where a person falls in an experiment, 0 to 0.9999, the same everywhere and for ever.
 * GrowthBook's hash version 2: FNV-1a over salt and id, once more over the decimal text of the result, four digits of it
 * (growthbook/growthbook, packages/sdk-js/src/util.ts, `hash`).
 */
export function bucket(salt: string, id: string): number {
  return (fnv1a(String(fnv1a(salt + id))) % 10_000) / 10_000;
}

/**
 * The arm at this place of the line on which the arms lie one after another, as long as their weights (whole percent).
 * Where the weights add up to less than 100 the last arm with a weight takes the rest; undefined only for an empty list.
 */
export function armFor<Arm extends { weight: number }>(at: number, arms: readonly Arm[]): Arm | undefined {
  const tenThousandth = Math.round(at * 10_000);
  let reached = 0;
  for (const arm of arms) {
    reached += arm.weight * 100;
    if (tenThousandth < reached) return arm;
  }
  return arms.findLast((arm) => arm.weight > 0) ?? arms[0];
}

/** FNV-1a, 32 bits, over UTF-16 code units as GrowthBook does it. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
