"use client";

import { useTranslations } from "use-intl";
import { useArmName } from "#components/experiment-words/use-arm-name.ts";
import { useFigures, useMetricName } from "#components/experiment-words/use-figures.ts";
import { metricIds, metrics } from "#flow/metric.ts";
import type { Experiment, Metric, Result, Variant, View } from "./experiment.ts";
import { shapeOf } from "./use-verdict-words.ts";

/** Less than this is nothing that one would read. */
const leastReduction = 0.001;
/** What messages tell is looked at over all flows: before the assignment this one had sent none. */
const isOfMessages = (id: string): boolean => metricIds.some((one) => one === id && metrics[one].isOfMessages);

/**
 * The same comparisons evened out by what people did in the days before they were assigned (CUPED): a second, mostly narrower reading that
 * decides nothing, with what it was evened out by and how much of the variance that explains.
 */
export function EvenedOut({ experiment, result, view }: { experiment: Experiment; result: Result; view: View }) {
  const t = useTranslations("experiments.evenedOut");
  const rows = result.metrics.flatMap((metric) =>
    metric.variants.flatMap((variant) =>
      (variant.evenedOut?.varianceReduction ?? 0) >= leastReduction ? [{ metric, variant }] : [],
    ),
  );
  return (
    <section aria-label={t("title")} data-testid="evened-out" className="border-border border-t px-4 py-2 text-xs">
      <p className="text-secondary">
        <span className="font-medium text-ink">{t("title")}</span> · {t(rows.length > 0 ? "about" : "nothing")}
      </p>
      {rows.length > 0 ? (
        <ul className="mt-1 space-y-1">
          {rows.map(({ metric, variant }) => (
            <li key={`${metric.metric.id} ${variant.arm}`} className="flex flex-wrap items-baseline gap-x-3">
              <Line {...{ experiment, result, metric, variant, view }} />
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

type LineProps = { experiment: Experiment; result: Result; metric: Metric; variant: Variant; view: View };

function Line({ experiment, result, metric, variant, view }: LineProps) {
  const t = useTranslations("experiments.evenedOut");
  const table = useTranslations("experiments.table");
  const figures = useFigures(result.currency);
  const metricName = useMetricName();
  const armName = useArmName(experiment);
  const { evenedOut } = variant;
  if (!evenedOut) return null;
  const { lift, liftCi, difference, ci, varianceReduction } = evenedOut;
  const isLift = view === "lift" && lift !== null && liftCi[0] !== null;
  const tell = (value: number) => (isLift ? figures.lift(value) : figures.difference(value, shapeOf(metric)));
  const [low, high] = isLift ? liftCi : ci;
  const name = metricName(metric.metric);
  return (
    <>
      <span className="min-w-36 font-medium">
        {[name, ...(experiment.arms.length > 2 ? [armName(variant.arm)] : [])].join(" · ")}
      </span>
      <span className="tabular">
        <span className="font-medium">{tell(isLift ? (lift ?? 0) : difference)}</span>{" "}
        <span className="text-secondary">
          {low === null || high === null ? null : table("to", { low: tell(low), high: tell(high) })}
        </span>
      </span>
      <span className="text-secondary">
        {t(isOfMessages(metric.metric.id) ? "byMessages" : "by", { metric: name })}{" "}
        {t("reduction", {
          share: figures.percent(varianceReduction, varianceReduction < 0.1 ? 1 : 0),
          people: figures.percent(1 / (1 - varianceReduction) - 1, varianceReduction < 0.1 ? 1 : 0),
        })}
      </span>
    </>
  );
}
