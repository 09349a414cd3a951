"use client";

import { CircleAlert, Square, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { BacktestProgress } from "#components/backtest/backtest-figures.tsx";
import { type BacktestRow, isUnderWay, useBacktests } from "#components/backtest/use-backtests.ts";
import { useFit } from "#components/flow-canvas/use-fit.ts";
import { useSession } from "#components/session/session-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import { Select } from "#components/ui/select.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useEditor, useEditorActions, useEditorStore } from "../editor-state/editor-context.tsx";
import { useEditorWorld } from "../editor-world.tsx";
import { BacktestPeople } from "./backtest-people.tsx";
import { BacktestResult } from "./backtest-result.tsx";
import { BacktestSetup } from "./backtest-setup.tsx";
import { trafficMarks } from "./traffic-marks.ts";

/**
 * The right drawer where a draft is played over what really happened: choose the days and the rules, see what would have come of it,
 * on the canvas too. It may be left and found again.
 */
export function BacktestDrawer() {
  const t = useTranslations("backtest");
  const common = useTranslations("common");
  const { flowId } = useEditorWorld();
  const { openDrawer } = useEditorActions();
  const { can } = useSession();
  const backtests = useBacktests(flowId);
  const [chosen, setChosen] = useState<string | null>(null);
  const { rows, list } = backtests;
  const row = rows.find(({ id }) => id === chosen) ?? rows[0] ?? null;
  useNarrowCanvas();
  useTrafficOnCanvas(row);
  return (
    <aside
      aria-label={t("title")}
      className="flex w-[560px] shrink-0 flex-col border-border border-l bg-surface max-[1279px]:w-[440px]"
    >
      <header className="flex h-12 shrink-0 items-center gap-2.5 border-border border-b pr-2.5 pl-4">
        <h2 className="font-semibold text-base">{t("title")}</h2>
        <Chip className="max-[1279px]:hidden">{t("nobodyGets")}</Chip>
        <span className="flex-1" />
        {rows.length > 1 ? <Earlier rows={rows} shown={row?.id} onChoose={setChosen} /> : null}
        <IconButton size="dense" icon={X} label={common("close")} onClick={() => openDrawer("none")} />
      </header>
      {can("run-backtests") ? (
        <BacktestSetup
          isBusy={backtests.isStarting}
          isFirst={rows.length === 0}
          onStart={(wish) => {
            setChosen(null);
            backtests.start(wish);
          }}
        />
      ) : null}
      <ScrollArea className="min-h-0 flex-1 space-y-5 overflow-y-auto px-4 py-4">
        <StartError error={backtests.error} />
        {list.isPending ? <Skeleton className="h-40 w-full" /> : null}
        {list.isError ? (
          <ErrorState title={t("notLoaded")} retryLabel={common("retry")} onRetry={() => void list.refetch()} />
        ) : null}
        {row ? <Shown row={row} onCancel={can("run-backtests") ? () => backtests.cancel(row.id) : null} /> : null}
        {!row && list.isSuccess ? <p className="text-secondary text-sm">{t("promise")}</p> : null}
      </ScrollArea>
    </aside>
  );
}

function Shown({ row, onCancel }: { row: BacktestRow; onCancel: (() => void) | null }) {
  const t = useTranslations("backtest");
  if (isUnderWay(row))
    return (
      <div className="space-y-3">
        <BacktestProgress row={row} />
        <div className="flex items-center gap-3">
          <p className="flex-1 text-secondary text-xs">{t("mayLeave")}</p>
          {onCancel ? (
            <Button size="dense" onClick={onCancel}>
              <Square aria-hidden />
              {t("cancel")}
            </Button>
          ) : null}
        </div>
      </div>
    );
  if (row.status === "cancelled") return <p className="text-secondary text-sm">{t("cancelled")}</p>;
  if (row.status === "failed" || !row.result)
    return (
      <Callout tone="danger" icon={CircleAlert}>
        {row.error ?? t("failed")}
      </Callout>
    );
  return (
    <>
      {row.isCurrent ? null : (
        <Callout tone="warning" icon={CircleAlert}>
          {t("outdated")}
        </Callout>
      )}
      <BacktestResult row={row} result={row.result} />
      <BacktestPeople backtestId={row.id} entered={row.result.proposed.entered} kept={row.result.keptPaths} />
    </>
  );
}

function StartError({ error }: { error: unknown }) {
  const errorWords = useErrorWords();
  return error ? (
    <Callout tone="danger" icon={CircleAlert}>
      {errorWords(error)}
    </Callout>
  ) : null;
}

type EarlierProps = { rows: readonly BacktestRow[]; shown: string | undefined; onChoose: (id: string) => void };

/** The flow's last backtests, to be looked at again. */
function Earlier({ rows, shown, onChoose }: EarlierProps) {
  const t = useTranslations("backtest");
  const format = useFormatter();
  const when = (at: Date) =>
    format.dateTime(at, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  return (
    <Select
      isDense
      aria-label={t("earlier")}
      className="w-auto max-w-56"
      value={shown}
      onValueChange={onChoose}
      options={rows.map(({ id, createdAt, days, policy, by }) => ({
        value: id,
        label: when(createdAt),
        hint: [t("days", { days }), policy ? t("otherRules") : null, by].filter(Boolean).join(" · "),
      }))}
    />
  );
}

/** The canvas has just become narrower: show the whole flow in what is left of it. */
function useNarrowCanvas() {
  const zoomToFit = useFit();
  useEffect(() => {
    const frame = requestAnimationFrame(() => void zoomToFit({ hasMap: false }));
    return () => cancelAnimationFrame(frame);
  }, [zoomToFit]);
}

/** Draws what came out on the canvas, as long as the drawer is open. */
function useTrafficOnCanvas(row: BacktestRow | null) {
  const store = useEditorStore();
  const format = useFormatter();
  const graph = useEditor((state) => state.graph);
  const figures = row?.result?.proposed ?? null;
  useEffect(() => {
    store.actions.setRun(figures ? trafficMarks(figures, graph, (count) => format.number(count)) : null);
    return () => store.actions.setRun(null);
  }, [store, figures, graph, format]);
}
