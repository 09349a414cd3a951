"use client";

import { useFormatter, useTranslations } from "use-intl";
import { useArmName } from "#components/experiment-words/use-arm-name.ts";
import { useFigures, useMetricName } from "#components/experiment-words/use-figures.ts";
import { Card, CardBody, CardHeader, CardTitle } from "#components/ui/card.tsx";
import { cn } from "#components/ui/cn.ts";
import { StackedArea } from "#components/ui/stacked-area.tsx";
import { armInk, shortened } from "./arm-inks.ts";
import { type Experiment, primaryOf, type Result } from "./experiment.ts";

/** The first, the middle and the last of the moments; of fewer only those that there are. */
function ticksOf(moments: readonly Date[], day: (at: Date) => string): string[] {
  const places = [...new Set([0, Math.floor((moments.length - 1) / 2), moments.length - 1])];
  return places.flatMap((at) => (moments[at] ? [day(moments[at])] : []));
}

/** How a bandit has moved people, how well each arm does within its range, and how likely it is the best. */
export function WeightsCard({ experiment, result }: { experiment: Experiment; result: Result }) {
  const t = useTranslations("experiments.weights");
  const figures = useFigures(result.currency);
  const armName = useArmName(experiment);
  const metricName = useMetricName();
  const format = useFormatter();
  const day = (at: Date) => format.dateTime(at, { day: "numeric", month: "short" });
  const primary = primaryOf(result);
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
                label: `${figures.percent((values.at(-1) ?? 0) / 100, 0)} ${shortened(armName(id))}`,
                className: armInk(at),
              }))}
              limit={null}
              ceiling={100}
              ticks={ticksOf(
                [experiment.startedAt ?? last.validFrom, ...weights.map(({ validFrom }) => validFrom)],
                day,
              )}
              formatValue={(value) => figures.percent(value / 100, 0)}
              label={t("label")}
            />
            <table className="mt-2 w-full text-sm">
              <caption className="sr-only">{t("title")}</caption>
              <thead className="text-secondary text-xs">
                <tr className="[&>th]:pb-1 [&>th]:font-medium">
                  <th scope="col" className="text-left">
                    {t("arm")}
                  </th>
                  <th scope="col" className="text-right">
                    {primary ? metricName(primary.metric) : null}
                  </th>
                  <th scope="col" className="text-right">
                    {t("best")}
                  </th>
                </tr>
              </thead>
              <tbody>
                {experiment.arms.map(({ id }, at) => {
                  const reading = primary?.arms.find(({ arm }) => arm === id);
                  const [low, high] = reading?.interval ?? [null, null];
                  return (
                    <tr key={id}>
                      <th scope="row" className="max-w-36 truncate py-0.5 text-left font-normal">
                        <span
                          aria-hidden
                          className={cn("mr-1.5 inline-block size-2 rounded-xs bg-current", armInk(at))}
                        />
                        {armName(id)}
                      </th>
                      <td className="tabular whitespace-nowrap py-0.5 text-right">
                        {figures.percent(reading?.value ?? 0)}
                        {low === null || high === null ? null : (
                          <span className="ml-1.5 text-secondary text-xs">
                            {t("range", { low: figures.percent(low, 1), high: figures.percent(high, 1) })}
                          </span>
                        )}
                      </td>
                      <td className="tabular whitespace-nowrap py-0.5 text-right">
                        {figures.chance(last.chances?.[id] ?? 0)}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </>
        ) : (
          <p className="text-secondary text-sm">{t("frozen")}</p>
        )}
      </CardBody>
    </Card>
  );
}
