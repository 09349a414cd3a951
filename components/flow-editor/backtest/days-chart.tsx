"use client";

import { useFormatter, useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import { type Purpose, purposes } from "#flow/graph.ts";

type DaysChartProps = {
  /** Workspace days with messages, oldest first. */
  days: readonly (readonly [day: string, purpose: Purpose, messages: number])[];
  since: number;
  until: number;
};

const fills: Record<Purpose, string> = {
  fraud: "bg-[var(--people)]",
  transaction: "bg-[var(--trigger)]",
  service: "bg-accent",
  marketing: "bg-[var(--logic)]",
};

const dayMs = 86_400_000;

/** Messages by day, one bar a day with a band for each class. The same stands in words for who cannot see it. */
export function DaysChart({ days, since, until }: DaysChartProps) {
  const t = useTranslations("backtest");
  const format = useFormatter();
  const byDay = Map.groupBy(days, ([day]) => day);
  const dates = datesOf(since, until, [...byDay.keys()]);
  const sums = dates.map((day) => (byDay.get(day) ?? []).reduce((sum, [, , count]) => sum + count, 0));
  const most = Math.max(1, ...sums);
  const shown = purposes.filter((purpose) => days.some(([, each]) => each === purpose));
  const date = (day: string) =>
    format.dateTime(new Date(`${day}T12:00:00Z`), { day: "numeric", month: "short", timeZone: "UTC" });
  const words = (day: string) =>
    [date(day), ...(byDay.get(day) ?? []).map(([, purpose, count]) => t("ofClass", { count, purpose }))].join(", ");
  return (
    <figure>
      <div className="flex h-24 items-end gap-px rounded-lg border border-border bg-surface px-2 pt-2">
        {dates.map((day) => (
          <div key={day} title={words(day)} className="flex h-full min-w-0 flex-1 flex-col justify-end">
            {(byDay.get(day) ?? []).map(([, purpose, count]) => (
              <div
                key={purpose}
                className={cn("min-h-px", fills[purpose])}
                style={{ height: `${(count / most) * 100}%` }}
              />
            ))}
          </div>
        ))}
      </div>
      <div className="mt-1 flex justify-between text-secondary text-xs">
        <span>{date(dates[0] ?? "2026-01-01")}</span>
        <span>{t("mostADay", { count: most })}</span>
        <span>{date(dates.at(-1) ?? "2026-01-01")}</span>
      </div>
      <figcaption className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-xs">
        {shown.map((purpose) => (
          <span key={purpose} className="flex items-center gap-1.5 text-secondary">
            <span aria-hidden className={cn("size-2 rounded-full", fills[purpose])} />
            {t(`classes.${purpose}`)}
          </span>
        ))}
      </figcaption>
      <ul className="sr-only">
        {dates
          .filter((day) => byDay.has(day))
          .map((day) => (
            <li key={day}>{words(day)}</li>
          ))}
      </ul>
    </figure>
  );
}

/** Every day of the stretch, also those without a message. */
function datesOf(since: number, until: number, named: readonly string[]): string[] {
  const first = [isoDay(since), ...named].sort()[0] ?? isoDay(since);
  const last = [isoDay(until), ...named].sort().at(-1) ?? isoDay(until);
  const count = Math.round((Date.parse(last) - Date.parse(first)) / dayMs) + 1;
  return Array.from({ length: Math.min(400, count) }, (_, ahead) => isoDay(Date.parse(first) + ahead * dayMs));
}

const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);
