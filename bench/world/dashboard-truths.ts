import { addDays } from "#flow/local-time.ts";
import { design, leversOf } from "#server/demo/world/design.ts";
import { wilson } from "#server/experiments/statistics/rates.ts";
import type { Agreement } from "./agree.ts";
import type { Bank } from "./found-bank.ts";
import type { Done } from "./play.ts";
import type { Stage } from "./stage.ts";
import type { Comparison, Interval } from "./truths.ts";

/** As an owner asks: all days of the world, by the clock of the bank. */
type Period = { from: string; until: string };
type Judged = { numerator: number; denominator: number | null; value: number | null; range: Interval | null };

const countingMs = 120_000;
const loanFlow = "Loan pre-approval";

/** What the dashboard says once everything is counted and credited. */
export class DashboardReading {
  readonly #bank: Bank;
  readonly #period: Period;

  private constructor(bank: Bank, period: Period) {
    this.#bank = bank;
    this.#period = period;
  }

  static async open(stage: Stage, bank: Bank, startsAt: number): Promise<DashboardReading> {
    const ask = bank.as.maker.dashboard;
    const credits = async () =>
      (await stage.query<{ n: number }>("select count(*)::integer as n from message_credit"))[0]?.n ?? 0;
    const isCounted = async () => {
      const { seconds, isRecounting } = await ask.lag();
      return seconds === 0 && !isRecounting && (await credits()) === 0;
    };
    await stage.until(isCounted, countingMs, () => "the dashboard has not counted everything");
    const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
    const period = { from: addDays(dayOf(startsAt), -1), until: addDays(dayOf(stage.clock.now().getTime()), 1) };
    return new DashboardReading(bank, period);
  }

  /** Rates that are planted as the dashboard counts them: of messages, each with the range that it states. */
  async truths(strictAlpha: number): Promise<Comparison[]> {
    const ask = this.#bank.as.maker.dashboard;
    const { flows } = await ask.choices(this.#period);
    const flowId = flows.find(({ name }) => name === loanFlow)?.id;
    if (!flowId) throw new Error("The dashboard knows nothing of the loan flow.");
    const { phones, loan, csat } = design;
    const { loanByEither, loanByVariant } = leversOf(design);
    const arrives = 1 - phones.unreachable;
    // Whoever is moved follows the link and applies; of those who never apply some only look.
    const looks = loan.looks * (1 - loan.alone - loanByVariant);
    const clicks = { "offer-a": loanByEither, "offer-b": loanByVariant };
    const offers = await Promise.all(
      Object.entries(clicks).map(async ([nodeId, moved]) => {
        const { metrics } = await ask.course({ ...this.#period, flowId, nodeId });
        return [
          compared(`Dashboard, ${nodeId}: delivered`, { truth: arrives, judged: metrics.delivered, strictAlpha }),
          compared(`Dashboard, ${nodeId}: clicked`, {
            truth: arrives * (looks + moved),
            judged: metrics.click,
            strictAlpha,
          }),
        ];
      }),
    );
    const { metrics } = await ask.course(this.#period);
    return [
      ...offers.flat(),
      compared("Dashboard: satisfied", { truth: csat.happy, judged: metrics.csat, strictAlpha }),
    ];
  }

  /**
   * Totals of the dashboard beside what was done at the doors, and beside the sums of its own parts. Not of what was delivered: who writes
   * after a message that failed is taken to have answered it, so the dashboard has a few more than the provider.
   */
  async counts(done: Done, ledger: ReadonlyMap<string, number>): Promise<Agreement[]> {
    const ask = this.#bank.as.maker.dashboard;
    const { sums } = await ask.course(this.#period);
    const parts = await Promise.all(
      (["flow", "template", "language", "country", "channel"] as const).map(async (by) => {
        const rows = await ask.breakdown({ ...this.#period, by });
        return { by, sent: rows.reduce((sum, row) => sum + row.sums.sent, 0) };
      }),
    );
    const hours = (await ask.hours(this.#period)) ?? [];
    return [
      { what: "Dashboard: sent", atTheDoors: done.sent, inTheBank: sums.sent },
      { what: "Dashboard: failed", atTheDoors: ledger.get("failed") ?? 0, inTheBank: sums.failed },
      ...parts.map(({ by, sent }) => ({ what: `Dashboard: sent, by ${by}`, atTheDoors: done.sent, inTheBank: sent })),
      {
        what: "Dashboard: sent, by hour",
        atTheDoors: done.sent,
        inTheBank: hours.reduce((sum, { sent }) => sum + sent, 0),
      },
    ];
  }
}

type Held = { truth: number; judged: Judged; strictAlpha: number };

function compared(what: string, { truth, judged, strictAlpha }: Held): Comparison {
  const { numerator: x, denominator, value, range } = judged;
  const n = denominator ?? 0;
  const nothing: Interval = [null, null];
  return {
    what,
    truth,
    found: value,
    n,
    usual: range ?? nothing,
    strict: n === 0 ? nothing : wilson({ x, n, alpha: strictAlpha }),
  };
}
