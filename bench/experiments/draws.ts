import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Seeded draws: the same seed gives the same world on every machine. */
export class Draws {
  readonly #source: ReturnType<typeof xoroshiro128plus>;
  readonly #tables = new Map<string, Float64Array>();

  constructor(seed: number) {
    this.#source = xoroshiro128plus(seed);
  }

  /** 0 to below 1. */
  uniform(): number {
    return uniformFloat64(this.#source);
  }

  /** Successes of `n` people who each succeed with chance `p`, by looking a uniform number up in the exact distribution. */
  binomial(n: number, p: number): number {
    const key = `${n} ${p}`;
    let table = this.#tables.get(key);
    if (!table) {
      table = binomialTable(n, p);
      this.#tables.set(key, table);
    }
    return firstAtLeast(table, this.uniform());
  }

  /** A standard normal number (Box and Muller). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** A waiting time with this mean. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.uniform());
  }

  /** An arm by its weights, which add up to 1. */
  pick(weights: readonly number[]): number {
    const at = this.uniform();
    let reached = 0;
    for (const [arm, weight] of weights.entries()) {
      reached += weight;
      if (at < reached) return arm;
    }
    return weights.length - 1;
  }
}

/** Cumulative chances of 0..n successes, built outwards from the likeliest count so that nothing underflows. */
function binomialTable(n: number, p: number): Float64Array {
  const table = new Float64Array(n + 1);
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const odds = p / (1 - p);
  table[mode] = 1;
  for (let k = mode; k < n; k += 1) table[k + 1] = ((table[k] ?? 0) * (n - k) * odds) / (k + 1);
  for (let k = mode; k > 0; k -= 1) table[k - 1] = ((table[k] ?? 0) * k) / ((n - k + 1) * odds);
  let sum = 0;
  for (let k = 0; k <= n; k += 1) table[k] = sum += table[k] ?? 0;
  for (let k = 0; k <= n; k += 1) table[k] = (table[k] ?? 0) / sum;
  return table;
}

function firstAtLeast(table: Float64Array, value: number): number {
  let [low, high] = [0, table.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((table[middle] ?? 1) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
