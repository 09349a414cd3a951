"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { useMetricName } from "#components/experiment-words/use-figures.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Card } from "#components/ui/card.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { cn } from "#components/ui/cn.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { type Experiment, primaryOf, type Result } from "./experiment.ts";
import { SegmentsTable } from "./segments-table.tsx";

/**
 * The primary metric by language, country and number. Closed until somebody asks, and counted only then: to look for the segment that won
 * is how one finds one that did not.
 */
export function SegmentsCard({ experiment, result }: { experiment: Experiment; result: Result }) {
  const t = useTranslations("experiments.segments");
  const metricName = useMetricName();
  const bodyId = useId();
  const [isOpen, setOpen] = useState(false);
  const primary = primaryOf(result);
  // Of a bandit's primary metric no difference is told, in no part of its people either.
  if (experiment.plan.method === "bandit" || !primary) return null;
  return (
    <Card aria-label={t("title")} data-testid="segments" className="min-w-0 overflow-hidden">
      <h2>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={bodyId}
          onClick={() => setOpen(!isOpen)}
          className="flex w-full items-center gap-3 px-4 py-3 text-left hover:bg-hover disabled:pointer-events-none"
        >
          <span className="min-w-0 flex-1">
            <span className="flex items-center gap-2 font-semibold text-base">
              {t("title")}
              <Chip>{t("exploratory")}</Chip>
            </span>
            <span className="block font-normal text-secondary text-xs">
              {t("help", { metric: metricName(primary.metric) })}
            </span>
          </span>
          <ChevronDown
            aria-hidden
            className={cn("size-4 shrink-0 text-tertiary transition-transform", isOpen && "rotate-180")}
          />
        </button>
      </h2>
      <div id={bodyId} hidden={!isOpen}>
        {isOpen ? <Body experiment={experiment} result={result} /> : null}
      </div>
    </Card>
  );
}

function Body({ experiment, result }: { experiment: Experiment; result: Result }) {
  const t = useTranslations("experiments.segments");
  const trpc = useTRPC();
  const errorWords = useErrorWords();
  const read = useQuery(trpc.experiments.segments.queryOptions({ experimentId: experiment.id }));
  if (read.isError) return <p className="px-4 pb-6 text-secondary text-sm">{errorWords(read.error)}</p>;
  if (read.data === undefined) return <Skeleton className="m-4 h-60 w-auto" />;
  if (!read.data || read.data.segments.length === 0)
    return (
      <p className="px-4 pb-4 text-secondary text-sm">
        {t(primaryOf(result)?.arms.some(({ n }) => n > 0) ? "allOfOne" : "nobody")}
      </p>
    );
  return <SegmentsTable {...{ experiment, result }} segmented={read.data} />;
}
