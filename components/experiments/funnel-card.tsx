"use client";

import { useTranslations } from "use-intl";
import { useArmName } from "#components/experiment-words/use-arm-name.ts";
import { useFigures, useMetricName } from "#components/experiment-words/use-figures.ts";
import { Card, CardHeader, CardTitle } from "#components/ui/card.tsx";
import { cn } from "#components/ui/cn.ts";
import type { FunnelStep } from "#server/experiments/moments/read-funnel.ts";
import { BehindNumber } from "./behind-sheet.tsx";
import { type Experiment, primaryOf, type Result } from "./experiment.ts";

const steps = [
  "assigned",
  "sent",
  "delivered",
  "read",
  "clicked",
  "replied",
  "tapped",
  "reached",
] as const satisfies FunnelStep[];
const bars = ["bg-tertiary", "bg-accent", "bg-teal", "bg-warning", "bg-logic"] as const;
const inks = ["text-secondary", "text-accent", "text-teal", "text-warning", "text-logic"] as const;
const reasonsShown = 4;

/** What a step is among the metrics. The first one is everybody, the last one the primary metric. */
const metricOf = {
  sent: "sent",
  delivered: "delivered",
  read: "read",
  clicked: "click",
  replied: "reply",
  tapped: "button",
};

/** How far the people of each arm came, all over everybody assigned, and why messages did not arrive. */
export function FunnelCard({ experiment, result }: { experiment: Experiment; result: Result }) {
  const t = useTranslations("experiments.funnel");
  const figures = useFigures(result.currency);
  const metricName = useMetricName();
  const armName = useArmName(experiment);
  const { arms } = experiment;
  const primary = primaryOf(result);
  const rowOf = (arm: string) => result.funnel.find((row) => row.arm === arm);
  const nameOf = (step: FunnelStep) =>
    step === "reached" && primary ? metricName(primary.metric) : t(`steps.${step}`);
  const metricIn = (step: FunnelStep) => {
    if (step === "assigned") return null;
    return step === "reached" ? (primary?.metric.id ?? null) : metricOf[step];
  };
  const isSeen = (step: (typeof steps)[number]) =>
    step === "assigned" || step === "reached" || result.funnel.some((row) => row[step] > 0);
  return (
    <Card aria-label={t("title")} className="min-w-0 pb-3">
      <CardHeader className="flex-wrap">
        <CardTitle>{t("title")}</CardTitle>
        <span className="flex min-w-0 flex-wrap gap-x-3 gap-y-0.5 text-xs">
          {arms.map(({ id }, at) => (
            <span key={id} className={cn("inline-flex min-w-0 items-center gap-1.5", inks[at % inks.length])}>
              <span aria-hidden className={cn("size-2 shrink-0 rounded-xs", bars[at % bars.length])} />
              <span className="max-w-32 truncate">{armName(id)}</span>
            </span>
          ))}
        </span>
      </CardHeader>
      <p className="-mt-1.5 px-4 text-secondary text-xs">{t("denominator")}</p>
      <table className="mt-2 w-full text-sm">
        <caption className="sr-only">{t("title")}</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">{t("step")}</th>
            {arms.map(({ id }) => (
              <th key={id} scope="col">
                {armName(id)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.filter(isSeen).map((step) => (
            <tr key={step} className={cn(step === "reached" && "font-semibold")}>
              <th
                scope="row"
                className={cn(
                  "w-28 max-w-28 truncate py-1 pl-4 text-left",
                  step === "reached" ? "font-semibold" : "font-normal",
                )}
              >
                {nameOf(step)}
              </th>
              <td aria-hidden className="py-1 pr-3 pl-2">
                <span className="block space-y-0.5">
                  {arms.map(({ id }, at) => {
                    const row = rowOf(id);
                    return (
                      <span
                        key={id}
                        style={{
                          width: `${row && row.assigned > 0 ? Math.max(1, (row[step] / row.assigned) * 100) : 0}%`,
                        }}
                        className={cn("block h-[7px] rounded-xs", bars[at % bars.length])}
                      />
                    );
                  })}
                </span>
              </td>
              {arms.map(({ id }, at) => {
                const row = rowOf(id);
                const share = row && row.assigned > 0 ? row[step] / row.assigned : null;
                return (
                  <td
                    key={id}
                    title={row ? `${figures.count(row[step])} / ${figures.count(row.assigned)}` : undefined}
                    className={cn("tabular w-14 whitespace-nowrap py-1 pr-3 text-right", inks[at % inks.length])}
                  >
                    {share === null ? (
                      "–"
                    ) : (
                      <BehindNumber
                        behind={{ arm: id, metric: metricIn(step), place: "funnel", name: nameOf(step) }}
                        people={row?.[step] ?? 0}
                      >
                        {figures.percent(share, step === "reached" ? 2 : 1)}
                      </BehindNumber>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <Troubles experiment={experiment} result={result} />
    </Card>
  );
}

function Troubles({ experiment, result }: { experiment: Experiment; result: Result }) {
  const t = useTranslations("experiments.funnel");
  const reasons = useTranslations("reasons");
  const statuses = useTranslations("messageStatus");
  const figures = useFigures(result.currency);
  const byReason = Map.groupBy(result.troubles, ({ status, reason }) => `${status} ${reason}`);
  const rows = [...byReason.entries()]
    .map(([key, all]) => ({ key, all, people: all.reduce((sum, { people }) => sum + people, 0) }))
    .toSorted((a, b) => b.people - a.people)
    .slice(0, reasonsShown);
  if (rows.length === 0) return null;
  return (
    <div className="mx-4 mt-2 border-border border-t pt-2 text-xs">
      <p className="text-secondary">{t("troubles")}</p>
      <ul className="mt-1 space-y-1">
        {rows.map(({ key, all }) => {
          const [first] = all;
          const reason = first?.reason ?? "";
          return (
            <li key={key} className="flex items-baseline gap-3">
              <span className="min-w-0 flex-1 truncate" title={reasons.has(reason) ? reasons(reason) : reason}>
                {reasons.has(reason) ? reasons(reason) : reason || statuses(first?.status ?? "failed")}
              </span>
              {experiment.arms.map(({ id }, at) => (
                <span key={id} className={cn("tabular w-14 text-right", inks[at % inks.length])}>
                  {figures.count(all.find(({ arm }) => arm === id)?.people ?? 0)}
                </span>
              ))}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
