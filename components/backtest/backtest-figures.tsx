"use client";

import { useFormatter, useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import { Meter } from "#components/ui/meter.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useMoney } from "#components/ui/use-money.ts";
import type { BacktestRow } from "./use-backtests.ts";

type Result = NonNullable<BacktestRow["result"]>;
type Figures = Result["proposed"];

const messagesOf = ({ sent }: Figures): number => sent;
const capHitsOf = ({ cap }: Figures): number => cap.later + cap.never;

/** The four figures of a backtest, each with its difference from the version that runs. */
export function BacktestFigures({ result, capPerDay }: { result: Result; capPerDay: number | null }) {
  const t = useTranslations("backtest");
  const format = useFormatter();
  const words = useDifference();
  const { proposed, running } = result;
  const [cost, costDifference] = useCosts(proposed, running);
  const hits = capHitsOf(proposed);
  const share = hits === 0 ? 0 : hits / Math.max(1, proposed.sent + proposed.cap.never);
  return (
    <div>
      <dl className="grid grid-cols-2 overflow-hidden rounded-lg border border-border bg-surface">
        <Figure
          label={t("wouldEnter")}
          value={format.number(proposed.entered)}
          below={words(proposed.entered, running?.entered)}
        />
        <Figure
          label={t("messages")}
          value={format.number(messagesOf(proposed))}
          below={words(messagesOf(proposed), running ? messagesOf(running) : undefined, { withShare: true })}
          className="border-l"
        />
        <Figure label={t("cost")} value={cost} below={costDifference} className="border-t" />
        <Figure
          label={t("capHits")}
          value={format.number(hits)}
          below={t("laterNever", { later: proposed.cap.later, never: proposed.cap.never })}
          className="border-t border-l"
        />
      </dl>
      <p className="mt-2 flex items-baseline justify-between gap-2 text-xs">
        <span className="text-secondary">
          {capPerDay === null ? t("stoppedByCap") : t("stoppedByCapOf", { cap: capPerDay })}
        </span>
        <span className="tabular font-semibold">
          {format.number(share, { style: "percent", maximumFractionDigits: 1 })}
        </span>
      </p>
      <Meter share={share} label={t("stoppedByCap")} tone="warning" className="mt-1" />
    </div>
  );
}

type FigureProps = { label: string; value: string; below: string; className?: string };

function Figure({ label, value, below, className }: FigureProps) {
  return (
    <div className={cn("min-w-0 border-border px-3.5 py-2.5", className)}>
      <dt className="text-secondary text-xs">{label}</dt>
      <dd>
        <span className="tabular block truncate font-semibold text-[17px] leading-6" title={value}>
          {value}
        </span>
        <span className="block text-secondary text-xs">{below}</span>
      </dd>
    </div>
  );
}

/** Says how a figure differs from the running version's: "same as now", "+1,664, up 11.7 %". */
export function useDifference() {
  const t = useTranslations("backtest");
  const format = useFormatter();
  return (now: number, before: number | undefined, { withShare = false } = {}): string => {
    if (before === undefined) return t("nothingRuns");
    const by = now - before;
    if (by === 0) return t("same");
    const amount = format.number(by, { signDisplay: "always" });
    if (!withShare || before === 0) return amount;
    const share = format.number(Math.abs(by) / before, { style: "percent", maximumFractionDigits: 1 });
    return by > 0 ? t("up", { amount, share }) : t("down", { amount, share });
  };
}

/** Sums in their currencies, and the difference where both are in one. */
export function useCosts(figures: Figures, before: Figures | null): [value: string, difference: string] {
  const t = useTranslations("backtest");
  const say = useCostWords();
  const format = useFormatter();
  const value = say(figures.costs, figures.sent);
  if (!before) return [value, t("nothingRuns")];
  const [currency = "", ...others] = [...new Set([...Object.keys(figures.costs), ...Object.keys(before.costs)])];
  if (currency === "" || others.length > 0) return [value, t("wasCost", { cost: say(before.costs, before.sent) })];
  const by = (figures.costs[currency] ?? 0) - (before.costs[currency] ?? 0);
  if (by === 0) return [value, t("same")];
  return [
    value,
    format.number(by / 1_000_000, { style: "currency", currency, maximumFractionDigits: 2, signDisplay: "always" }),
  ];
}

/** "€12.40 + $3.10"; a dash where messages left and nobody knows a price. */
export function useCostWords() {
  const t = useTranslations("backtest");
  const money = useMoney();
  return (costs: Readonly<Record<string, number>>, sent: number): string => {
    const sums = Object.entries(costs).map(([currency, amountMicros]) => money({ amountMicros, currency }));
    if (sums.length > 0) return sums.join(" + ");
    return sent > 0 ? t("noPrice") : t("nothing");
  };
}

/** While it runs: the figures' places, and how far it is. */
export function BacktestProgress({ row }: { row: BacktestRow }) {
  const t = useTranslations("backtest");
  const { progress } = row;
  const total = progress?.total ?? 0;
  const left = progress?.secondsLeft ?? null;
  const share = total > 0 ? (progress?.read ?? 0) / total : 0;
  const words =
    row.status === "queued"
      ? t("queued")
      : left === null
        ? t("reading", { total })
        : t("readingLeft", { total, ...clockOf(left) });
  return (
    <div>
      <div aria-hidden className="grid grid-cols-2 overflow-hidden rounded-lg border border-border bg-surface">
        {["enter", "messages", "cost", "cap"].map((name, place) => (
          <div
            key={name}
            className={cn(
              "space-y-1.5 border-border px-3.5 py-3",
              place % 2 === 1 && "border-l",
              place > 1 && "border-t",
            )}
          >
            <Skeleton className="h-3 w-20" />
            <Skeleton className="h-5 w-16" />
            <Skeleton className="h-3 w-24" />
          </div>
        ))}
      </div>
      <p role="status" className="mt-2 text-secondary text-xs">
        {words}
      </p>
      <Meter of="progress" share={share} label={words} tone="accent" className="mt-1.5" />
    </div>
  );
}

const clockOf = (seconds: number) => ({
  unit: seconds < 90 ? "seconds" : "minutes",
  left: seconds < 90 ? seconds : Math.ceil(seconds / 60),
});
