"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ChevronRight, X } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { LoadMore } from "#components/ui/load-more.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { ListedPath } from "#server/backtests/list-paths.ts";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";
import { useShowStep } from "../use-show-step.ts";

type PeopleProps = { backtestId: string; entered: number; kept: number };

/** Who would have entered, and each one's way. A step that is chosen on the canvas shows those who came to it. */
export function BacktestPeople({ backtestId, entered, kept }: PeopleProps) {
  const t = useTranslations("backtest");
  const trpc = useTRPC();
  const words = useStepWords();
  const { select } = useEditorActions();
  const step = useEditor((state) => state.flowNodes.find((node) => node.selected)?.data.step ?? null);
  const people = useInfiniteQuery(
    trpc.backtests.paths.infiniteQueryOptions(
      { backtestId, nodeId: step?.id ?? null },
      { getNextPageParam: (page) => page.next },
    ),
  );
  const rows = people.data?.pages.flatMap((page) => page.people) ?? [];
  return (
    <section>
      <div className="mb-1.5 flex items-center gap-2">
        <h3 className="font-semibold text-sm">{t("people")}</h3>
        {step ? (
          <Button size="dense" className="h-6 rounded-full" onClick={() => select([])}>
            {t("whoCameTo", { step: words.title(step) })}
            <X aria-label={t("allSteps")} />
          </Button>
        ) : (
          <span className="text-secondary text-xs">{t("chooseStep")}</span>
        )}
      </div>
      {kept < entered ? <p className="mb-1.5 text-secondary text-xs">{t("keptOf", { kept, entered })}</p> : null}
      {people.isPending ? <Skeleton className="h-24 w-full" /> : null}
      {people.isError ? (
        <ErrorState title={t("peopleFailed")} retryLabel={t("retry")} onRetry={() => void people.refetch()} />
      ) : null}
      {people.isSuccess && rows.length === 0 ? (
        <p className="text-secondary text-sm">{t(step ? "nobodyCame" : "nobody")}</p>
      ) : null}
      {rows.length > 0 ? (
        <ul className="divide-y divide-border rounded-lg border border-border">
          {rows.map((row) => (
            <PersonRow key={row.ordinal} row={row} />
          ))}
        </ul>
      ) : null}
      <LoadMore query={people}>{t("more")}</LoadMore>
    </section>
  );
}

function PersonRow({ row }: { row: ListedPath }) {
  const t = useTranslations("backtest");
  const ends = useTranslations("endReasons");
  const format = useFormatter();
  const [isOpen, setOpen] = useState(false);
  const at = format.dateTime(row.enteredAt, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  const really = row.reallySent === null ? t("didNotEnter") : t("reallyGot", { count: row.reallySent });
  const end = row.endReason === null ? t("stillWaits") : ends.has(row.endReason) ? ends(row.endReason) : row.endReason;
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex w-full items-center gap-2 px-3 py-2 text-left hover:bg-hover"
      >
        <ChevronRight aria-hidden className={`size-4 shrink-0 text-tertiary ${isOpen ? "rotate-90" : ""}`} />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium text-sm">
            {row.name ?? t("somebody")} <span className="font-normal text-secondary">{row.masked}</span>
          </span>
          <span className="block truncate text-secondary text-xs">
            {at} · {end}
          </span>
        </span>
        <span className="shrink-0 text-right text-xs">
          <span className="block font-medium">{t("wouldGet", { count: row.sent })}</span>
          <span className="block text-secondary">{really}</span>
        </span>
      </button>
      {isOpen ? <Path row={row} /> : null}
    </li>
  );
}

function Path({ row }: { row: ListedPath }) {
  const t = useTranslations("backtest");
  const words = useStepWords();
  const format = useFormatter();
  const showStep = useShowStep();
  const nodes = useEditor((state) => state.graph.nodes);
  const steps = row.path.filter(({ kind }) => kind !== "waiting");
  return (
    <div className="border-border border-t bg-sunken px-3 py-2">
      <ol className="space-y-1 text-xs">
        {steps.map(({ at, nodeId, visit, kind, handle }) => {
          const node = nodes.find((each) => each.id === nodeId);
          return (
            <li key={`${visit} ${kind} ${at}`} className="flex gap-2">
              <span className="tabular w-24 shrink-0 text-secondary">
                {format.dateTime(at, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" })}
              </span>
              {node ? (
                <button
                  type="button"
                  className="truncate text-left hover:underline"
                  onClick={() => showStep(nodeId, { keepsFocus: true })}
                >
                  {words.title(node)}
                </button>
              ) : (
                <span>{t("goneStep")}</span>
              )}
              {kind === "left" && handle && handle !== "next" ? (
                <span className="truncate text-secondary">{handle}</span>
              ) : null}
            </li>
          );
        })}
      </ol>
      {row.contactId ? (
        <Link className="mt-1.5 inline-block text-accent text-xs hover:underline" href={`/contacts/${row.contactId}`}>
          {t("openPerson")}
        </Link>
      ) : null}
    </div>
  );
}
