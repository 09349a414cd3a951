import { banditUpdate } from "#server/experiments/statistics/bandit.ts";
import type { Draws } from "./draws.ts";
import { figure, type Simulation, share } from "./simulation.ts";

const days = 28;
const perDay = Math.floor(50_000 / days);
const rates = [0.04, 0.042, 0.044, 0.052];
const best = Math.max(...rates);

type Life = { regret: number; weights: number[] };

/** One bandit from the first day to the last; `due` says on which day after the assignment a conversion becomes known. */
function live(draws: Draws, truth: readonly number[], due: () => number, matured: number): Life {
  const people = truth.map(() => new Array<number>(days + 1).fill(0));
  const conversions = truth.map(() => [] as { day: number; known: number }[]);
  let weights = truth.map(() => 1 / truth.length);
  let regret = 0;
  for (let day = 0; day < days; day += 1) {
    for (let person = 0; person < perDay; person += 1) {
      const arm = draws.pick(weights);
      const rate = truth[arm] ?? 0;
      regret += Math.max(...truth) - rate;
      const days = people[arm];
      if (days) days[day] = (days[day] ?? 0) + 1;
      if (draws.uniform() < rate) conversions[arm]?.push({ day, known: day + due() });
    }
    weights = banditUpdate({ arms: truth.map((_, arm) => seen(arm, day)), current: weights }).weights;
  }
  return { regret, weights };

  /** An arm as it is known this evening: only people whose window is over, with what they did within it. */
  function seen(arm: number, today: number) {
    const until = today - matured;
    const n = (people[arm] ?? []).slice(0, Math.max(0, until + 1)).reduce((sum, count) => sum + count, 0);
    const x = (conversions[arm] ?? []).filter(
      ({ day, known }) => day <= until && known <= day + Math.max(1, matured),
    ).length;
    const mean = n === 0 ? 0 : x / n;
    return { n, mean, variance: mean * (1 - mean) };
  }
}

export const bandits: Simulation[] = [
  {
    id: "S11",
    title: "Bandit over four arms of 4.0, 4.2, 4.4 and 5.2 %, 50,000 people in 28 days",
    runs: 300,
    quick: 8,
    play: (draws, runs) => {
      const uniform = rates.reduce((sum, rate) => sum + (best - rate), 0) * (perDay * days) * (1 / rates.length);
      let [regret, picked] = [0, 0];
      for (let run = 0; run < runs; run += 1) {
        const life = live(draws, rates, () => 0, 0);
        regret += life.regret;
        if (life.weights.indexOf(Math.max(...life.weights)) === 3) picked += 1;
      }
      let even = 0;
      // A bandit over equal arms drifts far in one life: fewer than a dozen say nothing about its mean.
      const sameRuns = Math.max(12, Math.ceil(runs / 4));
      for (let run = 0; run < sameRuns; run += 1) {
        const { weights } = live(draws, [0.04, 0.04, 0.04, 0.04], () => 0, 0);
        even += (weights[0] ?? 0) / sameRuns;
      }
      return [
        share("conversions given away, of those by equal shares", regret / runs / uniform, 0, 0.35),
        share("best arm has the largest weight at the end", picked / runs, 0.97, 1),
        figure("mean weight of the first of four equal arms", even, 0.1, 0.45),
      ];
    },
  },
  {
    id: "S12",
    title: "The same with conversions that take 3 days on average, people counted only after their window of 7 days",
    runs: 200,
    quick: 8,
    play: (draws, runs) => {
      let sure = 0;
      for (let run = 0; run < runs; run += 1) {
        const { weights } = live(draws, rates, () => draws.exponential(3), 7);
        if ((weights[3] ?? 0) > 0.8) sure += 1;
      }
      return [share("weight of the best arm above .8 on day 28", sure / runs, 0.9, 1)];
    },
  },
];
