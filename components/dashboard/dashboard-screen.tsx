"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ChartNoAxesColumn } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Measure } from "#flow/metric.ts";
import type { Course } from "#server/dashboard/read-course.ts";
import { BreakdownBlock } from "./breakdown-block.tsx";
import { type Behind, CountedSheet } from "./counted-sheet.tsx";
import { DashboardHeader } from "./dashboard-header.tsx";
import { FunnelBlock } from "./funnel-block.tsx";
import { HoursBlock } from "./hours-block.tsx";
import { KpiStrip } from "./kpi-strip.tsx";
import { ReasonsBlock } from "./reasons-block.tsx";
import { SpendingBlock } from "./spending-block.tsx";
import { TrendBlock } from "./trend-block.tsx";
import { type DashboardAddress, useDashboardFilter, usualSpan } from "./use-dashboard-filter.ts";

/** What became of messages: numbers with their ranges, their course, and the messages behind each of them. */
export function DashboardScreen({ today }: { today: string }) {
  const t = useTranslations("dashboard");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const address = useDashboardFilter(today);
  const query = useQuery(
    trpc.dashboard.course.queryOptions(address.filter, { placeholderData: keepPreviousData, refetchInterval: 60_000 }),
  );
  return (
    <Page className="max-w-[1440px]">
      <DashboardHeader address={address} isStale={query.isError && query.data !== undefined} />
      {query.data ? (
        <Blocks course={query.data} address={address} />
      ) : query.isError ? (
        <ErrorState title={t("failedTitle")} retryLabel={t("retry")} onRetry={() => query.refetch()} className="mt-4">
          {errorWords(query.error)}
        </ErrorState>
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function Blocks({ course, address }: { course: Course; address: DashboardAddress }) {
  const t = useTranslations("dashboard");
  const [behind, setBehind] = useState<Behind | null>(null);
  const { filter, chosen, choose, today } = address;
  const look = (measure: Measure) => setBehind({ measure, name: t(`steps.${measure}`) });
  const strip = (
    <KpiStrip
      course={course}
      filter={filter}
      today={today}
      current={chosen.metric}
      onChoose={(metric) => choose({ metric })}
    />
  );
  if (course.sums.made === 0 && course.sums.conversed === 0)
    return (
      <div className="mt-4 space-y-3">
        {strip}
        <Nothing address={address} />
      </div>
    );
  return (
    <div className="mt-4 space-y-3">
      {strip}
      <div className="grid gap-3 xl:grid-cols-[minmax(0,1.73fr)_minmax(0,1fr)]">
        <TrendBlock
          filter={filter}
          today={today}
          metric={chosen.metric}
          onChoose={(metric) => choose({ metric })}
          onOpen={look}
        />
        <FunnelBlock course={course} filter={filter} onOpen={look} />
      </div>
      <div className="grid gap-3 lg:grid-cols-2 xl:grid-cols-[minmax(0,1.78fr)_minmax(0,1fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 lg:col-span-2 xl:col-span-1">
          <BreakdownBlock
            filter={filter}
            today={today}
            currency={course.currency}
            by={chosen.by}
            onBy={(by) => choose({ by })}
            onChoose={(id) => address.filterBy(chosen.by, id)}
          />
        </div>
        <ReasonsBlock filter={filter} onOpen={setBehind} />
        <HoursBlock filter={filter} onOpen={setBehind} />
      </div>
      <SpendingBlock course={course} filter={filter} onOpen={setBehind} onChoose={(metric) => choose({ metric })} />
      <CountedSheet filter={filter} behind={behind} onClose={() => setBehind(null)} />
    </div>
  );
}

/** Nothing was sent: at all, or of what is asked for. */
function Nothing({ address: { choose, filter, span } }: { address: DashboardAddress }) {
  const t = useTranslations("dashboard");
  const { isDemo } = useSession();
  const isFiltered = Object.keys(filter).length > 2 || span !== usualSpan;
  return (
    <EmptyState
      icon={ChartNoAxesColumn}
      title={t(isFiltered ? "noMatchTitle" : "emptyTitle")}
      action={
        isFiltered ? (
          <Button onClick={() => choose(null)}>{t("clear")}</Button>
        ) : (
          <Button asChild>
            <Link href={isDemo ? "/sandbox" : "/flows"}>{t(isDemo ? "trySandbox" : "toFlows")}</Link>
          </Button>
        )
      }
    >
      {t(isFiltered ? "noMatchBody" : "emptyBody")}
    </EmptyState>
  );
}

/** As high as what will stand there. */
const Loading = () => (
  <div aria-hidden className="mt-4 space-y-3">
    <Skeleton className="h-31 w-full rounded-lg" />
    <div className="grid gap-3 xl:grid-cols-[minmax(0,1.73fr)_minmax(0,1fr)]">
      <Skeleton className="h-68 rounded-lg" />
      <Skeleton className="h-68 rounded-lg" />
    </div>
    <div className="grid gap-3 xl:grid-cols-[minmax(0,1.78fr)_minmax(0,1fr)_minmax(0,1fr)]">
      <Skeleton className="h-84 rounded-lg" />
      <Skeleton className="h-84 rounded-lg" />
      <Skeleton className="h-84 rounded-lg" />
    </div>
  </div>
);
