"use client";

import {
  CircleCheck,
  CircleMinus,
  CircleX,
  Hourglass,
  type LucideIcon,
  Minus,
  ShieldAlert,
  ShieldCheck,
  ShieldQuestion,
} from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useArmName } from "#components/experiment-words/use-arm-name.ts";
import { useFigures, useMetricName, useWindowWords } from "#components/experiment-words/use-figures.ts";
import { Card } from "#components/ui/card.tsx";
import { cn } from "#components/ui/cn.ts";
import { IntervalAxis, IntervalBar, type IntervalTone } from "#components/ui/interval-bar.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import { axisReach } from "./axis-reach.ts";
import { BehindNumber } from "./behind-sheet.tsx";
import { EvenedOut } from "./evened-out.tsx";
import type { ArmReading, Experiment, Metric, Result, Variant, View } from "./experiment.ts";
import { shapeOf } from "./use-verdict-words.ts";

/** Every metric of the plan, one row for each variant: rates, p and chance, the interval on one axis, and how it reads. */
export function MetricsCard({ experiment, result }: { experiment: Experiment; result: Result }) {
  const t = useTranslations("experiments.table");
  const figures = useFigures(result.currency);
  const armName = useArmName(experiment);
  const [view, setView] = useState<View>("lift");
  const isWithheld = result.verdict.state === "unhealthy";
  const { plan, arms } = experiment;
  const several = arms.length > 2;
  const reach = axisReach(result.metrics, view, plan.lift);
  return (
    <Card aria-label={t("label")} className="overflow-hidden">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
        <h2 className="font-semibold text-base">{t("title")}</h2>
        <span className="inline-flex items-center gap-1.5 text-secondary text-xs">
          <span aria-hidden className="flex flex-col gap-0.5">
            <span className="h-1.5 w-0.5 bg-ink" />
            <span className="h-1.5 w-0.5 bg-ink" />
          </span>
          {t("worth")}
        </span>
        <span className="flex-1" />
        {isWithheld ? (
          <span className="font-medium text-danger text-xs">{t("withheld")}</span>
        ) : (
          <span className="text-secondary text-xs max-xl:order-last max-xl:basis-full">
            {t(`engine.${plan.method}`)}
          </span>
        )}
        <Segmented
          isDense
          aria-label={t("view")}
          value={view}
          onValueChange={setView}
          options={[
            { value: "lift", label: t("lift") },
            { value: "difference", label: t("difference") },
          ]}
        />
      </div>
      <fieldset disabled={isWithheld} className={cn("min-w-0 overflow-x-auto", isWithheld && "opacity-45")}>
        <table className="w-full min-w-[840px] border-collapse max-xl:[&_td]:px-2.5! max-xl:[&_th]:px-2.5! max-xl:[&_th:first-child]:pl-4! max-xl:[&_td:last-child]:pr-4! text-left text-sm">
          <thead className="border-border border-y bg-sunken/60 text-secondary text-xs">
            <tr className="[&>th]:h-7 xl:[&>th]:whitespace-nowrap [&>th]:px-4 [&>th]:font-medium">
              <th scope="col">{t("metric")}</th>
              <th scope="col" className="text-right">
                <span className="inline-block max-w-36 truncate align-bottom">{armName(arms[0]?.id)}</span>{" "}
                <span className="font-normal">{t("baseline")}</span>
              </th>
              <th scope="col" className="text-right">
                {several ? (
                  t("variant")
                ) : (
                  <span className="inline-block max-w-36 truncate align-bottom">{armName(arms[1]?.id)}</span>
                )}
              </th>
              <th scope="col" className="text-right">
                {t("pAndChance")}
              </th>
              <th scope="col" className="w-[20%] min-w-28 xl:w-[27%] xl:min-w-60">
                <IntervalAxis
                  reach={reach}
                  formatTick={view === "lift" ? figures.wholeLift : (value) => figures.points(value)}
                />
              </th>
              <th scope="col" className="text-right">
                {t(view === "lift" ? "liftColumn" : "differenceColumn", {
                  level: figures.percent(1 - plan.alpha, 0),
                  always: plan.method === "fixed" ? "no" : "yes",
                })}
              </th>
              <th scope="col">{t("reading")}</th>
            </tr>
          </thead>
          <tbody>
            {result.metrics.flatMap((metric, at) =>
              metric.variants.map((variant, nth) => (
                <Row
                  key={`${metric.metric.id} ${variant.arm}`}
                  {...{ experiment, result, metric, variant, view, reach }}
                  isSplitOff={nth === 0 && at > 0 && result.metrics[at - 1]?.role !== metric.role}
                  isFirst={nth === 0}
                />
              )),
            )}
          </tbody>
        </table>
      </fieldset>
      {isWithheld ? null : <EvenedOut {...{ experiment, result, view }} />}
    </Card>
  );
}

type RowProps = {
  experiment: Experiment;
  result: Result;
  metric: Metric;
  variant: Variant;
  view: View;
  reach: number;
  isSplitOff: boolean;
  isFirst: boolean;
};

function Row({ experiment, result, metric, variant, view, reach, isSplitOff, isFirst }: RowProps) {
  const t = useTranslations("experiments.table");
  const figures = useFigures(result.currency);
  const metricName = useMetricName();
  const windowWords = useWindowWords();
  const armName = useArmName(experiment);
  const shape = shapeOf(metric);
  const [before, after] = [metric.arms[0], metric.arms.find(({ arm }) => arm === variant.arm)];
  const reading = readingOf(metric, variant, { experiment, result });
  const isBandit = experiment.plan.method === "bandit" && metric.role === "primary";
  // Its people follow the better arm, which bends a test of two arms: what it is sure of are the chances of its own updates.
  const chance = isBandit ? (result.weights.at(-1)?.chances?.[variant.arm] ?? null) : variant.chance;
  const limits = isBandit ? ([null, null] as const) : view === "lift" ? variant.liftCi : variant.ci;
  const point = isBandit ? null : view === "lift" ? variant.lift : variant.difference;
  const tell = (value: number) => (view === "lift" ? figures.lift(value) : figures.difference(value, shape));
  const [low, high] = limits;
  const range = low === null || high === null ? null : t("to", { low: tell(low), high: tell(high) });
  const canDraw = view === "lift" || metric.metric.kind === "rate";
  const worth = view === "lift" ? experiment.plan.lift : experiment.plan.lift * experiment.plan.baseRate;
  return (
    <tr
      data-testid="metric"
      data-metric={metric.metric.id}
      data-reading={reading.key}
      className={cn(
        "border-border border-t align-top [&>td]:px-4 [&>td]:py-1 [&>th]:px-4 [&>th]:py-1",
        isSplitOff && "border-border-strong",
      )}
    >
      <th scope="row" className="min-w-36 font-normal">
        {isFirst ? <span className="block font-medium">{metricName(metric.metric)}</span> : null}
        <span className="block text-secondary text-xs">
          {[
            ...(experiment.arms.length > 2 ? [armName(variant.arm)] : []),
            t(`roles.${metric.role}`),
            metric.metric.better === "lower"
              ? t("lowerIsBetter")
              : t("within", { window: windowWords(metric.windowHours) }),
          ].join(" · ")}
        </span>
      </th>
      <Value arm={before} metric={metric} result={result} />
      <Value arm={after} metric={metric} result={result} />
      <td className="tabular text-right">
        <span className="block">{variant.pAdjusted === null || isBandit ? "–" : figures.p(variant.pAdjusted)}</span>
        <span className="block text-secondary text-xs">{chance === null ? "–" : figures.chance(chance)}</span>
      </td>
      <td>
        {canDraw ? (
          <IntervalBar
            low={low}
            high={high}
            point={point}
            reach={reach}
            worth={metric.role === "primary" ? worth : null}
            tone={reading.bar}
            label={range ? t("interval", { point: point === null ? "–" : tell(point), range }) : t("noInterval")}
          />
        ) : null}
      </td>
      <td className="tabular text-right">
        <Tooltip text={<Method variant={variant} metric={metric} experiment={experiment} />}>
          <button type="button" className="w-full rounded-xs text-right">
            <span className="block font-medium">
              {point === null ? (isBandit ? "–" : t("seeDifference")) : tell(point)}
            </span>
            <span className="block text-secondary text-xs">{range ?? (isBandit ? t("noLiftOfBandit") : null)}</span>
          </button>
        </Tooltip>
      </td>
      <td>
        <span className={cn("flex items-center gap-1.5 pt-2 xl:whitespace-nowrap", reading.ink)}>
          <reading.icon aria-hidden className="size-4 shrink-0" />
          {t(`readings.${reading.key}`)}
        </span>
      </td>
    </tr>
  );
}

function Value({ arm, metric, result }: { arm: ArmReading | undefined; metric: Metric; result: Result }) {
  const t = useTranslations("experiments.table");
  const figures = useFigures(result.currency);
  const metricName = useMetricName();
  const shape = shapeOf(metric);
  const { kind, isMoney, currency } = shape;
  const sum = (value: number) => (isMoney ? figures.money(value, currency) : figures.count(value));
  return (
    <td className="tabular text-right">
      <span className="block">
        <BehindNumber
          behind={{
            ...{ arm: arm?.arm ?? "", metric: metric.metric.id, place: "table", name: metricName(metric.metric) },
            ...(kind !== "rate" && { tells: { kind, isMoney, currency } }),
          }}
          people={arm?.sum ? arm.n : 0}
        >
          {figures.value(arm?.value ?? null, shape)}
        </BehindNumber>
      </span>
      <span className="block whitespace-nowrap text-secondary text-xs">
        {kind === "mean"
          ? t("people", { n: figures.count(arm?.n ?? 0) })
          : `${sum(arm?.sum ?? 0)} / ${figures.count(arm?.over ?? arm?.n ?? 0)}`}
      </span>
    </td>
  );
}

/** How the numbers of a row came about, for whoever has to defend them. */
function Method({ variant, metric, experiment }: { variant: Variant; metric: Metric; experiment: Experiment }) {
  const t = useTranslations("experiments.table");
  return (
    <span className="block space-y-0.5 py-0.5">
      <span className="block">{t(`methods.${variant.method}`)}</span>
      <span className="block">{t(`corrections.${metric.role}`, { arms: experiment.arms.length })}</span>
      <span className="block">{t("denominator")}</span>
      <span className="block">{t("chanceHelp")}</span>
    </span>
  );
}

type ReadingKey = "better" | "worse" | "undecided" | "early" | "seen" | "not-ruled-out" | "ruled-out" | "neither";
type Look = { key: ReadingKey; icon: LucideIcon; ink: string; bar: IntervalTone };

const looks: Record<ReadingKey, Omit<Look, "key">> = {
  better: { icon: CircleCheck, ink: "text-success", bar: "success" },
  worse: { icon: CircleX, ink: "text-danger", bar: "danger" },
  undecided: { icon: Minus, ink: "text-secondary", bar: "neutral" },
  early: { icon: Hourglass, ink: "text-secondary", bar: "neutral" },
  seen: { icon: ShieldAlert, ink: "text-danger", bar: "danger" },
  "not-ruled-out": { icon: ShieldQuestion, ink: "text-warning", bar: "neutral" },
  "ruled-out": { icon: ShieldCheck, ink: "text-success", bar: "neutral" },
  neither: { icon: CircleMinus, ink: "text-secondary", bar: "neutral" },
};

function readingOf(
  { role, metric, arms }: Metric,
  { arm, standing, harm, ci, pAdjusted }: Variant,
  { experiment, result }: { experiment: Experiment; result: Result },
): Look {
  // An adjusted p of 1 has no interval either, and says all the same that nothing tells the arms apart.
  const isEarly = arms.some(({ n }) => n === 0) || (ci[0] === null && pAdjusted !== 1);
  const key: ReadingKey = isEarly
    ? "early"
    : metric.better === "neither"
      ? "neither"
      : role === "guardrail"
        ? (harm ?? "not-ruled-out")
        : experiment.plan.method === "bandit" && role === "primary"
          ? banditReading(arm, experiment, result)
          : standing === "won"
            ? "better"
            : standing === "lost"
              ? "worse"
              : "undecided";
  return { key, ...looks[key] };
}

/** A bandit compares all arms at once: one of them is the best, or none is yet. */
function banditReading(arm: string, { arms }: Experiment, { verdict }: Result): ReadingKey {
  if (verdict.state === "rollback") return "worse";
  return verdict.state === "ship" && arms[verdict.arm]?.id === arm ? "better" : "undecided";
}
