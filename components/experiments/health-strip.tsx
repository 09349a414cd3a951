"use client";

import { useTranslations } from "use-intl";
import { useFigures } from "#components/experiment-words/use-figures.ts";
import { Card } from "#components/ui/card.tsx";
import { cn } from "#components/ui/cn.ts";
import { BalanceCell, BalanceWarning } from "./balance-cell.tsx";
import { type Experiment, type Metric, primaryOf, type Result } from "./experiment.ts";
import { HealthCell, type HealthReading } from "./health-cell.tsx";
import { NumberSharesButton } from "./number-shares.tsx";
import { shapeOf } from "./use-verdict-words.ts";

/** Whether the numbers can be trusted: shares, ripeness, delivery and the guardrail that is always on. */
export function HealthStrip({ experiment, result }: { experiment: Experiment; result: Result }) {
  const t = useTranslations("experiments.health");
  return (
    <>
      <Card
        aria-label={t("label")}
        className={cn(
          "grid divide-y divide-border sm:grid-cols-6 sm:divide-y-0 xl:grid-cols-5 xl:divide-x [&>*]:border-border",
          // Where five have no room beside each other there are three above two.
          "sm:max-xl:[&>*]:col-span-2 sm:max-xl:[&>*:nth-child(n+4)]:col-span-3 sm:max-xl:[&>*:nth-child(-n+3)]:border-b",
          "sm:max-xl:[&>*:nth-child(2)]:border-l sm:max-xl:[&>*:nth-child(3)]:border-l sm:max-xl:[&>*:nth-child(5)]:border-l",
        )}
      >
        <Shares experiment={experiment} result={result} />
        <BalanceCell experiment={experiment} result={result} />
        <Ripe result={result} />
        <Gap metric={result.metrics.find(({ metric }) => metric.id === "failed")} result={result} name="delivery" />
        <Gap metric={result.metrics.find(({ metric }) => metric.id === "opt-out")} result={result} name="optOuts" />
      </Card>
      <BalanceWarning experiment={experiment} result={result} />
    </>
  );
}

function Shares({ experiment, result }: { experiment: Experiment; result: Result }) {
  const t = useTranslations("experiments.health");
  const figures = useFigures(result.currency);
  const { shares, strays } = result;
  const isSick = shares.status === "mismatch";
  const isOpen = shares.status === "not-enough-data" || shares.status === "not-applicable";
  const reading: HealthReading = isSick
    ? { tone: "bad", words: t("shares.bad") }
    : { tone: isOpen ? "open" : "good", words: t(isOpen ? "shares.open" : "shares.good") };
  const planned = experiment.arms.map(({ weight }) => figures.count(weight)).join(" / ");
  const p = shares.p === null ? t("shares.noTest") : t("shares.p", { p: figures.p(shares.p) });
  return (
    <HealthCell
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
    <HealthCell
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
    return <HealthCell name={t(`${name}.name`)} value="–" evidence={t(metric ? "nobody" : "notWatched")} />;
  const [low, high] = worst.ci;
  const shape = shapeOf(metric);
  const tone = worst.harm === "seen" ? "bad" : worst.harm === "ruled-out" ? "good" : "open";
  return (
    <HealthCell
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
