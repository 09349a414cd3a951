import { fiellerLiftProportion } from "#server/experiments/statistics/lift.ts";
import { powerTwoProportions, sampleSizeProportion } from "#server/experiments/statistics/power.ts";
import { compareRates, isDifferent, zUnpooled } from "#server/experiments/statistics/rates.ts";
import { firstSequentialDay } from "./false-alarms.ts";
import { figure, rateOf, type Simulation, share } from "./simulation.ts";

const alpha = 0.05;

export const detection: Simulation[] = [
  {
    id: "S6",
    title: "Power at the planned size: loan applications 4.0 to 4.8 %, 10,317 per arm",
    runs: 4000,
    quick: 600,
    play: (draws, runs) => {
      const n = Math.ceil(sampleSizeProportion({ p: 0.04, mde: 0.008, alpha, power: 0.8 }) ?? 0);
      const found = rateOf(runs, () =>
        isDifferent(zUnpooled({ x1: draws.binomial(n, 0.04), n1: n, x2: draws.binomial(n, 0.048), n2: n, alpha }).ci),
      );
      return [figure("people per arm", n, 10_317, 10_317), share("found", found, 0.778, 0.822)];
    },
  },
  {
    id: "S7",
    title: "Loan applications +20 %, 25,000 per arm, 28 days, sequential method",
    runs: 1000,
    quick: 200,
    play: (draws, runs) => {
      const found: number[] = [];
      for (let run = 0; run < runs; run += 1) {
        const day = firstSequentialDay(draws, 0.04, 0.048, 5000);
        if (day !== null) found.push(day);
      }
      return [
        share("found on any day", found.length / runs, 0.88, 1),
        figure("mean day of the verdict", found.reduce((sum, day) => sum + day, 0) / found.length, 12, 16),
      ];
    },
  },
  {
    id: "S8",
    title: "KYC completion 60 to 85 %: told on day 1; the lift of 41.7 % lies in its interval",
    runs: 500,
    quick: 150,
    play: (draws, runs) => {
      const n = 25_000;
      const covered = rateOf(runs, () => {
        const counts = { x1: draws.binomial(n, 0.6), n1: n, x2: draws.binomial(n, 0.85), n2: n, alpha };
        const [low, high] = fiellerLiftProportion(counts);
        return low !== null && high !== null && low <= 5 / 12 && 5 / 12 <= high;
      });
      const first = rateOf(runs, () => firstSequentialDay(draws, 0.6, 0.85, 50_000) === 1);
      return [share("told on day 1", first, 1, 1), share("interval holds the truth", covered, 0.93, 1)];
    },
  },
  {
    id: "S14",
    title: "Guardrail: opt-outs .25 to .41 %, 40,000 per arm; and arms without any opt-out",
    runs: 1000,
    quick: 300,
    play: (draws, runs) => {
      const n = 40_000;
      const promised = powerTwoProportions({ p2: 0.0025, diff: 0.0016, n, alpha });
      const found = rateOf(runs, () => {
        const counts = { x1: draws.binomial(n, 0.0025), n1: n, x2: draws.binomial(n, 0.0041), n2: n, alpha };
        return isDifferent(compareRates(counts)?.ci ?? [null, null]);
      });
      const silent = rateOf(runs, () => {
        const compared = compareRates({ x1: 0, n1: 5000, x2: draws.binomial(5000, 0.0014), n2: 5000, alpha });
        return compared === null || !Number.isFinite(compared.ci[0]) || !(compared.p > 0);
      });
      return [
        share("found", found, promised - 0.03, promised + 0.03),
        share("an arm without events left without an answer", silent, 0, 0),
      ];
    },
  },
];
