"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useArmName } from "#components/experiment-words/use-arm-name.ts";
import { useFigures, useMetricName, useWindowWords } from "#components/experiment-words/use-figures.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Card, CardBody, CardHeader, CardTitle } from "#components/ui/card.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { cn } from "#components/ui/cn.ts";
import { Select } from "#components/ui/select.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { StepChart } from "#components/ui/step-chart.tsx";
import { armInk, shortened } from "./arm-inks.ts";
import type { Experiment, Result, Times } from "./experiment.ts";

/** How long people took, in each arm, also with those whose time is not over: it describes and decides nothing. */
export function TimesCard({ experiment, result }: { experiment: Experiment; result: Result }) {
  const t = useTranslations("experiments.times");
  const trpc = useTRPC();
  const errorWords = useErrorWords();
  const metricName = useMetricName();
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  // The picker stays, and keeps the keyboard, while another metric is read.
  const read = useQuery(
    trpc.experiments.times.queryOptions(
      { experimentId: experiment.id, metric: chosen },
      { placeholderData: keepPreviousData },
    ),
  );
  const choices = read.data?.choices ?? [];
  // A number per person has no moment at which it happens.
  if (read.data && choices.length === 0) return null;
  const times = read.data?.times;
  return (
    <Card aria-label={t("title")} data-testid="times" className="min-w-0">
      <CardHeader className="flex-wrap items-start">
        <div className="min-w-0 flex-1 basis-72">
          <div className="flex items-center gap-2">
            <CardTitle>{t("title")}</CardTitle>
            <Chip>{t("descriptive")}</Chip>
          </div>
          <p className="text-secondary text-xs">{t("help")}</p>
        </div>
        {choices.length > 1 ? (
          <Select
            isDense
            className="w-48"
            aria-label={t("metric")}
            value={chosen ?? times?.metric.id ?? choices[0]?.id}
            onValueChange={setChosen}
            options={choices.map((choice) => ({ value: choice.id, label: metricName(choice) }))}
          />
        ) : null}
      </CardHeader>
      <CardBody>
        {times ? (
          <Told {...{ experiment, result, times }} />
        ) : read.isError ? (
          <p className="py-16 text-center text-secondary text-sm">{errorWords(read.error)}</p>
        ) : read.data ? (
          <p className="py-16 text-center text-secondary text-sm">{t("nobody")}</p>
        ) : (
          <Skeleton className="h-72 w-full" />
        )}
      </CardBody>
    </Card>
  );
}

type ToldProps = { experiment: Experiment; result: Result; times: Times };

function Told({ experiment, result, times }: ToldProps) {
  const t = useTranslations("experiments.times");
  const figures = useFigures(result.currency);
  const metricName = useMetricName();
  const windowWords = useWindowWords();
  const armName = useArmName(experiment);
  const { arms, windowHours, metric } = times;
  const axis = useAxis(windowHours);
  if (arms.every(({ events }) => events === 0))
    return <p className="py-16 text-center text-secondary text-sm">{t("nobody")}</p>;
  const label = t("label", { metric: metricName(metric), window: windowWords(windowHours) });
  return (
    <>
      <StepChart
        series={arms.map(({ arm, curve }, at) => ({
          ...{ id: arm, label: shortened(armName(arm)), className: armInk(at) },
          points: curve.map(({ hours, share, low, high }) => ({ x: hours, value: share, low, high })),
        }))}
        span={windowHours}
        ticks={axis}
        formatValue={(value) => figures.percent(value, 1)}
        formatTick={(value) => figures.percent(value, value < 0.1 && value > 0 ? 1 : 0)}
        label={label}
      />
      <Curves {...{ experiment, result, times, axis, label }} />
      <Medians {...{ experiment, result, times }} />
    </>
  );
}

type Axis = { x: number; label: string }[];

/** At most seven places of the window, in days where it is whole days. */
function useAxis(windowHours: number): Axis {
  const words = useDurationWords();
  const unit = windowHours % 24 === 0 && windowHours > 24 ? 24 : 1;
  const step = Math.ceil(windowHours / unit / 7);
  const count = Math.floor(windowHours / unit / step);
  return Array.from({ length: count + 1 }, (_, at) => ({ x: at * step * unit, label: words(at * step * unit, unit) }));
}

/** "40 min", "9.3 hr", "2.5 days": in the unit that it reads best in, or in the given one. */
function useDurationWords(): (hours: number, unit?: number) => string {
  const format = useFormatter();
  return (hours, unit) => {
    const told = unit ?? (hours < 1.5 ? 1 / 60 : hours < 48 ? 1 : 24);
    const name = told === 24 ? "day" : told === 1 ? "hour" : "minute";
    return format.number(hours / told, { style: "unit", unit: name, unitDisplay: "short", maximumFractionDigits: 1 });
  };
}

type CurvesProps = ToldProps & { axis: Axis; label: string };

/** The curve for who does not see it. */
function Curves({ experiment, result, times, axis, label }: CurvesProps) {
  const t = useTranslations("experiments.times");
  const table = useTranslations("experiments.table");
  const figures = useFigures(result.currency);
  const armName = useArmName(experiment);
  return (
    <table className="sr-only">
      <caption>{label}</caption>
      <thead>
        <tr>
          <th scope="col">{t("after")}</th>
          {times.arms.map(({ arm }) => (
            <th key={arm} scope="col">
              {armName(arm)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {axis.map(({ x, label: after }) => (
          <tr key={after}>
            <th scope="row">{after}</th>
            {times.arms.map(({ arm, curve }) => {
              const at = curve.findLast(({ hours }) => hours <= x + 1e-9);
              const isKnown = at !== undefined && (curve.at(-1)?.hours ?? 0) >= x - 1e-9;
              return (
                <td key={arm}>
                  {isKnown
                    ? [
                        figures.percent(at.share, 1),
                        ...(at.low === null || at.high === null
                          ? []
                          : [table("to", { low: figures.percent(at.low, 1), high: figures.percent(at.high, 1) })]),
                        t("atRisk", { count: at.atRisk }),
                      ].join(", ")
                    : "–"}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Medians({ experiment, result, times }: ToldProps) {
  const t = useTranslations("experiments.times");
  const table = useTranslations("experiments.table");
  const figures = useFigures(result.currency);
  const armName = useArmName(experiment);
  const windowWords = useWindowWords();
  const words = useDurationWords();
  const percent = (value: number | null) => (value === null ? "–" : figures.percent(value, 1));
  return (
    <div className="mt-2 overflow-x-auto">
      <table className="w-full text-left text-sm">
        <caption className="sr-only">{t("title")}</caption>
        <thead className="text-secondary text-xs">
          <tr className="[&>th]:pr-3 [&>th]:pb-1 [&>th]:font-medium">
            <th scope="col">{t("arm")}</th>
            <th scope="col">{t("reached", { window: windowWords(times.windowHours) })}</th>
            <th scope="col">{t("median")}</th>
            <th scope="col">{t("half")}</th>
          </tr>
        </thead>
        <tbody>
          {times.arms.map(({ arm, people, waiting, reached, median, half }, at) => (
            <tr key={arm} className="align-top [&>*]:py-1 [&>*]:pr-3">
              <th scope="row" className="font-normal">
                <span className="flex items-center gap-1.5">
                  <span aria-hidden className={cn("size-2 shrink-0 rounded-xs bg-current", armInk(at))} />
                  <span className="max-w-40 truncate">{armName(arm)}</span>
                </span>
                <span className="block whitespace-nowrap text-secondary text-xs">
                  {t("people", { people: figures.count(people), count: waiting })}
                </span>
              </th>
              <td className="tabular">
                <span className="block">{percent(reached?.share ?? null)}</span>
                <Range low={reached?.low ?? null} high={reached?.high ?? null} tell={percent} />
              </td>
              <td className="tabular">
                {median.time === null ? (
                  <span className="text-secondary">{t("noMedian")}</span>
                ) : (
                  <>
                    <span className="block">{words(median.time)}</span>
                    <span className="block text-secondary text-xs">
                      {median.ci[1] === null
                        ? median.ci[0] === null
                          ? null
                          : t("atLeast", { low: words(median.ci[0]) })
                        : table("to", { low: words(median.ci[0] ?? 0), high: words(median.ci[1]) })}
                    </span>
                  </>
                )}
              </td>
              <td className="tabular">{half === null ? "–" : words(half)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RangeProps = { low: number | null; high: number | null; tell: (value: number | null) => string };

function Range({ low, high, tell }: RangeProps) {
  const table = useTranslations("experiments.table");
  if (low === null || high === null) return null;
  return <span className="block text-secondary text-xs">{table("to", { low: tell(low), high: tell(high) })}</span>;
}
