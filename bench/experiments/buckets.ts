import { v7 } from "uuid";
import { armFor, bucket } from "#flow/bucket.ts";
import { chooseVariation, getBucketRanges } from "#server/experiments/statistics/assignment.ts";
import { chiSquareTail } from "#server/experiments/statistics/distributions.ts";
import type { Draws } from "./draws.ts";
import { figure, type Simulation, share } from "./simulation.ts";

/** Ids as the product makes them: they share the first digits of a time. */
const idsFrom = (draws: Draws, count: number): string[] =>
  Array.from({ length: count }, (_, at) =>
    v7({
      msecs: 1_795_860_000_000 + at,
      random: Uint8Array.from({ length: 16 }, () => Math.floor(draws.uniform() * 256)),
    }),
  );

const arms = [{ weight: 50 }, { weight: 50 }];

export const buckets: Simulation[] = [
  {
    id: "S16",
    title: "Assignment of a million people",
    runs: 1_000_000,
    quick: 60_000,
    play: (draws, runs) => {
      const ids = idsFrom(draws, runs);
      const cells = new Array<number>(100).fill(0);
      const both = [0, 0, 0, 0];
      let [moved, lost] = [0, 0];
      const small = getBucketRanges({ numVariations: 2, coverage: 0.1, weights: null });
      const large = getBucketRanges({ numVariations: 2, coverage: 0.5, weights: null });
      for (const id of ids) {
        const at = bucket("loan-offer", id);
        const other = bucket("kyc", id);
        cells[Math.floor(at * 100)] = (cells[Math.floor(at * 100)] ?? 0) + 1;
        const pair = (armFor(at, arms) === arms[0] ? 0 : 2) + (armFor(other, arms) === arms[0] ? 0 : 1);
        both[pair] = (both[pair] ?? 0) + 1;
        const before = chooseVariation({ n: at, ranges: small });
        const after = chooseVariation({ n: at, ranges: large });
        if (before >= 0 && after < 0) lost += 1;
        if (before >= 0 && after >= 0 && before !== after) moved += 1;
      }
      const expected = runs / 100;
      const chi2 = cells.reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0);
      const [a = 0, b = 0, c = 0, d = 0] = both;
      const phi = (a * d - b * c) / Math.sqrt((a + b) * (c + d) * (a + c) * (b + d));
      return [
        figure("chi-square p of 100 equal parts", chiSquareTail(chi2, 99), 0.001, 1),
        // Four thousandths at a million people; chance alone is wider for fewer.
        figure("phi between two experiments", Math.abs(phi), 0, Math.max(0.004, 3.3 / Math.sqrt(runs))),
        share("lost their arm when 10 % became 50 %", lost / runs, 0, 0),
        share("changed their arm when 10 % became 50 %", moved / runs, 0, 0),
      ];
    },
  },
];
