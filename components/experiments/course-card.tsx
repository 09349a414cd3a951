"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { useArmName } from "#components/experiment-words/use-arm-name.ts";
import { useFigures, useMetricName } from "#components/experiment-words/use-figures.ts";
import { BandChart } from "#components/ui/band-chart.tsx";
import { Card, CardBody, CardHeader, CardTitle } from "#components/ui/card.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { evenAbove } from "./axis-reach.ts";
import { type Experiment, primaryOf, type Result, spokenArm } from "./experiment.ts";
import { shapeOf } from "./use-verdict-words.ts";

const reaches = [0.1, 0.2, 0.5, 1, 2];
const pointReaches = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

/** The primary metric from day to day within its interval, and the day on which that left zero. The same as a table for who does not see it. */
export function CourseCard({ experiment, result }: { experiment: Experiment; result: Result }) {
  const t = useTranslations("experiments.course");
  const figures = useFigures(result.currency);
  const metricName = useMetricName();
  const armName = useArmName(experiment);
  const [chosen, setChosen] = useState<string | null>(null);
  const primary = primaryOf(result);
  const variants = experiment.arms.slice(1).map(({ id }) => id);
  const arm = chosen ?? spokenArm(result, experiment.arms);
  const { points, decided } = result.course;
  const mine = points.map(({ day, variants: all }) => ({ day, ...all.find((one) => one.arm === arm) }));
  const hasLift = mine.some(({ liftCi }) => liftCi?.[0] !== null && liftCi !== undefined);
  const shown = mine.map(({ day, lift, liftCi, difference, ci }) => ({
    label: figures.day(day),
    value: (hasLift ? lift : difference) ?? null,
    low: (hasLift ? liftCi : ci)?.[0] ?? null,
    high: (hasLift ? liftCi : ci)?.[1] ?? null,
  }));
  // Few people at first make a band that would press all that follows flat: the axis fits what came later.
  const late = shown.slice(Math.floor(shown.length / 2)).flatMap(({ low, high }) => [low ?? 0, high ?? 0]);
  const farthest = Math.max(0.001, ...late.map(Math.abs));
  const shape = primary ? shapeOf(primary) : null;
  const isInPoints = shape === null || shape.kind === "rate";
  const steps = hasLift ? reaches : isInPoints ? pointReaches : [evenAbove(farthest)];
  const reach = steps.find((step) => step >= farthest) ?? steps.at(-1) ?? 1;
  // A mean has its own unit: messages, questions, money.
  const tellDifference = (value: number) => (isInPoints ? figures.points(value) : figures.difference(value, shape));
  const tell = hasLift ? figures.lift : tellDifference;
  // What is withheld was not decided either.
  const isWithheld = result.verdict.state === "unhealthy";
  const markAt =
    decided && decided.arm === arm && !isWithheld ? points.findIndex(({ day }) => day === decided.day) : -1;
  const isBandit = experiment.plan.method === "bandit";
  const title = t(hasLift ? "liftOf" : "differenceOf", { metric: primary ? metricName(primary.metric) : "" });
  return (
    <Card aria-label={title} className="min-w-0 flex-1">
      <CardHeader className="flex-wrap">
        <CardTitle>{title}</CardTitle>
        {variants.length > 1 ? (
          <Segmented
            isDense
            aria-label={t("arm")}
            value={arm}
            onValueChange={setChosen}
            options={variants.map((id) => ({ value: id, label: armName(id) }))}
          />
        ) : (
          <span className="text-secondary text-xs">{t(`band.${experiment.plan.method}`)}</span>
        )}
      </CardHeader>
      <CardBody>
        {shown.length < 2 || isBandit ? (
          <p className="py-16 text-center text-secondary text-sm">{t(isBandit ? "notOfBandit" : "notYet")}</p>
        ) : (
          <>
            <BandChart
              points={shown}
              reach={reach}
              formatValue={tell}
              formatTick={hasLift ? figures.wholeLift : tellDifference}
              mark={
                markAt >= 0 && decided
                  ? { index: markAt, label: t("decided", { day: figures.day(decided.day) }) }
                  : null
              }
              label={t("label", { title, count: shown.length })}
            />
            <table className="sr-only">
              <caption>{title}</caption>
              <tbody>
                {shown.map(({ label, low, high, value }) => (
                  <tr key={label}>
                    <th scope="row">{label}</th>
                    <td>{value === null ? "–" : tell(value)}</td>
                    <td>{low === null ? "–" : tell(low)}</td>
                    <td>{high === null ? "–" : tell(high)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        )}
      </CardBody>
    </Card>
  );
}
