import { srm } from "#server/experiments/statistics/mismatch.ts";
import { holm } from "#server/experiments/statistics/multiple.ts";
import { compareRates, isDifferent } from "#server/experiments/statistics/rates.ts";
import { sequential } from "#server/experiments/statistics/sequential.ts";
import { decideVerdict, leastData, standingOf } from "#server/experiments/statistics/verdict.ts";
import type { Draws } from "./draws.ts";
import { rateOf, type Simulation, share } from "./simulation.ts";

const alpha = 0.05;
const perArm = 25_000;
export const days = 28;
const rates = [0.0025, 0.04, 0.6];

/** Two arms that grow by the day; the counts after each. */
function* daily(
  draws: Draws,
  p1: number,
  p2: number,
  people = perArm,
): Generator<{ day: number; x1: number; x2: number; n: number }> {
  const today = Math.floor(people / days);
  let [x1, x2, n] = [0, 0, 0];
  for (let day = 1; day <= days; day += 1) {
    x1 += draws.binomial(today, p1);
    x2 += draws.binomial(today, p2);
    n += today;
    yield { day, x1, x2, n };
  }
}

const isEnough = (x1: number, x2: number, n: number): boolean =>
  n >= leastData.people && Math.min(x1, x2) >= leastData.conversions;

/** The day on which the always-valid interval first excludes 0; null when it never does. */
export function firstSequentialDay(draws: Draws, p1: number, p2: number, nStar: number): number | null {
  for (const { day, x1, x2, n } of daily(draws, p1, p2)) {
    if (!isEnough(x1, x2, n)) continue;
    const arm = (sum: number) => ({ type: "proportion" as const, n, sum });
    if (isDifferent(sequential({ a: arm(x1), b: arm(x2), alpha, nStar }).ci)) return day;
  }
  return null;
}

const differs = (x1: number, n1: number, x2: number, n2: number): boolean => {
  const compared = compareRates({ x1, n1, x2, n2, alpha });
  return compared !== null && isDifferent(compared.ci);
};

function peeks(draws: Draws, p: number): boolean {
  let seen = false;
  for (const { x1, x2, n } of daily(draws, p, p)) seen ||= differs(x1, n, x2, n);
  return seen;
}

/** Whether the product tells a winner of a fixed plan before its end, given that the interval excludes 0 now. */
function tellsEarly(): boolean {
  const verdict = decideVerdict({
    arms: [
      { people: 5000, conversions: 200 },
      { people: 5000, conversions: 260 },
    ],
    unhealthy: [],
    days: 8,
    plannedEnd: false,
    method: "fixed",
    clear: false,
    daysLeft: 20,
    isHoldout: false,
    variants: [{ primary: [standingOf([0.001, 0.02], false)], guardrails: ["open"] }],
  });
  return verdict.state !== "running";
}

export const falseAlarms: Simulation[] = [
  {
    id: "S1",
    title: "A/A, one look at the planned end, fixed method, rates .25, 4 and 60 %",
    runs: 4000,
    quick: 600,
    play: (draws, runs) =>
      rates.map((p) =>
        share(
          `false winner at ${p * 100} %`,
          rateOf(runs, () => differs(draws.binomial(perArm, p), perArm, draws.binomial(perArm, p), perArm)),
          0.039,
          0.062,
        ),
      ),
  },
  {
    id: "S2",
    title: "A/A, looked at on each of 28 days, sequential method",
    runs: 2000,
    quick: 300,
    play: (draws, runs) =>
      rates.map((p) =>
        share(
          `false winner on any day at ${p * 100} %`,
          rateOf(runs, () => firstSequentialDay(draws, p, p, 2 * perArm) !== null),
          0,
          0.05,
        ),
      ),
  },
  {
    id: "S3",
    title: "A/A, 28 peeks with the fixed method: the harness must see the inflation, and the product must not tell it",
    runs: 1000,
    quick: 200,
    play: (draws, runs) => [
      share(
        "false winner on any day at 4 %",
        rateOf(runs, () => peeks(draws, 0.04)),
        0.2,
        1,
      ),
      share("told before the planned end", tellsEarly() ? 1 : 0, 0, 0),
    ],
  },
  {
    id: "S9",
    title: "Sample ratio: 50,000 people 50/50, asked once; and a true 52/48 at 1,786 people a day",
    runs: 20_000,
    quick: 3000,
    play: (draws, runs) => {
      const isMismatch = (people: number, p: number) => {
        const first = draws.binomial(people, p);
        return srm({ observed: [first, people - first], weights: [1, 1] }).status === "mismatch";
      };
      return [
        share(
          "alarm without a fault",
          rateOf(runs, () => isMismatch(50_000, 0.5)),
          0.0004,
          0.0018,
        ),
        share(
          "52/48 seen by day 7",
          rateOf(Math.min(runs, 2000), () => isMismatch(1786 * 7, 0.52)),
          0.85,
          1,
        ),
      ];
    },
  },
  {
    id: "S10",
    title: "Three arms, two primary metrics, no effect anywhere: any false winner after Holm",
    runs: 4000,
    quick: 600,
    play: (draws, runs) => [
      share(
        "any false winner",
        rateOf(runs, () => {
          const p = [0.04, 0.3].flatMap((rate) => {
            const [base, ...others] = [0, 1, 2].map(() => draws.binomial(perArm, rate));
            return others.map((x2) => compareRates({ x1: base ?? 0, n1: perArm, x2, n2: perArm, alpha })?.p ?? 1);
          });
          return holm({ p }).some((adjusted) => adjusted < alpha);
        }),
        0,
        0.062,
      ),
    ],
  },
];
