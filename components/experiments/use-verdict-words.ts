"use client";

import { useTranslations } from "use-intl";
import { useArmName } from "#components/experiment-words/use-arm-name.ts";
import { useFigures, useMetricName } from "#components/experiment-words/use-figures.ts";
import { type Experiment, type Metric, primaryOf, type Result, spokenArm } from "./experiment.ts";

/** The verdict as a sentence with both rates, and what one has to know beside it. */
export function useVerdictWords(experiment: Experiment, result: Result) {
  const t = useTranslations("experiments.verdict");
  const figures = useFigures(result.currency);
  const metricName = useMetricName();
  const armName = useArmName(experiment);
  const primary = primaryOf(result);
  const arm = spokenArm(result, experiment.arms);
  const baseline = experiment.arms[0]?.id ?? "";
  const toldOf = (id: string) => {
    const reading = primary?.arms.find((one) => one.arm === id);
    return primary && reading ? figures.value(reading.value, shapeOf(primary)) : "–";
  };
  const values = {
    arm: armName(arm),
    baseline: armName(baseline),
    metric: primary ? metricName(primary.metric) : "",
    value: toldOf(arm),
    baseValue: toldOf(baseline),
  };
  return { sentence: sentenceOf(), details: detailsOf() };

  function sentenceOf(): string {
    const { verdict } = result;
    switch (verdict.state) {
      case "not-enough":
        return t(`tooEarly.${verdict.missing}`);
      case "unhealthy":
        return t("withheld");
      case "ship":
        return t("better", values);
      case "rollback":
        return t(isHarmed(arm) && !isLost(arm) ? "harm" : "worse", values);
      case "review":
        return t(reviewed[verdict.reason], values);
      case "running":
        return t("noDifference", values);
    }
  }

  function detailsOf(): string[] {
    const variant = primary?.variants.find((one) => one.arm === arm);
    // What is withheld, or too early to be said, is not said in numbers either.
    if (!primary || !variant || result.verdict.state === "unhealthy" || result.verdict.state === "not-enough")
      return [];
    const { difference, liftCi, ci } = variant;
    const [low, high] = liftCi;
    return [
      ...(primary.metric.kind === "rate" && difference !== null
        ? [
            t("perThousand", {
              count: Math.round(Math.abs(difference) * 1_000),
              more: difference >= 0 ? "more" : "fewer",
            }),
          ]
        : []),
      ...(experiment.plan.method === "bandit"
        ? [t("noLiftOfBandit")]
        : low !== null && high !== null
          ? [t("liftBetween", { low: figures.lift(low), high: figures.lift(high) })]
          : ci[0] !== null && ci[1] !== null
            ? [
                t("differenceBetween", {
                  low: figures.difference(ci[0], shapeOf(primary)),
                  high: figures.difference(ci[1], shapeOf(primary)),
                }),
              ]
            : []),
      ...result.metrics.flatMap((metric) => guardrailWords(metric)),
    ];
  }

  function guardrailWords(metric: Metric): string[] {
    if (metric.role !== "guardrail") return [];
    const harm = metric.variants.find((one) => one.arm === arm)?.harm;
    if (!harm || harm === "ruled-out") return [];
    const margin = figures.difference(metric.margin ?? 0, shapeOf(metric));
    return [t(`guardrail.${harm}`, { metric: metricName(metric.metric), margin })];
  }

  function isLost(id: string): boolean {
    return primary?.variants.some((one) => one.arm === id && one.standing === "lost") ?? false;
  }

  function isHarmed(id: string): boolean {
    return result.metrics.some(({ variants }) => variants.some((one) => one.arm === id && one.harm === "seen"));
  }
}

const reviewed = { "several-winners": "several", "no-clear-winner": "noDifferenceAtEnd", weigh: "weigh" } as const;

export const shapeOf = ({ metric: { kind, isMoney, currency } }: { metric: Metric["metric"] }) => ({
  kind,
  isMoney,
  currency,
});
