import { design, leversOf } from "#server/demo/world/design.ts";
import { criticalZ } from "#server/experiments/statistics/distributions.ts";
import { liftAt } from "#server/experiments/statistics/lift.ts";
import { momentsOf } from "#server/experiments/statistics/means.ts";
import { wilson } from "#server/experiments/statistics/rates.ts";
import { recoveries } from "./recovered.ts";
import type { Stage } from "./stage.ts";

export type Interval = [low: number | null, high: number | null];
export type Comparison = {
  what: string;
  truth: number;
  found: number | null;
  n: number;
  /** At 95 %, as the screens state it. */
  usual: Interval;
  /** So wide that all of them together miss by chance once in a hundred worlds: what a world is judged by. */
  strict: Interval;
};

type Rate = { x: number; n: number };
type Sums = { n: number; sum: number; sumSquares: number };
/** Value and interval at an alpha. */
type Found = { found: number | null; n: number; at: (alpha: number) => Interval };

const usualAlpha = 0.05;
/** Of each of the intervals that a world is judged by: they all together miss in one world of a hundred. */
export const strictAlpha = 0.01 / 33;

/** Everything that is true of the world beside what the bank's rows say about it. */
export async function compareTruths(stage: Stage, workspaceId: string): Promise<Comparison[]> {
  const ask = async <Row extends Rate | Sums>(what: keyof typeof recoveries): Promise<Row> => {
    const [row] = await stage.query<Row>(recoveries[what], [workspaceId]);
    if (!row) throw new Error(`${what} has no answer.`);
    return row;
  };
  const [control, variant] = [await ask<Rate>("loanControl"), await ask<Rate>("loanVariant")];
  const [without, pushed] = [await ask<Sums>("queriesHeldOut"), await ask<Sums>("queriesPushed")];
  const { kyc, loan, statement, chat, csat, phones } = design;
  const arrives = 1 - phones.unreachable;
  const quiet = 1 - loan.alone - leversOf(design).loanByVariant;
  const lines: [string, number, Found][] = [
    ["KYC abandoned, no reminder", 1 - kyc.alone, lost(await ask<Rate>("kycLostHeldOut"))],
    ["KYC abandoned, reminded", 1 - kyc.reminded, lost(await ask<Rate>("kycLostReminded"))],
    ["Loan applications, no offer", loan.alone, rate(await ask<Rate>("loanHeldOut"))],
    ["Loan applications, control", loan.control, rate(control)],
    ["Loan applications, variant", loan.variant, rate(variant)],
    ["Loan applications, lift", loan.variant / loan.control - 1, liftOf(asSums(control), asSums(variant))],
    ["Statement questions each, none sent", statement.queriesWithout, mean(without)],
    ["Statement questions each, sent", statement.queriesPushed, mean(pushed)],
    ["Statement questions, change", statement.queriesPushed / statement.queriesWithout - 1, liftOf(without, pushed)],
    ["Conversations without a person", chat.automated, rate(await ask<Rate>("automated"))],
    ["CSAT of 4 or 5", csat.happy, rate(await ask<Rate>("csat"))],
    ["Delivered", arrives, rate(await ask<Rate>("delivered"))],
    ["Read, of delivered", (1 - phones.hidesReads) * (1 - phones.unread), rate(await ask<Rate>("read"))],
    ["Opted out after an offer", arrives * loan.stops * quiet, rate(await ask<Rate>("optedOut"))],
  ];
  return lines.map(([what, truth, { found, n, at }]) => ({
    what,
    truth,
    found,
    n,
    usual: at(usualAlpha),
    strict: at(strictAlpha),
  }));
}

/** An interval without bounds says that nothing can be told yet, and is not wrong. */
export const holds = ([low, high]: Interval, truth: number): boolean =>
  (low === null || low <= truth) && (high === null || truth <= high);

const rate = ({ x, n }: Rate): Found => ({
  found: n === 0 ? null : x / n,
  n,
  at: (alpha) => (n === 0 ? [null, null] : wilson({ x, n, alpha })),
});

const lost = ({ x, n }: Rate): Found => rate({ x: n - x, n });

function mean(sums: Sums): Found {
  const { n, mean: found, variance } = momentsOf({ type: "mean", ...sums });
  if (n < 2) return { found: null, n, at: () => [null, null] };
  const half = (alpha: number) => criticalZ(alpha) * Math.sqrt(variance / n);
  return { found, n, at: (alpha) => [found - half(alpha), found + half(alpha)] };
}

function liftOf(before: Sums, after: Sums): Found {
  const [a, b] = [momentsOf({ type: "mean", ...before }), momentsOf({ type: "mean", ...after })];
  const n = a.n + b.n;
  if (Math.min(a.n, b.n) < 2 || a.mean === 0) return { found: null, n, at: () => [null, null] };
  const means = { meanA: a.mean, varMeanA: a.variance / a.n, meanB: b.mean, varMeanB: b.variance / b.n };
  return { found: b.mean / a.mean - 1, n, at: (alpha) => liftAt(means, criticalZ(alpha)) };
}

/** Who has or has not: its squares add up to the same. */
const asSums = ({ x, n }: Rate): Sums => ({ n, sum: x, sumSquares: x });
