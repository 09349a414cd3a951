"use client";

import { CircleAlert, History, RotateCcw } from "lucide-react";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { BacktestFigures, BacktestProgress } from "./backtest-figures.tsx";
import { isUnderWay, useBacktests } from "./use-backtests.ts";

const usualDays = 30;

/**
 * What a draft would have done, for those who decide about it: the newest backtest's four figures, how far a running one is, or the
 * offer to run one. Publishing without one is possible, and it says so.
 */
export function BacktestCard({ flowId }: { flowId: string }) {
  const t = useTranslations("backtest");
  const { can } = useSession();
  const { rows, list, start, isStarting } = useBacktests(flowId);
  const row = rows.find((each) => isUnderWay(each) || (each.status === "done" && each.policy === null));
  const run = () => start({ days: row?.days ?? usualDays });
  const result = row?.result ?? null;
  return (
    <section aria-label={t("title")}>
      <header className="mb-2 flex items-baseline justify-between gap-3">
        <h3 className="font-semibold text-sm">{t("title")}</h3>
        {row ? <span className="text-secondary text-xs">{t("basis", { days: row.days })}</span> : null}
      </header>
      {row && isUnderWay(row) ? <BacktestProgress row={row} /> : null}
      {row && result ? (
        <>
          <BacktestFigures result={result} capPerDay={null} />
          {row.isCurrent ? null : (
            <p className="mt-2 flex items-center gap-1.5 text-warning text-xs">
              <CircleAlert aria-hidden className="size-3.5 shrink-0" />
              <span className="flex-1">{t("outdated")}</span>
              {can("run-backtests") ? (
                <Button size="dense" isBusy={isStarting} onClick={run}>
                  <RotateCcw aria-hidden />
                  {t("runAgain")}
                </Button>
              ) : null}
            </p>
          )}
        </>
      ) : null}
      {!row && !list.isPending ? (
        <div className="rounded-lg border border-border border-dashed px-3.5 py-3 text-sm">
          <p className="text-secondary">{t("notRun")}</p>
          {can("run-backtests") ? (
            <Button size="dense" className="mt-2" isBusy={isStarting} onClick={run}>
              <History aria-hidden />
              {t("runNow", { days: usualDays })}
            </Button>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}
