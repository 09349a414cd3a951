"use client";

import { ShieldAlert } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { useArmName } from "#components/experiment-words/use-arm-name.ts";
import { useFigures } from "#components/experiment-words/use-figures.ts";
import { VerdictChip } from "#components/experiment-words/verdict-chip.tsx";
import { Card } from "#components/ui/card.tsx";
import { cn } from "#components/ui/cn.ts";
import { Meter } from "#components/ui/meter.tsx";
import type { Experiment, Result } from "./experiment.ts";
import { useVerdictWords } from "./use-verdict-words.ts";

/** What is to be done, in one sentence with both rates; what is still open; and how long it goes on. */
export function VerdictCard({ experiment, result }: { experiment: Experiment; result: Result }) {
  const t = useTranslations("experiments");
  const { sentence, details } = useVerdictWords(experiment, result);
  const { verdict } = result;
  const isSick = verdict.state === "unhealthy";
  return (
    <Card
      aria-label={t("verdict.label")}
      data-testid="verdict"
      data-state={verdict.state}
      className={cn(
        "flex flex-wrap items-center gap-x-6 gap-y-3 px-4 py-3.5",
        isSick && "border-danger-border bg-danger-tint",
      )}
    >
      <div className="min-w-0 flex-1 basis-96">
        <p className={cn("flex items-start gap-2 font-semibold text-[17px] leading-6", isSick && "text-danger")}>
          {isSick ? <ShieldAlert aria-hidden className="mt-1 size-4 shrink-0" /> : null}
          {sentence}
        </p>
        {isSick ? (
          <ul className="mt-1 space-y-0.5 text-sm">
            {verdict.reasons.map((reason) => (
              <li key={reason}>{t(`verdict.sick.${reason}`)}</li>
            ))}
          </ul>
        ) : details.length > 0 ? (
          <p className="mt-0.5 text-secondary text-sm">{details.join(" ")}</p>
        ) : null}
        <Afterwards experiment={experiment} />
      </div>
      <div className="border-border pl-0 md:border-l md:pl-5">
        <VerdictChip state={experiment.state} verdict={verdict.state} />
        <Decided experiment={experiment} result={result} />
      </div>
      <div className="w-42 border-border md:border-l md:pl-5">
        <Left experiment={experiment} result={result} />
      </div>
    </Card>
  );
}

/** Of one that is over: what its split still does, and what would make it go on. */
function Afterwards({ experiment }: { experiment: Experiment }) {
  const t = useTranslations("experiments.verdict");
  const { state, isDrawn, endedWithStep } = experiment;
  if (state !== "stopped" && state !== "decided") return null;
  if (!isDrawn && !endedWithStep) return null;
  return <p className="mt-0.5 text-secondary text-sm">{t(isDrawn ? "stillSplits" : "goesOnWhenBack")}</p>;
}

function Decided({ experiment, result }: { experiment: Experiment; result: Result }) {
  const t = useTranslations("experiments.verdict");
  const figures = useFigures(result.currency);
  const armName = useArmName(experiment);
  const { decided } = result.course;
  if (experiment.winner !== null)
    return (
      <p className="mt-1 text-secondary text-xs">
        {t(`winner.${experiment.state}`, { arm: armName(experiment.winner) })}
      </p>
    );
  if (!decided || result.verdict.state === "unhealthy") return null;
  return (
    <p className="mt-1 text-secondary text-xs">
      {t(decided.isBetter ? "leftZero" : "leftZeroWorse", { day: figures.day(decided.day) })}
    </p>
  );
}

/** How far it is: days of those planned while it runs, else when it ended. */
function Left({ experiment, result }: { experiment: Experiment; result: Result }) {
  const t = useTranslations("experiments.verdict");
  const format = useFormatter();
  const { plan, endedAt } = experiment;
  if (endedAt)
    return (
      <p className="text-secondary text-sm">
        {t("endedOn", { day: format.dateTime(endedAt, { day: "numeric", month: "short" }) })}
      </p>
    );
  const { verdict, days } = result;
  const left = verdict.state === "running" ? verdict.daysLeft : Math.max(0, plan.days - days);
  return (
    <>
      <p className="font-semibold text-base">{left === null ? t("noEnd") : t("daysLeft", { count: left })}</p>
      <Meter
        of="progress"
        share={days / plan.days}
        label={t("dayOf", { day: days + 1, of: plan.days })}
        className="my-1.5 h-1"
      />
      <p className="whitespace-nowrap text-secondary text-xs">{t("dayOf", { day: days + 1, of: plan.days })}</p>
    </>
  );
}
