import { preBalance } from "#server/experiments/statistics/balance.ts";
import { benjaminiHochberg } from "#server/experiments/statistics/multiple.ts";
import { compareRates } from "#server/experiments/statistics/rates.ts";
import { kaplanMeier, pointAt, type TimeCount } from "#server/experiments/statistics/survival.ts";
import type { Draws } from "./draws.ts";
import { rateOf, type Simulation, share } from "./simulation.ts";

const alpha = 0.05;

const before = (n: number, sum: number) => ({ type: "proportion" as const, n, sum });
const beforeRates = [0.002, 0.04, 0.2, 0.6];

/** Four measures of before, each asked as one of four; `lost`: the part of who had done it that never reaches the second arm. */
function isAlarm(draws: Draws, n: number, lost: number): boolean {
  return beforeRates.some((rate) => {
    const a = before(n, draws.binomial(n, rate));
    const reached = draws.binomial(n, rate * (1 - lost));
    const b = before(n - Math.round(n * rate * lost), reached);
    return preBalance({ a, b, tests: beforeRates.length }).status === "unbalanced";
  });
}

const window = 168;
const meanHours = 200;

/** People who come evenly over three weeks and are looked at at its end: who came lately is still waiting. */
function waitingPeople(draws: Draws, n: number): TimeCount[] {
  return Array.from({ length: n }, () => {
    const had = Math.min(window, draws.uniform() * 3 * window);
    const took = draws.exponential(meanHours);
    return took <= had ? { time: took, events: 1, censored: 0 } : { time: had, events: 0, censored: 1 };
  });
}

/** P values of twelve segments of which some have a true difference. */
function segments(draws: Draws, different: number): number[] {
  const n = 2000;
  return Array.from({ length: 12 }, (_, at) => {
    const rate = at < different ? 0.15 : 0.1;
    const counts = { x1: draws.binomial(n, 0.1), n1: n, x2: draws.binomial(n, rate), n2: n };
    return compareRates({ ...counts, alpha })?.p ?? 1;
  });
}

export const beforeAndAfter: Simulation[] = [
  {
    id: "S19",
    title:
      "Alike before (balance): four measures of 10,000 people per arm; and an arm that loses 15 % of who was active",
    runs: 20_000,
    quick: 3000,
    play: (draws, runs) => [
      share(
        "alarm without a fault",
        rateOf(runs, () => isAlarm(draws, 10_000, 0)),
        0.0002,
        0.0018,
      ),
      share(
        "the loss is seen",
        rateOf(Math.min(runs, 2000), () => isAlarm(draws, 10_000, 0.15)),
        0.98,
        1,
      ),
    ],
  },
  {
    id: "S20",
    title:
      "Time to event (Kaplan and Meier): 400 people who come over three weeks, a quarter of them with an open window",
    runs: 2000,
    quick: 200,
    play: (draws, runs) => {
      const truth = Math.exp(-window / 2 / meanHours);
      const median = meanHours * Math.log(2);
      let medianHeld = 0;
      const held = rateOf(runs, () => {
        const { points, median: seen } = kaplanMeier({ times: waitingPeople(draws, 400), alpha });
        const [low, high] = seen.ci;
        // A limit that is not reached within the window lies beyond it.
        if ((low ?? window) <= median && (high ?? window) >= median) medianHeld += 1;
        const [least, most] = pointAt(points, window / 2)?.ci ?? [null, null];
        return least !== null && most !== null && least <= truth && truth <= most;
      });
      return [
        share("interval holds the share at half of the window", held, 0.93, 0.97),
        share("interval holds the median", medianHeld / runs, 0.93, 0.975),
      ];
    },
  },
  {
    id: "S21",
    title: "Twelve segments after Benjamini and Hochberg: no difference anywhere; and a true one in three of them",
    runs: 4000,
    quick: 600,
    play: (draws, runs) => {
      let [falsely, found] = [0, 0];
      for (let run = 0; run < runs; run += 1) {
        const raised = benjaminiHochberg({ p: segments(draws, 3) }).map((p) => p < alpha);
        const [right, wrong] = [raised.slice(0, 3), raised.slice(3)].map((part) => part.filter(Boolean).length);
        falsely += (wrong ?? 0) / Math.max(1, (wrong ?? 0) + (right ?? 0));
        found += (right ?? 0) / 3;
      }
      return [
        share(
          "any segment told apart though none is",
          rateOf(runs, () => benjaminiHochberg({ p: segments(draws, 0) }).some((p) => p < alpha)),
          0.035,
          0.062,
        ),
        share("false ones among those told", falsely / runs, 0, 0.05),
        share("of the true ones found", found / runs, 0.95, 1),
      ];
    },
  },
];
