import { design, leversOf } from "#server/demo/world/design.ts";
import { wilson } from "#server/experiments/statistics/rates.ts";
import type { Bank } from "./found-bank.ts";
import type { Comparison } from "./truths.ts";

type Page = Awaited<ReturnType<Bank["as"]["maker"]["experiments"]["get"]>>;

const { kyc, loan, statement } = design;

/** What is true of each experiment of the bank: of its arms, and of how the other one does against the baseline. */
const truths: Record<string, { name: string; arms: Record<string, number>; lift: number }> = {
  "kyc-reminder": {
    name: "KYC reminder",
    arms: { "held-out": kyc.alone, next: kyc.reminded },
    lift: kyc.reminded / kyc.alone - 1,
  },
  "loan-call-to-action": {
    name: "Loan offer",
    arms: { apply: loan.control, get: loan.variant },
    lift: loan.variant / loan.control - 1,
  },
  "loan-pre-approval": {
    name: "Loan holdout",
    // Half of those who get an offer get each text.
    arms: { "held-out": loan.alone, next: (loan.control + loan.variant) / 2 },
    lift: (loan.control + loan.variant) / 2 / loan.alone - 1,
  },
  "monthly-statement": {
    name: "Statement",
    arms: { "held-out": statement.queriesWithout, next: statement.queriesPushed },
    lift: statement.queriesPushed / statement.queriesWithout - 1,
  },
};

/** What the experiment pages say, as an analyst reads them: of each arm its rate, of each comparison the lift with its always-valid interval. */
export async function comparePages({ as }: Bank, strictAlpha: number): Promise<Comparison[]> {
  const all = await as.maker.experiments.list();
  const pages = await Promise.all(all.map(({ id }) => as.maker.experiments.get({ experimentId: id })));
  return pages.flatMap((page) => comparisonsOf(page, strictAlpha));
}

function comparisonsOf({ key, result }: Page, strictAlpha: number): Comparison[] {
  const expected = truths[key];
  const reading = result?.metrics.find(({ role }) => role === "primary");
  if (!expected || !reading) throw new Error(`Nothing is known or told of the experiment ${key}.`);
  const rates = reading.arms.flatMap(({ arm, n, sum, value, interval }): Comparison[] => {
    const truth = expected.arms[arm];
    if (truth === undefined || reading.metric.kind !== "rate") return [];
    const strict = n === 0 ? interval : wilson({ x: sum, n, alpha: strictAlpha });
    return [{ what: `Page ${expected.name}: ${arm}`, truth, found: value, n, usual: interval, strict }];
  });
  const lifts = reading.variants.map(({ arm, lift, liftCi }): Comparison => {
    const n = reading.arms.reduce((sum, one) => sum + one.n, 0);
    return {
      what: `Page ${expected.name}: lift of ${arm}`,
      truth: expected.lift,
      found: lift,
      n,
      usual: liftCi,
      strict: liftCi,
    };
  });
  return [...rates, ...lifts, ...stopsOf(key, result, strictAlpha)];
}

/** Who says STOP because of an offer, by arm: the guardrail of the loan's experiment. */
function stopsOf(key: string, result: Page["result"], strictAlpha: number): Comparison[] {
  const reading = result?.metrics.find(({ metric }) => metric.id === "opt-out");
  if (key !== "loan-call-to-action" || !reading) return [];
  const truth = (1 - design.phones.unreachable) * loan.stops * (1 - loan.alone - leversOf(design).loanByVariant);
  return reading.arms.map(({ arm, n, sum, value, interval }) => ({
    ...{ what: `Page Loan offer: opted out of ${arm}`, truth, found: value, n, usual: interval },
    strict: n === 0 ? interval : wilson({ x: sum, n, alpha: strictAlpha }),
  }));
}

/** The verdicts in words, for the report. */
export async function readVerdicts({ as }: Bank): Promise<Record<string, string>> {
  const all = await as.maker.experiments.list();
  const pages = await Promise.all(all.map(({ id }) => as.maker.experiments.get({ experimentId: id })));
  return Object.fromEntries(pages.map(({ key, result }) => [key, result?.verdict.state ?? "no verdict"]));
}
