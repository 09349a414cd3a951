import { bucket } from "#flow/bucket.ts";

/** GrowthBook's hash of a person in an experiment, 0 to below 1. Version 2 is ours; version 1 is its older one; others are unknown. */
export function gbHash({ seed, value, version }: { seed: string; value: string; version: number }): number | null {
  if (version === 2) return bucket(seed, value);
  return version === 1 ? (fnv1a(value + seed) % 1000) / 1000 : null;
}

/** FNV-1a of 32 bits over UTF-16 code units. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Equal shares for so many arms; none for none. */
export const getEqualWeights = ({ n }: { n: number }): number[] => (n < 1 ? [] : new Array<number>(n).fill(1 / n));

/**
 * Where each arm lies on the line from 0 to 1. `coverage` leaves the end of each arm's part free, so that a larger one later keeps
 * everybody where they are. Weights that do not fit the arms or do not add up to 1 count as equal.
 */
export function getBucketRanges(input: {
  numVariations: number;
  coverage: number;
  weights: number[] | null;
}): [number, number][] {
  const coverage = Math.min(1, Math.max(0, input.coverage));
  const given = input.weights;
  const whole = given?.reduce((sum, weight) => sum + weight, 0) ?? 0;
  const fits = given !== null && given.length === input.numVariations && Math.abs(whole - 1) <= 0.01;
  const weights = fits ? given : getEqualWeights({ n: input.numVariations });
  let start = 0;
  return weights.map((weight) => {
    const from = start;
    start += weight;
    return [from, from + coverage * weight];
  });
}

/** The arm in whose part `n` falls, its end not included; -1 for none. */
export const chooseVariation = ({ n, ranges }: { n: number; ranges: [number, number][] }): number =>
  ranges.findIndex(([from, to]) => n >= from && n < to);

/** Whether a person falls into a part of a namespace [name, from, to]. */
export function inNamespace({ userId, namespace }: { userId: string; namespace: [string, number, number] }): boolean {
  const [name, from, to] = namespace;
  const at = (fnv1a(`${userId}__${name}`) % 1000) / 1000;
  return at >= from && at < to;
}
