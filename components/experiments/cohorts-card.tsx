"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { useArmName } from "#components/experiment-words/use-arm-name.ts";
import { useFigures, useMetricName } from "#components/experiment-words/use-figures.ts";
import { Card, CardBody, CardHeader, CardTitle } from "#components/ui/card.tsx";
import { cn } from "#components/ui/cn.ts";
import { Segmented } from "#components/ui/segmented.tsx";
import { type Experiment, primaryOf, type Result, spokenArm } from "./experiment.ts";

/** More columns would be too narrow to read: a longer window is told in steps. */
const mostColumns = 8;

/** Who came in which week, and how many of them had done it after so many days. What they have not had the time for is hatched. */
export function CohortsCard({ experiment, result }: { experiment: Experiment; result: Result }) {
  const t = useTranslations("experiments.cohorts");
  const figures = useFigures(result.currency);
  const metricName = useMetricName();
  const armName = useArmName(experiment);
  const [chosen, setChosen] = useState<string | null>(null);
  const primary = primaryOf(result);
  if (result.cohorts.length === 0 || !primary) return null;
  const arm = chosen ?? spokenArm(result, experiment.arms);
  const rows = result.cohorts.filter((row) => row.arm === arm);
  const days = Math.max(0, ...rows.map(({ byDay }) => byDay.length));
  const step = Math.ceil(days / mostColumns);
  const columns = Array.from({ length: Math.ceil(days / step) }, (_, nth) => Math.min(days, (nth + 1) * step));
  const shareOf = (row: (typeof rows)[number], day: number) =>
    row.people > 0 ? (row.byDay[day - 1] ?? 0) / row.people : 0;
  const top = Math.max(0.0001, ...rows.map((row) => shareOf(row, days)));
  return (
    <Card aria-label={t("title")} className="min-w-0">
      <CardHeader className="flex-wrap">
        <div className="min-w-0">
          <CardTitle>{t("title")}</CardTitle>
          <p className="text-secondary text-xs">{t("help", { metric: metricName(primary.metric) })}</p>
        </div>
        <Segmented
          isDense
          aria-label={t("arm")}
          value={arm}
          onValueChange={setChosen}
          options={experiment.arms.map(({ id }) => ({ value: id, label: armName(id) }))}
        />
      </CardHeader>
      <CardBody className="overflow-x-auto">
        <table className="w-full min-w-120 border-separate border-spacing-0.5 text-xs">
          <caption className="sr-only">{t("title")}</caption>
          <thead className="text-secondary">
            <tr>
              <th scope="col" className="pr-3 text-left font-medium">
                {t("week")}
              </th>
              <th scope="col" className="pr-3 text-right font-medium">
                {t("people")}
              </th>
              {columns.map((day) => (
                <th key={day} scope="col" className="px-1 text-center font-medium">
                  {t("day", { day })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.week}>
                <th scope="row" className="whitespace-nowrap pr-3 text-left font-normal">
                  {t("weekOf", { day: figures.day(row.week) })}
                </th>
                <td className="tabular pr-3 text-right">{figures.count(row.people)}</td>
                {columns.map((day) => {
                  const isOpen = day > row.maturedDays;
                  const share = shareOf(row, day);
                  const words = isOpen
                    ? t("open")
                    : `${figures.count(row.byDay[day - 1] ?? 0)} / ${figures.count(row.people)}`;
                  return (
                    <td
                      key={day}
                      title={words}
                      className="relative h-7 min-w-12 overflow-hidden rounded-sm text-center"
                    >
                      <span
                        aria-hidden
                        style={isOpen ? undefined : { opacity: 0.08 + 0.32 * Math.min(1, share / top) }}
                        className={cn("absolute inset-0", isOpen ? "hatched opacity-70" : "bg-accent")}
                      />
                      <span className={cn("tabular relative", isOpen && "text-tertiary")}>
                        {isOpen ? <span className="sr-only">{t("open")}</span> : figures.percent(share, 1)}
                      </span>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
        <p className="mt-2 flex items-center gap-1.5 text-secondary text-xs">
          <span aria-hidden className="hatched size-3 rounded-xs" />
          {t("openHelp")}
        </p>
      </CardBody>
    </Card>
  );
}
