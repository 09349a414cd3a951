"use client";

import { ArrowDown, ArrowUp, Minus } from "lucide-react";
import { useTranslations } from "use-intl";
import { useMetricWords } from "#components/message-figures/use-metric-words.ts";
import { Card } from "#components/ui/card.tsx";
import { cn } from "#components/ui/cn.ts";
import { Tooltip } from "#components/ui/tooltip.tsx";
import type { MetricId } from "#flow/metric.ts";
import type { Judged } from "#server/dashboard/judge-metric.ts";
import type { Course } from "#server/dashboard/read-course.ts";
import { changeTone } from "./change-tone.ts";
import { isTooYoung } from "./ripeness.ts";
import type { Filter } from "./use-dashboard-filter.ts";

const shown = [
  "sent",
  "delivered",
  "read",
  "click",
  "reply",
  "conversion",
  "cost-per-conversion",
  "csat",
  "opt-out",
] as const satisfies MetricId[];

type KpiStripProps = {
  course: Course;
  filter: Filter;
  today: string;
  current: MetricId;
  onChoose: (metric: MetricId) => void;
};

/** The nine numbers of the head. Each is a button that sets what the trend shows. */
export function KpiStrip({ course, filter, today, current, onChoose }: KpiStripProps) {
  const t = useTranslations("dashboard");
  return (
    <Card
      aria-label={t("kpis")}
      className="grid grid-cols-2 overflow-hidden [&>*]:border-border [&>*]:border-r [&>*]:border-b sm:grid-cols-3 xl:grid-cols-[1.05fr_1fr_1fr_1fr_0.95fr_1fr_1.12fr_1.3fr_1fr] xl:[&>*]:border-b-0 xl:[&>*:last-child]:border-r-0"
    >
      {shown.map((metric) => (
        <Cell
          key={metric}
          judged={course.metrics[metric]}
          course={course}
          isCurrent={metric === current}
          isTooYoung={isTooYoung(filter, today, metric)}
          onChoose={() => onChoose(metric)}
        />
      ))}
    </Card>
  );
}

/** Characters that fit a ninth of the page in large; "≥ 0,0417 $US" does not. */
const longest = 10;

type CellProps = { judged: Judged; course: Course; isCurrent: boolean; isTooYoung: boolean; onChoose: () => void };

function Cell({ judged, course, isCurrent, isTooYoung: isYoung, onChoose }: CellProps) {
  const t = useTranslations("dashboard");
  const words = useMetricWords(course.currency);
  const { metric, numerator, denominator } = judged;
  const isMoney = metric === "cost-per-conversion";
  const unpriced = isMoney && course.sums.unpriced > 0 ? ` · ${t("unpriced", { count: course.sums.unpriced })}` : "";
  const headline = isMoney ? words.costHeadline(judged, course.sums) : words.headline(judged);
  const made = t("madeOf", {
    x: isMoney ? words.amount(numerator) : words.count(numerator),
    n: words.count(denominator ?? 0),
    of: t(`denominators.${metric}`),
  });
  return (
    <Tooltip text={`${made}${unpriced}`} side="bottom">
      <button
        type="button"
        aria-pressed={isCurrent}
        onClick={onChoose}
        className={cn(
          "group relative flex min-w-0 flex-col px-3.5 pt-3 pb-2.5 text-left transition-colors hover:bg-hover focus-visible:-outline-offset-2",
          isCurrent && "bg-sunken/60",
        )}
      >
        {isCurrent ? <span aria-hidden className="absolute inset-x-0 top-0 h-0.5 bg-accent" /> : null}
        <span className="truncate text-secondary text-xs">{t(`metrics.${metric}`)}</span>
        <span
          className={cn(
            "tabular mt-0.5 truncate font-semibold",
            headline.length > longest ? "text-h2 leading-7" : "text-h1",
          )}
        >
          {headline}
        </span>
        <span className="tabular truncate text-secondary text-xs">{words.range(judged)}</span>
        {isYoung ? (
          <span className="mt-1 text-secondary text-xs">{t("mayRise")}</span>
        ) : (
          <ChangeWords judged={judged} course={course} />
        )}
      </button>
    </Tooltip>
  );
}

function ChangeWords({ judged, course }: { judged: Judged; course: Course }) {
  const t = useTranslations("dashboard");
  const words = useMetricWords(course.currency);
  const change = words.change(judged);
  const { change: moved, metric } = judged;
  if (!change || !moved) {
    return <span className="mt-1 text-secondary text-xs">{t("noBefore")}</span>;
  }
  // Volume has no range: it is a fact that it went up or down.
  const isFact = metric === "sent";
  const Icon = !moved.isClear && !isFact ? Minus : moved.amount > 0 ? ArrowUp : moved.amount < 0 ? ArrowDown : Minus;
  return (
    <span className="tabular mt-1 text-xs">
      <span className={cn("flex items-center gap-1 font-medium", changeTone(moved.isGood))}>
        <Icon aria-hidden className="size-3 shrink-0" />
        <span className="truncate">{change.amount}</span>
      </span>
      <span className="block truncate text-secondary">
        {isFact ? t("before", { count: words.count(course.sentBefore) }) : change.range}
      </span>
    </span>
  );
}
