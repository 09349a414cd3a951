"use client";

import { CircleCheck, CircleDashed, type LucideIcon, ShieldAlert, ShieldQuestion } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useFigures } from "#components/experiment-words/use-figures.ts";
import { Card } from "#components/ui/card.tsx";
import { cn } from "#components/ui/cn.ts";
import { type Experiment, type Metric, primaryOf, type Result } from "./experiment.ts";
import { NumberSharesButton } from "./number-shares.tsx";
import { shapeOf } from "./use-verdict-words.ts";

type Reading = { tone: "good" | "bad" | "open"; words: string };
const icons: Record<Reading["tone"], LucideIcon> = { good: CircleCheck, bad: ShieldAlert, open: ShieldQuestion };
const inks: Record<Reading["tone"], string> = { good: "text-success", bad: "text-danger", open: "text-warning" };

/** Whether the numbers can be trusted: shares, ripeness, delivery and the guardrail that is always on. */
export function HealthStrip({ experiment, result }: { experiment: Experiment; result: Result }) {
  const t = useTranslations("experiments.health");
  return (
    <Card
      aria-label={t("label")}
      className="grid divide-y divide-border sm:grid-cols-2 sm:divide-y-0 lg:grid-cols-4 lg:divide-x [&>*]:border-border sm:max-lg:[&>*:nth-child(-n+2)]:border-b"
    >
      <Shares experiment={experiment} result={result} />
      <Ripe result={result} />
      <Gap metric={result.metrics.find(({ metric }) => metric.id === "failed")} result={result} name="delivery" />
      <Gap metric={result.metrics.find(({ metric }) => metric.id === "opt-out")} result={result} name="optOuts" />
    </Card>
  );
}

type CellProps = { name: string; reading?: Reading | null; value: ReactNode; evidence: ReactNode; more?: ReactNode };

function Cell({ name, reading, value, evidence, more }: CellProps) {
  const Icon = reading ? icons[reading.tone] : CircleDashed;
  return (
    <div className="min-w-0 px-4 py-2.5">
      <div className="flex items-center justify-between gap-3 text-secondary text-xs">
        <span className="truncate">{name}</span>
        {reading ? (
          <span className={cn("inline-flex shrink-0 items-center gap-1 font-medium", inks[reading.tone])}>
            <Icon aria-hidden className="size-3.5" />
            {reading.words}
          </span>
        ) : null}
      </div>
      <p className="tabular mt-0.5 truncate font-semibold text-base">{value}</p>
      <p className="truncate text-secondary text-xs" title={typeof evidence === "string" ? evidence : undefined}>
        {evidence}
      </p>
      {more}
    </div>
  );
}

function Shares({ experiment, result }: { experiment: Experiment; result: Result }) {
  const t = useTranslations("experiments.health");
  const figures = useFigures(result.currency);
  const { shares, strays } = result;
  const isSick = shares.status === "mismatch";
  const isOpen = shares.status === "not-enough-data" || shares.status === "not-applicable";
  const reading: Reading = isSick
    ? { tone: "bad", words: t("shares.bad") }
    : { tone: isOpen ? "open" : "good", words: t(isOpen ? "shares.open" : "shares.good") };
  const planned = experiment.arms.map(({ weight }) => figures.count(weight)).join(" / ");
  const p = shares.p === null ? t("shares.noTest") : t("shares.p", { p: figures.p(shares.p) });
  return (
    <Cell
      name={t("shares.name")}
      reading={reading}
      value={shares.arms.map(({ seen }) => figures.count(seen)).join(` ${t("versus")} `)}
      evidence={[
        // A bandit's shares move each day: what is held against is what its weights drew on each.
        result.weights.length > 0 ? t("shares.moved") : t("shares.planned", { shares: planned }),
        p,
        ...(shares.daysSeen > 0 ? [t("shares.daysSeen", { count: shares.daysSeen })] : []),
        ...(strays > 0 ? [t("shares.strays", { count: strays })] : []),
      ].join(" · ")}
      more={<NumberSharesButton experiment={experiment} result={result} />}
    />
  );
}

function Ripe({ result }: { result: Result }) {
  const t = useTranslations("experiments.health");
  const figures = useFigures(result.currency);
  const primary = primaryOf(result);
  const ripe = primary?.arms.reduce((sum, { n }) => sum + n, 0) ?? 0;
  const { assigned } = result;
  const share = assigned === 0 ? 0 : ripe / assigned;
  return (
    <Cell
      name={t("ripe.name", { days: Math.ceil((primary?.windowHours ?? 24) / 24) })}
      reading={{ tone: share >= 0.5 ? "good" : "open", words: figures.percent(share, 0) }}
      value={t("ripe.value", { ripe: figures.count(ripe), all: figures.count(assigned) })}
      evidence={assigned === ripe ? t("ripe.all") : t("ripe.open", { count: assigned - ripe })}
    />
  );
}

/** The widest difference of the variants to the baseline in what must not get worse. */
function Gap({ metric, result, name }: { metric: Metric | undefined; result: Result; name: "delivery" | "optOuts" }) {
  const t = useTranslations("experiments.health");
  const figures = useFigures(result.currency);
  const worst = metric?.variants.toSorted((a, b) => Math.abs(b.difference ?? 0) - Math.abs(a.difference ?? 0))[0];
  if (!metric || !worst || worst.difference === null)
    return <Cell name={t(`${name}.name`)} value="–" evidence={t(metric ? "nobody" : "notWatched")} />;
  const [low, high] = worst.ci;
  const shape = shapeOf(metric);
  const tone = worst.harm === "seen" ? "bad" : worst.harm === "ruled-out" ? "good" : "open";
  return (
    <Cell
      name={t(`${name}.name`)}
      reading={{ tone, words: t(`${name}.${tone}`) }}
      value={figures.difference(worst.difference, shape)}
      evidence={
        low === null || high === null
          ? t("noInterval")
          : t("between", {
              low: figures.difference(low, shape),
              high: figures.difference(high, shape),
              limit: figures.difference(metric.margin ?? 0, shape),
            })
      }
    />
  );
}
