"use client";

import { useTranslations } from "use-intl";
import { useFigures } from "#components/experiment-words/use-figures.ts";
import { Card, CardBody, CardHeader, CardTitle } from "#components/ui/card.tsx";
import { Chip } from "#components/ui/chip.tsx";
import type { Result } from "./experiment.ts";

/** What the messages brought against none, by the people kept out: conversions that would not be there, and what one of them cost. */
export function HoldoutCard({ result }: { result: Result }) {
  const t = useTranslations("experiments.holdout");
  const { holdout } = result;
  const figures = useFigures(holdout?.spend?.currency ?? result.currency);
  return (
    <Card aria-label={t("title")} className="min-w-0">
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        {holdout ? <Chip>{t("share", { share: figures.count(holdout.percent) })}</Chip> : null}
      </CardHeader>
      <CardBody>
        {holdout ? <Figures holdout={holdout} /> : <p className="text-secondary text-sm">{t("none")}</p>}
      </CardBody>
    </Card>
  );
}

function Figures({ holdout }: { holdout: NonNullable<Result["holdout"]> }) {
  const t = useTranslations("experiments.holdout");
  const figures = useFigures(holdout.spend?.currency ?? "USD");
  const { incremental, ci, cost, costCi, treated, heldOut, lift } = holdout;
  const [low, high] = ci;
  const [cheapest, dearest] = costCi;
  const signed = (value: number) => `${value > 0 ? "+" : ""}${figures.count(Math.round(value))}`;
  if (incremental === null || low === null || high === null)
    return <p className="text-secondary text-sm">{t("nobody")}</p>;
  return (
    <>
      <dl className="grid grid-cols-2 gap-4">
        <div className="min-w-0">
          <dt className="text-secondary text-xs">{t("added")}</dt>
          <dd className="tabular font-semibold text-[17px] leading-6">{signed(incremental)}</dd>
          <dd className="tabular text-secondary text-xs">{t("to", { low: signed(low), high: signed(high) })}</dd>
        </div>
        <div className="min-w-0">
          <dt className="text-secondary text-xs">{t("cost")}</dt>
          {cost === null ? (
            <dd className="mt-1 text-secondary text-xs">{t(low <= 0 ? "notMeasurable" : "noPrice")}</dd>
          ) : (
            <>
              <dd className="tabular font-semibold text-[17px] leading-6">{figures.money(cost)}</dd>
              <dd className="tabular text-secondary text-xs">
                {cheapest === null || dearest === null
                  ? null
                  : t("to", { low: figures.money(cheapest), high: figures.money(dearest) })}
              </dd>
            </>
          )}
        </div>
      </dl>
      <p className="mt-2 text-secondary text-xs">
        {t("basis", {
          treated: `${figures.count(treated.converted)} / ${figures.count(treated.people)}`,
          heldOut: `${figures.count(heldOut.converted)} / ${figures.count(heldOut.people)}`,
          lift: lift === null ? "–" : figures.lift(lift),
        })}
      </p>
    </>
  );
}
