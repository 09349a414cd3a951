import { logChoose } from "#server/experiments/statistics/distributions.ts";
import { costPerIncremental, holdoutIncremental } from "#server/experiments/statistics/holdout.ts";
import { fiellerLiftProportion } from "#server/experiments/statistics/lift.ts";
import { welch } from "#server/experiments/statistics/means.ts";
import { compareRates, isDifferent, newcombeDiff, wilson } from "#server/experiments/statistics/rates.ts";
import type { Draws } from "./draws.ts";
import { type Figure, figure, rateOf, type Simulation, share } from "./simulation.ts";

const alpha = 0.05;
const holds = ([low, high]: readonly [number | null, number | null], truth: number): boolean =>
  low !== null && high !== null && low <= truth && truth <= high;

/** How often Wilson's interval holds the true rate, added up over every count that can happen: exact, nothing is drawn. */
function wilsonCoverage(n: number, p: number): number {
  let sum = 0;
  for (let x = 0; x <= n; x += 1)
    if (holds(wilson({ x, n, alpha }), p))
      sum += Math.exp(logChoose(n, x) + x * Math.log(p) + (n - x) * Math.log1p(-p));
  return sum;
}

const grid = [0.002, 0.04, 0.6, 0.98];
/** People per arm: enough for at least five of the rarer outcome, below which no interval of this width exists. */
const sizes = [2500, 10_000];

function meanCoverage(draws: Draws, runs: number, n: number): number {
  const sample = (shift: number) => {
    let [sum, sumSquares] = [0, 0];
    for (let at = 0; at < n; at += 1) {
      const value = Math.exp(draws.normal() * 0.5) + shift;
      sum += value;
      sumSquares += value * value;
    }
    return { type: "mean" as const, n, sum, sumSquares };
  };
  return rateOf(runs, () => holds(welch({ a: sample(0), b: sample(0.1), alpha }).ci, 0.1));
}

function smallest(figures: [string, number][]): Figure[] {
  const values = figures.map(([, value]) => value);
  return [
    share("lowest of all", Math.min(...values), 0.935, 0.97),
    share("highest of all", Math.max(...values), 0.935, 0.97),
  ];
}

export const coverage: Simulation[] = [
  {
    id: "S4",
    title: "How often a 95 % interval holds the truth: rates .2, 4, 60, 98 %, 2,500 and 10,000 people per arm",
    runs: 20_000,
    quick: 1500,
    play: (draws, runs) => {
      const cells = grid.flatMap((p) => sizes.map((n) => ({ p, n })));
      const twice = (
        p: number,
        n: number,
        interval: (x1: number, x2: number) => readonly [number | null, number | null],
        truth: number,
      ) => rateOf(runs, () => holds(interval(draws.binomial(n, p), draws.binomial(n, p)), truth));
      const wilsons = cells.map(({ p, n }): [string, number] => ["Wilson", wilsonCoverage(n, p)]);
      const newcombes = cells.map(({ p, n }): [string, number] => [
        "Newcombe",
        twice(p, n, (x1, x2) => newcombeDiff({ x1, n1: n, x2, n2: n, alpha }), 0),
      ]);
      // Fieller has no answer where the baseline itself cannot be told from 0: only rates that can.
      const fiellers = cells
        .filter(({ p, n }) => p * n >= 20)
        .map(({ p, n }): [string, number] => [
          "Fieller",
          twice(p, n, (x1, x2) => fiellerLiftProportion({ x1, n1: n, x2, n2: n, alpha }), 0),
        ]);
      const named = (name: string, figures: [string, number][]) =>
        smallest(figures).map((seen) => ({ ...seen, what: `${name}: ${seen.what}` }));
      return [
        ...named("Wilson, exact", wilsons),
        ...named("Newcombe", newcombes),
        ...named("Fieller", fiellers),
        share("Welch, skewed amounts, 400 per arm", meanCoverage(draws, Math.ceil(runs / 10), 400), 0.935, 0.97),
      ];
    },
  },
  {
    id: "S5",
    title: "The lift and the absolute difference never give two verdicts",
    runs: 10_000,
    quick: 2000,
    play: (draws, runs) => {
      let violations = 0;
      for (let run = 0; run < runs; run += 1) {
        const [n1, n2] = [50 + Math.floor(draws.uniform() * 30_000), 50 + Math.floor(draws.uniform() * 30_000)];
        const p = draws.uniform() ** 3;
        const x1 = Math.round(n1 * p);
        const x2 = Math.min(n2, Math.max(0, Math.round(n2 * p * (1 + draws.normal() * 0.2))));
        const compared = compareRates({ x1, n1, x2, n2, alpha });
        const lift = fiellerLiftProportion({ x1, n1, x2, n2, alpha });
        if (compared?.method !== "z-unpooled" || lift[0] === null) continue;
        if (isDifferent(compared.ci) !== isDifferent(lift)) violations += 1;
      }
      return [figure("verdicts that disagree", violations, 0, 0)];
    },
  },
  {
    id: "S13",
    title: "Holdout of 2,500 beside 47,500, true rates 4 and 4.8 %: the incremental conversions",
    runs: 4000,
    quick: 600,
    play: (draws, runs) => {
      let [covered, priced, wrong] = [0, 0, 0];
      for (let run = 0; run < runs; run += 1) {
        const holdout = {
          xT: draws.binomial(47_500, 0.048),
          nT: 47_500,
          xH: draws.binomial(2500, 0.04),
          nH: 2500,
          alpha,
        };
        const { ci } = holdoutIncremental(holdout);
        const { cost } = costPerIncremental({ ...holdout, spend: 1000 });
        if (holds(ci, 0.008 * 47_500)) covered += 1;
        if (cost !== null) priced += 1;
        if (cost !== null && (ci[0] ?? 0) <= 0) wrong += 1;
      }
      return [
        share("interval holds the truth", covered / runs, 0.939, 0.961),
        share("a cost could be told", priced / runs, 0.2, 0.8),
        figure("cost told although 0 is possible", wrong, 0, 0),
      ];
    },
  },
];
