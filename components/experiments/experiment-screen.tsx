"use client";

import { useQuery } from "@tanstack/react-query";
import { FlaskConical, Pencil } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { PlanDialog } from "#components/experiment-plan/plan-dialog.tsx";
import { useMetricName, useWindowWords } from "#components/experiment-words/use-figures.ts";
import { VerdictChip } from "#components/experiment-words/verdict-chip.tsx";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { BehindNumbers } from "./behind-sheet.tsx";
import { CohortsCard } from "./cohorts-card.tsx";
import { CourseCard } from "./course-card.tsx";
import type { Experiment, Result } from "./experiment.ts";
import { ExperimentActs } from "./experiment-acts.tsx";
import { FunnelCard } from "./funnel-card.tsx";
import { HealthStrip } from "./health-strip.tsx";
import { HoldoutCard } from "./holdout-card.tsx";
import { LogCard } from "./log-card.tsx";
import { MetricsCard } from "./metrics-card.tsx";
import { SegmentsCard } from "./segments-card.tsx";
import { TimesCard } from "./times-card.tsx";
import { VerdictCard } from "./verdict-card.tsx";
import { WeightsCard } from "./weights-card.tsx";

const refreshMs = 60_000;

/** One experiment: what to do, whether to trust it, and everything that rests on. */
export function ExperimentScreen({ experimentId }: { experimentId: string }) {
  const t = useTranslations("experiments");
  const trpc = useTRPC();
  const errorWords = useErrorWords();
  const read = useQuery(trpc.experiments.get.queryOptions({ experimentId }, { refetchInterval: refreshMs }));
  const experiment = read.data;
  if (!experiment)
    return (
      <Page>
        {read.isError ? (
          <ErrorState title={t("failedOne")} retryLabel={t("retry")} onRetry={() => void read.refetch()}>
            {errorWords(read.error)}
          </ErrorState>
        ) : (
          <Waiting />
        )}
      </Page>
    );
  return (
    <Page>
      <Head experiment={experiment} />
      {experiment.result ? (
        <Results experiment={experiment} result={experiment.result} />
      ) : (
        <Planned experiment={experiment} />
      )}
    </Page>
  );
}

function Head({ experiment }: { experiment: Experiment }) {
  const t = useTranslations("experiments");
  const format = useFormatter();
  const { flow, title, key, startedAt, startedBy, plan, result, consentBy } = experiment;
  return (
    <PageHeader
      isWide
      title={title || key}
      aside={result ? null : <VerdictChip state={experiment.state} verdict={null} />}
      description={
        <>
          <Link href={`/flows/${flow.id}`} className="font-medium text-ink hover:underline">
            {flow.name}
          </Link>
          {flow.version === null ? null : ` v${flow.version}`}
          {startedAt
            ? ` · ${t("started", {
                day: format.dateTime(startedAt, { day: "numeric", month: "short", year: "numeric" }),
                who: startedBy === "api" ? t("log.key") : (startedBy ?? t("log.product")),
              })}`
            : null}
          {consentBy ? ` · ${t("agreed", { who: consentBy })}` : null}
          {plan.hypothesis ? (
            <span className="block max-w-3xl">{t("hypothesis", { text: plan.hypothesis })}</span>
          ) : null}
        </>
      }
      actions={result ? <ExperimentActs experiment={experiment} /> : null}
      className="mb-3"
    />
  );
}

function Results({ experiment, result }: { experiment: Experiment; result: Result }) {
  return (
    <BehindNumbers experiment={experiment} result={result}>
      <Cards experiment={experiment} result={result} />
    </BehindNumbers>
  );
}

function Cards({ experiment, result }: { experiment: Experiment; result: Result }) {
  const isWithheld = result.verdict.state === "unhealthy";
  return (
    <div className="space-y-3">
      <VerdictCard experiment={experiment} result={result} />
      <HealthStrip experiment={experiment} result={result} />
      <MetricsCard experiment={experiment} result={result} />
      <div className="grid gap-3 lg:grid-cols-2 xl:grid-cols-[minmax(0,27rem)_minmax(0,1fr)_minmax(0,21rem)]">
        <FunnelCard experiment={experiment} result={result} />
        <Readings isWithheld={isWithheld}>
          {experiment.plan.method === "bandit" ? (
            <WeightsCard experiment={experiment} result={result} />
          ) : (
            <CourseCard experiment={experiment} result={result} />
          )}
        </Readings>
        <div className="grid min-w-0 gap-3 lg:col-span-2 lg:grid-cols-2 xl:col-span-1 xl:grid-cols-1 xl:grid-rows-[auto_1fr]">
          <Readings isWithheld={isWithheld}>
            <HoldoutCard result={result} />
          </Readings>
          <LogCard experiment={experiment} />
        </div>
      </div>
      <Readings isWithheld={isWithheld}>
        <div className="grid min-w-0 gap-3 xl:grid-cols-2 [&>:only-child]:xl:col-span-2">
          <TimesCard experiment={experiment} result={result} />
          <CohortsCard experiment={experiment} result={result} />
        </div>
      </Readings>
      <Readings isWithheld={isWithheld}>
        <SegmentsCard experiment={experiment} result={result} />
      </Readings>
    </div>
  );
}

/** Greyed while the results are withheld: what they show would be taken for a result. */
function Readings({ isWithheld, children }: { isWithheld: boolean; children: ReactNode }) {
  return (
    <fieldset disabled={isWithheld} className={cn("grid min-w-0", isWithheld && "opacity-45")}>
      {children}
    </fieldset>
  );
}

/** Before the first publish there is only the plan. */
function Planned({ experiment }: { experiment: Experiment }) {
  const t = useTranslations("experiments.planned");
  const { can } = useSession();
  const format = useFormatter();
  const metricName = useMetricName();
  const windowWords = useWindowWords();
  const { plan, kind, key, flow, arms } = experiment;
  return (
    <div className="grid gap-3 lg:grid-cols-[1fr_22rem]">
      <EmptyState
        icon={FlaskConical}
        title={t("title")}
        action={
          <>
            {can("edit-experiments") ? (
              <PlanDialog
                {...{ kind, plan, arms }}
                flowId={flow.id}
                experimentKey={key}
                trigger={
                  <Button>
                    <Pencil aria-hidden />
                    {t("change")}
                  </Button>
                }
              />
            ) : null}
            <Button variant="primary" asChild>
              <Link href={`/flows/${flow.id}`}>{t("openFlow")}</Link>
            </Button>
          </>
        }
      >
        {t("body", {
          metric: metricName({ id: plan.primary.metric, name: null }),
          window: windowWords(plan.primary.windowHours),
          people: format.number(plan.people),
          days: plan.days,
        })}
      </EmptyState>
      <LogCard experiment={experiment} />
    </div>
  );
}

function Waiting() {
  return (
    <div className="space-y-3">
      <Skeleton className="h-8 w-80" />
      <Skeleton className="h-19 w-full" />
      <Skeleton className="h-19 w-full" />
      <Skeleton className="h-72 w-full" />
    </div>
  );
}
