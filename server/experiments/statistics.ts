import { z } from "zod";
import * as assignment from "./statistics/assignment.ts";
import { preBalance } from "./statistics/balance.ts";
import * as bandit from "./statistics/bandit.ts";
import * as bayesian from "./statistics/bayesian.ts";
import * as field from "./statistics/field-conventions.ts";
import { holdoutIncremental } from "./statistics/holdout.ts";
import { fiellerLift, fiellerLiftProportion } from "./statistics/lift.ts";
import { cupedTheta, welch } from "./statistics/means.ts";
import { srm } from "./statistics/mismatch.ts";
import { adjustedCI, benjaminiHochberg, holm } from "./statistics/multiple.ts";
import * as power from "./statistics/power.ts";
import * as rates from "./statistics/rates.ts";
import { seqHalfwidth, sequential } from "./statistics/sequential.ts";
import { kaplanMeier } from "./statistics/survival.ts";

/** One statistic that can be asked by its name: the shape it takes and the function. */
type Named = { input: z.ZodType; run: (input: never) => unknown };

const count = z.number().int().min(0);
const alpha = z.number().gt(0).lt(1);
const share = z.number().min(0).max(1);
const someOf = (x: string, n: string) => ({
  check: (input: Record<string, unknown>) => Number(input[x]) <= Number(input[n]),
  words: `${x} must not be more than ${n}`,
});

const rate = z.object({ x: count, n: count, alpha });
const prior = z.tuple([z.number().gt(0), z.number().gt(0)]);
const counts = z.object({ x1: count, n1: count, x2: count, n2: count });
const twoRates = counts
  .refine(someOf("x1", "n1").check, someOf("x1", "n1").words)
  .refine(someOf("x2", "n2").check, someOf("x2", "n2").words);
const twoRatesAt = z.intersection(twoRates, z.object({ alpha }));
const twoRatesWith = z.intersection(twoRates, z.object({ prior }));

const plainArms = [
  z.object({ type: z.literal("mean"), n: count, sum: z.number(), sumSquares: z.number() }),
  z.object({ type: z.literal("proportion"), n: count, sum: z.number() }),
] as const;
const plainArm = z.discriminatedUnion("type", plainArms);
const arm = z.discriminatedUnion("type", [
  ...plainArms,
  z.object({
    type: z.literal("ratio"),
    n: count,
    mSum: z.number(),
    mSumSquares: z.number(),
    dSum: z.number(),
    dSumSquares: z.number(),
    mdSum: z.number(),
  }),
  z.object({
    type: z.literal("cuped"),
    base: z.enum(["mean", "proportion"]),
    n: count,
    postSum: z.number(),
    postSumSquares: z.number(),
    preSum: z.number(),
    preSumSquares: z.number(),
    postPreSum: z.number(),
  }),
]);
const cupedArm = arm.refine((given) => given.type === "cuped", "must be of the type cuped");
const twoArms = z.object({
  a: arm,
  b: arm,
  alpha,
  difference: z.literal("absolute").optional(),
  sided: z.literal("two").optional(),
});
const pValues = z.object({ p: z.array(share) });

const name = <S extends z.ZodType>(input: S, run: (input: z.infer<S>) => unknown): Named => ({ input, run });

/**
 * Every statistic of the product by its name, with the shape it takes. Arms come as counts and sums (moments), never as people, so an
 * answer costs the same for ten people and for ten million.
 */
const statistics: Record<string, Named> = {
  wilson: name(
    rate.refine(({ x, n }) => x <= n, someOf("x", "n").words),
    rates.wilson,
  ),
  newcombeDiff: name(twoRatesAt, rates.newcombeDiff),
  zUnpooled: name(twoRatesAt, rates.zUnpooled),
  fisherExact2: name(twoRates, rates.fisherExact2),
  welch: name(twoArms, welch),
  cupedTheta: name(z.object({ a: cupedArm, b: cupedArm }), (input) => cupedTheta(input as never)),
  fiellerLiftProportion: name(twoRatesAt, fiellerLiftProportion),
  fiellerLift: name(
    z.object({ meanA: z.number(), varMeanA: z.number().min(0), meanB: z.number(), varMeanB: z.number().min(0), alpha }),
    fiellerLift,
  ),
  sequential: name(z.intersection(twoArms, z.object({ nStar: z.number().gt(0) })), sequential),
  seqHalfwidth: name(
    z.object({ se: z.number().min(0), n: z.number().gt(0), alpha, nStar: z.number().gt(0) }),
    seqHalfwidth,
  ),
  betaProbBeats: name(twoRatesWith, bayesian.betaProbBeats),
  betaExpectedLoss: name(twoRatesWith, bayesian.betaExpectedLoss),
  betaCredible: name(z.object({ x: count, n: count, prior, alpha }), bayesian.betaCredible),
  normalRisk: name(z.object({ mu: z.number(), sigma: z.number().min(0) }), bayesian.normalRisk),
  srm: name(
    z.object({ observed: z.array(count), weights: z.array(z.number().min(0)), threshold: alpha.optional() }),
    srm,
  ),
  preBalance: name(
    z.object({ a: plainArm, b: plainArm, tests: count.min(1).optional(), threshold: alpha.optional() }),
    preBalance,
  ),
  kaplanMeier: name(
    z.object({
      times: z.array(z.object({ time: z.number().min(0), events: count, censored: count })),
      alpha,
      scale: z.enum(["log-log", "log"]).optional(),
    }),
    kaplanMeier,
  ),
  holm: name(pValues, holm),
  benjaminiHochberg: name(pValues, benjaminiHochberg),
  adjustedCI: name(z.object({ pAdj: share, expected: z.number(), alpha }), adjustedCI),
  sampleSizeProportion: name(z.object({ p: share, mde: z.number(), alpha, power: alpha }), power.sampleSizeProportion),
  sampleSizeMean: name(
    z.object({
      mde: z.number(),
      variance: z.number().min(0),
      alpha,
      power: alpha,
      comparisons: count.min(1).optional(),
    }),
    power.sampleSizeMean,
  ),
  powerTwoProportions: name(
    z.object({ p2: share, diff: z.number(), n: z.number().gt(0), alpha, ratio: z.number().gt(0).optional() }),
    power.powerTwoProportions,
  ),
  bestArmProbabilities: name(
    z.object({ means: z.array(z.number()), sds: z.array(z.number().min(0)), inverse: z.boolean().optional() }),
    bandit.bestArmProbabilities,
  ),
  banditFloor: name(z.object({ w: z.array(share), floor: share }), bandit.banditFloor),
  banditUpdate: name(
    z.object({
      arms: z.array(z.object({ n: count, mean: z.number(), variance: z.number().min(0) })),
      current: z.array(share),
      inverse: z.boolean().optional(),
    }),
    bandit.banditUpdate,
  ),
  holdoutIncremental: name(z.object({ xT: count, nT: count, xH: count, nH: count, alpha }), holdoutIncremental),
  gbHash: name(z.object({ seed: z.string(), value: z.string(), version: z.number() }), assignment.gbHash),
  getBucketRanges: name(
    z.object({ numVariations: z.number().int(), coverage: z.number(), weights: z.array(z.number()).nullable() }),
    assignment.getBucketRanges,
  ),
  getEqualWeights: name(z.object({ n: z.number().int() }), assignment.getEqualWeights),
  chooseVariation: name(
    z.object({ n: z.number(), ranges: z.array(z.tuple([z.number(), z.number()])) }),
    assignment.chooseVariation,
  ),
  inNamespace: name(
    z.object({ userId: z.string(), namespace: z.tuple([z.string(), z.number(), z.number()]) }),
    assignment.inNamespace,
  ),
  clopperPearson: name(rate, field.clopperPearson),
  waldDiff: name(twoRatesAt, field.waldDiff),
  agrestiCaffoDiff: name(twoRatesAt, field.agrestiCaffoDiff),
  scoreDiff: name(twoRatesAt, field.scoreDiff),
  scoreRatio: name(twoRatesAt, field.scoreRatio),
  katzRatio: name(twoRatesAt, field.katzRatio),
  logLiftCI: name(twoRatesAt, field.logLiftCI),
  liftSummary: name(twoRates, field.liftSummary),
  proportionsZ: name(twoRates, field.proportionsZ),
  chi2Homogeneity: name(z.object({ x: z.array(count), n: z.array(count) }), field.chi2Homogeneity),
  poissonRateLiftCI: name(
    z.object({
      events1: count,
      exposure1: z.number().gt(0),
      events2: count,
      exposure2: z.number().gt(0),
      alpha,
    }),
    field.poissonRateLiftCI,
  ),
  bonferroni: name(pValues, field.bonferroni),
  hochberg: name(pValues, field.hochberg),
};

const Case = z.object({ fn: z.string(), input: z.unknown() });

/** Asks one statistic by name: its answer, or `{ error }` that says what is wrong with the question. Throws nothing. */
export function askStatistic(question: unknown): unknown {
  const asked = Case.safeParse(question);
  if (!asked.success) return { error: 'ask as {"fn": "wilson", "input": {"x": 18, "n": 20, "alpha": 0.05}}' };
  const statistic = Object.hasOwn(statistics, asked.data.fn) ? statistics[asked.data.fn] : undefined;
  if (!statistic)
    return { error: `there is no statistic "${asked.data.fn}"; there are ${Object.keys(statistics).join(", ")}` };
  const input = statistic.input.safeParse(asked.data.input);
  if (!input.success) return { error: z.prettifyError(input.error) };
  return statistic.run(input.data as never);
}
