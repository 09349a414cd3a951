import { type CupedArm, cupedTheta, momentsOf, welch } from "#server/experiments/statistics/means.ts";
import { seqHalfwidth, sequential } from "#server/experiments/statistics/sequential.ts";
import type { Draws } from "./draws.ts";
import { rateOf, type Simulation, share } from "./simulation.ts";

const alpha = 0.05;
/** One person in five did it before; of those 45 % do it again, of the others 5 %. */
const before = 0.2;
const again = 0.45;
const anew = 0.05;
const covariance = (again - anew) * before * (1 - before);
const rate = again * before + anew * (1 - before);
/** What the variant truly adds to everybody's chance. */
const truth = 0.02;
const spread = (share: number): number => share * (1 - share);
/** The part of the variance of both arms together that falls away: what before explains is the same in both, what it is a part of is not. */
const explained = (2 * covariance ** 2) / spread(before) / (spread(rate) + spread(rate + truth));

/** So many people; `added` is the true effect on everybody. */
function draw(draws: Draws, n: number, added = 0): CupedArm {
  const preSum = draws.binomial(n, before);
  const postPreSum = draws.binomial(preSum, again + added);
  const postSum = postPreSum + draws.binomial(n - preSum, anew + added);
  const squares = { postSumSquares: postSum, preSumSquares: preSum };
  return { type: "cuped", base: "proportion", n, postSum, preSum, postPreSum, ...squares };
}

const plus = (one: CupedArm, other: CupedArm): CupedArm => ({
  ...one,
  n: one.n + other.n,
  postSum: one.postSum + other.postSum,
  postSumSquares: one.postSumSquares + other.postSumSquares,
  preSum: one.preSum + other.preSum,
  preSumSquares: one.preSumSquares + other.preSumSquares,
  postPreSum: one.postPreSum + other.postPreSum,
});

export const evenedOut: Simulation[] = [
  {
    id: "S18",
    title: "Evened out by the days before (CUPED), which explain 21 % of the variance: 2,000 people per arm",
    runs: 4000,
    quick: 400,
    play: (draws, runs) => {
      let reduced = 0;
      const held = rateOf(runs, () => {
        const [a, b] = [draw(draws, 2000), draw(draws, 2000, truth)];
        const theta = cupedTheta({ a, b });
        reduced +=
          1 -
          (momentsOf(a, theta).variance + momentsOf(b, theta).variance) /
            (momentsOf(a).variance + momentsOf(b).variance);
        const [low, high] = welch({ a, b, alpha }).ci;
        return low !== null && high !== null && low <= truth && high >= truth;
      });
      const falsely = rateOf(Math.ceil(runs / 2), () => {
        let [a, b] = [draw(draws, 100), draw(draws, 100)];
        for (let day = 1; day < 28; day += 1) {
          const { expected, se } = sequential({ a, b, alpha, nStar: 5600 });
          if (a.n >= 200 && Math.abs(expected) > seqHalfwidth({ se, n: a.n + b.n, alpha, nStar: 5600 })) return true;
          [a, b] = [plus(a, draw(draws, 100)), plus(b, draw(draws, 100))];
        }
        return false;
      });
      return [
        share("interval holds the truth", held, 0.935, 0.97),
        share("variance that falls away", reduced / runs, explained - 0.01, explained + 0.01),
        share("false winner on any of 28 days", falsely, 0, 0.05),
      ];
    },
  },
];
