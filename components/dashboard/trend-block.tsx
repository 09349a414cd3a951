"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useMetricWords } from "#components/message-figures/use-metric-words.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { CourseChart } from "#components/ui/course-chart.tsx";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { type Measure, type MetricId, metrics } from "#flow/metric.ts";
import { Block, BlockWaiting } from "./block.tsx";
import { CountTable } from "./count-table.tsx";
import { isUnripe } from "./ripeness.ts";
import type { Filter } from "./use-dashboard-filter.ts";

const tabs = ["conversion", "click", "opt-out"] as const satisfies MetricId[];

type TrendBlockProps = {
  filter: Filter;
  today: string;
  metric: MetricId;
  onChoose: (metric: MetricId) => void;
  /** Opens the messages that are counted in the metric. */
  onOpen: (measure: Measure) => void;
};

type Point = { day: string; hour: number | null; numerator: number; denominator: number | null };
type DateLooks = { weekday?: "short"; day: "numeric"; month: "short"; year?: "numeric" };
const hourly = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/** One number day by day, of a single day hour by hour, with its range and beside the days before. */
export function TrendBlock({ filter, today, metric, onChoose, onOpen }: TrendBlockProps) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.dashboard.trend.queryOptions({ ...filter, metric }, { placeholderData: keepPreviousData }),
  );
  const t = useTranslations("dashboard");
  const format = useFormatter();
  const words = useMetricWords(query.data?.currency ?? null);
  const [isTable, setTable] = useState(false);
  const measure = metrics[metric].numerator;
  const shown: readonly MetricId[] = (tabs as readonly MetricId[]).includes(metric) ? tabs : [...tabs, metric];
  const say = (value: number) => (metric === "sent" ? words.count(Math.round(value)) : words.figureOf(metric, value));
  const at = ({ day, hour }: Point) => new Date(Date.parse(`${day}T00:00:00Z`) + (hour ?? 0) * 3_600_000);
  const isByHour = query.data?.points.some(({ hour }) => hour !== null) ?? false;
  const title = t(isByHour ? "trendHoursTitle" : "trendTitle", { metric: t(`metrics.${metric}`) });
  const nameOf = (point: Point | undefined, options: DateLooks) =>
    point === undefined
      ? ""
      : format.dateTime(at(point), { timeZone: "UTC", ...(point.hour === null ? options : hourly) });
  const made = ({ numerator, denominator }: Point) => {
    const x = metrics[metric].kind === "rate" ? words.count(numerator) : words.amount(numerator);
    return denominator === null ? x : t("xOfN", { x, n: words.count(denominator) });
  };
  if (!query.data) return <BlockWaiting query={query} className="min-h-68" />;
  const rows = query.data.points;
  const every = Math.max(1, Math.ceil(rows.length / 5));
  const tell = (index: number) => {
    const row = rows[index];
    const day = nameOf(row, { weekday: "short", day: "numeric", month: "short" });
    if (!row || row.value === null) return { box: <p>{t("nothingOn", { day })}</p>, words: t("nothingOn", { day }) };
    const { value, low, high } = row;
    const of = metric === "sent" || row.denominator === null ? null : made(row);
    const range = low === null || high === null ? null : t("range", { low: say(low), high: say(high) });
    return {
      box: (
        <>
          <p className="flex justify-between gap-4 font-medium">
            <span>{day}</span>
            <span className="tabular text-accent">{say(value)}</span>
          </p>
          {of ? <p className="tabular text-secondary">{of}</p> : null}
          {range ? <p className="tabular text-secondary">{range}</p> : null}
        </>
      ),
      words: [day, say(value), of, range].filter(Boolean).join(", "),
    };
  };
  return (
    <Block
      title={title}
      description={
        metrics[metric].kind === "money" ? undefined : t(isUnripe(filter, today, metric) ? "bandUnripe" : "band")
      }
      file={{ block: "days", filter }}
      table={{ isShown: isTable, onChange: setTable }}
      hasPicture
      aside={
        <>
          {measure === "cost" || measure === "value" ? null : (
            <Button variant="quiet" size="dense" onClick={() => onOpen(measure)}>
              {t("showMessages")}
            </Button>
          )}
          <Segmented
            aria-label={t("trendOf")}
            isDense
            value={metric}
            onValueChange={onChoose}
            options={shown.map((value) => ({ value, label: t(`tabs.${value}`) }))}
          />
        </>
      }
    >
      <div className="px-4 pb-3">
        {isTable ? (
          <ScrollArea as="div" className="h-54 overflow-y-auto" aria-label={title}>
            <CountTable
              caption={title}
              head={[t(isByHour ? "hour" : "day"), t(`metrics.${metric}`), t("rangeHead"), t("countsHead")]}
              rows={rows.map((row) => ({
                id: `${row.day} ${row.hour}`,
                cells: [
                  nameOf(row, { day: "numeric", month: "short", year: "numeric" }),
                  row.value === null ? t("none") : say(row.value),
                  row.low === null || row.high === null
                    ? t("none")
                    : t("range", { low: say(row.low), high: say(row.high) }),
                  made(row),
                ],
              }))}
            />
          </ScrollArea>
        ) : (
          <CourseChart
            points={rows}
            tickAt={(index) =>
              index % every === 0 && index + every / 2 <= rows.length
                ? nameOf(rows[index], { day: "numeric", month: "short" })
                : index === rows.length - 1
                  ? nameOf(rows[index], { day: "numeric", month: "short" })
                  : null
            }
            formatValue={say}
            formatTick={(value) => (metric === "sent" ? say(value) : words.tick(metric, value))}
            nowLabel={t("thisPeriod")}
            beforeLabel={t("previous")}
            tellAt={tell}
            label={title}
          />
        )}
      </div>
    </Block>
  );
}
