"use client";

import { useTranslations } from "use-intl";
import { useArmName } from "#components/experiment-words/use-arm-name.ts";
import { useFigures } from "#components/experiment-words/use-figures.ts";
import { Card, CardBody, CardHeader, CardTitle } from "#components/ui/card.tsx";
import { StackedArea } from "#components/ui/stacked-area.tsx";
import type { Experiment, Result } from "./experiment.ts";

const inks = ["text-tertiary", "text-accent", "text-teal", "text-warning", "text-logic", "text-people"] as const;

/** How a bandit has moved people, and how likely each arm is the best. */
export function WeightsCard({ experiment, result }: { experiment: Experiment; result: Result }) {
  const t = useTranslations("experiments.weights");
  const figures = useFigures(result.currency);
  const armName = useArmName(experiment);
  const { weights } = result;
  const last = weights.at(-1);
  if (experiment.plan.method !== "bandit") return null;
  const drawn = experiment.arms.map(({ id, weight }) => ({
    id,
    values: [weight, ...weights.map((one) => one.weights[id] ?? 0)],
  }));
  return (
    <Card aria-label={t("title")} className="min-w-0">
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <span className="text-secondary text-xs">{t("updates", { count: weights.length })}</span>
      </CardHeader>
      <CardBody>
        {last ? (
          <>
            <StackedArea
              series={drawn.map(({ id, values }, at) => ({
                id,
                values,
                label: `${armName(id).slice(0, 14)} ${figures.percent((values.at(-1) ?? 0) / 100, 0)}`,
                className: inks[at % inks.length] ?? "text-accent",
              }))}
              limit={null}
              ticks={[]}
              formatValue={(value) => figures.percent(value / 100, 0)}
              label={t("label")}
            />
            <ul className="mt-2 space-y-1 text-sm">
              {experiment.arms.map(({ id }) => (
                <li key={id} className="flex justify-between gap-3">
                  <span className="truncate">{armName(id)}</span>
                  <span className="tabular text-secondary">
                    {t("chance", { chance: figures.chance(last.chances?.[id] ?? 0) })}
                  </span>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p className="text-secondary text-sm">{t("frozen")}</p>
        )}
      </CardBody>
    </Card>
  );
}
