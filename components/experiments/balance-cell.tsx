"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { useArmName } from "#components/experiment-words/use-arm-name.ts";
import { useFigures, useMetricName } from "#components/experiment-words/use-figures.ts";
import { Callout } from "#components/ui/callout.tsx";
import type { Experiment, Result } from "./experiment.ts";
import { HealthCell } from "./health-cell.tsx";
import { shapeOf } from "./use-verdict-words.ts";

type Props = { experiment: Experiment; result: Result };

/** Whether the arms were alike before anybody was assigned, in all that they are compared by. */
export function BalanceCell({ experiment, result }: Props) {
  const t = useTranslations("experiments.health.balance");
  const health = useTranslations("experiments.health");
  const figures = useFigures(result.currency);
  const metricName = useMetricName();
  const armName = useArmName(experiment);
  const { status, pairs } = result.balance;
  const [worst] = pairs;
  const p = worst ? health("shares.p", { p: figures.p(worst.p) }) : "";
  if (status === "unbalanced" && worst)
    return (
      <HealthCell
        name={t("name")}
        reading={{ tone: "open", words: t("bad") }}
        value={figures.difference(worst.difference, shapeOf(worst))}
        evidence={[
          ...[metricName(worst.metric), armName(worst.arm), p],
          ...(worst.daysSeen > 0 ? [health("shares.daysSeen", { count: worst.daysSeen })] : []),
        ].join(" · ")}
      />
    );
  if (status === "ok")
    return (
      <HealthCell
        name={t("name")}
        reading={{ tone: "good", words: t("good") }}
        value={t("alike", { count: pairs.length })}
        evidence={t("smallest", { p })}
      />
    );
  return (
    <HealthCell
      name={t("name")}
      reading={status === "not-enough-data" ? { tone: "open", words: t("open") } : null}
      value="–"
      evidence={t(status)}
    />
  );
}

/** What was apart before, in words, where anything was. The verdict stays what it is. */
export function BalanceWarning({ experiment, result }: Props) {
  const t = useTranslations("experiments.health.balance");
  const figures = useFigures(result.currency);
  const metricName = useMetricName();
  const armName = useArmName(experiment);
  const apart = result.balance.pairs.filter(({ isUnbalanced }) => isUnbalanced);
  if (apart.length === 0) return null;
  return (
    <Callout tone="warning" icon={TriangleAlert} title={t("warning")}>
      <ul>
        {apart.map((pair) => (
          <li key={`${pair.metric.id} ${pair.arm}`}>
            {t("apart", {
              metric: metricName(pair.metric),
              ...{ arm: armName(pair.arm), baseline: armName(experiment.arms[0]?.id) },
              ...{
                value: figures.value(pair.before.variant, shapeOf(pair)),
                baseValue: figures.value(pair.before.baseline, shapeOf(pair)),
              },
              p: figures.p(pair.p),
            })}
          </li>
        ))}
      </ul>
      <p className="mt-1 text-secondary text-xs">{t("meaning")}</p>
    </Callout>
  );
}
