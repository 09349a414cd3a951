/** Eight steps to each doubling: a stay read back from its bucket is at most 4.5 % off. */
const stepsPerDoubling = 8;

/** Which bucket a stay of so many milliseconds falls into; whole seconds count. `rebuild-tallies.ts` says the same in SQL. */
export const stayBucket = (milliseconds: number): string =>
  String(Math.round(Math.log2(1 + Math.max(0, Math.floor(milliseconds / 1000))) * stepsPerDoubling));

/** The stay in seconds that a bucket stands for. */
export const stayOf = (bucket: string): number => 2 ** (Number(bucket) / stepsPerDoubling) - 1;

/** The middle one of stays counted by bucket, in seconds; null: there were none. */
export function medianStay(counts: readonly { bucket: string; n: number }[]): number | null {
  const all = counts.reduce((sum, { n }) => sum + n, 0);
  let reached = 0;
  for (const { bucket, n } of counts.toSorted((a, b) => Number(a.bucket) - Number(b.bucket))) {
    reached += n;
    if (reached * 2 >= all && n > 0) return stayOf(bucket);
  }
  return null;
}
