/** How many messages waited up to 2^bucket milliseconds. */
export type WaitCount = { bucket: number; count: number };

/**
 * The time within which `share` of the messages left, in milliseconds, read from the histogram as Prometheus does: linear within
 * the bucket. Null without a message. Pure.
 */
export function waitPercentile(waits: readonly WaitCount[], share: number): number | null {
  const sorted = waits.filter(({ count }) => count > 0).toSorted((a, b) => a.bucket - b.bucket);
  const wanted = sorted.reduce((sum, { count }) => sum + count, 0) * share;
  let below = 0;
  for (const { bucket, count } of sorted) {
    if (below + count >= wanted) {
      const floor = bucket === 0 ? 0 : 2 ** (bucket - 1);
      return floor + ((2 ** bucket - floor) * (wanted - below)) / count;
    }
    below += count;
  }
  return null;
}
