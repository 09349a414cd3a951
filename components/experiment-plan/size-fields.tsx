"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Calculator } from "lucide-react";
import { useDeferredValue } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { ExperimentPlan } from "#flow/experiment-plan.ts";

type SizeFieldsProps = {
  flowId: string;
  /** The share of the smallest arm. */
  smallest: number;
  plan: ExperimentPlan;
  onChange: (part: Partial<ExperimentPlan>) => void;
};

const mostDays = 365;

/** How many people it takes and how long, with those who really come; and what other times would find. */
export function SizeFields({ flowId, smallest, plan, onChange }: SizeFieldsProps) {
  const t = useTranslations("experimentPlan.size");
  const format = useFormatter();
  const trpc = useTRPC();
  const { baseRate, lift, alpha, power, method } = useDeferredValue(plan);
  const size = useQuery(
    trpc.experiments.size.queryOptions(
      { flowId, smallest, baseRate, lift, alpha, power, method },
      { placeholderData: keepPreviousData, retry: false },
    ),
  );
  const percent = (value: number, digits = 1) =>
    format.number(value, { style: "percent", maximumFractionDigits: digits });
  const { data } = size;
  const reached = plan.baseRate * (1 + plan.lift);
  return (
    <fieldset className="rounded-lg border border-border bg-sunken/50 p-3.5">
      <legend className="sr-only">{t("title")}</legend>
      <p className="flex items-center gap-1.5 font-semibold text-sm">
        <Calculator aria-hidden className="size-4 text-secondary" />
        {t("title")}
      </p>
      <div className="mt-2.5 grid gap-3 sm:grid-cols-4">
        <Field label={t("base")}>
          <PercentInput value={plan.baseRate} most={99} onChange={(value) => onChange({ baseRate: value })} />
        </Field>
        <Field label={t("lift")}>
          <PercentInput value={plan.lift} most={1000} onChange={(value) => onChange({ lift: value })} />
        </Field>
        <Field label={t("people")}>
          <Input
            type="number"
            min={100}
            required
            value={plan.people}
            onChange={(event) => onChange({ people: Math.max(100, Math.round(event.target.valueAsNumber) || 100) })}
          />
        </Field>
        <Field label={t("days")}>
          <Input
            type="number"
            min={7}
            max={mostDays}
            required
            value={plan.days}
            onChange={(event) =>
              onChange({ days: Math.min(mostDays, Math.max(7, Math.round(event.target.valueAsNumber) || 7)) })
            }
          />
        </Field>
      </div>
      <p className="mt-2 text-secondary text-xs">
        {t("means", { from: percent(plan.baseRate, 2), to: percent(reached, 2), power: percent(plan.power, 0) })}
      </p>
      {data ? (
        <div className="mt-2.5 border-border border-t pt-2.5 text-sm" aria-live="polite">
          <p>
            {data.people === null
              ? t("impossible")
              : t(data.days === null ? "needsForever" : "needs", {
                  people: format.number(data.people),
                  days: data.days ?? 0,
                })}{" "}
            {data.people !== null ? (
              <Button
                variant="link"
                size="dense"
                onClick={() =>
                  onChange({
                    people: Math.max(100, data.people ?? 100),
                    ...(data.days !== null && { days: data.days }),
                  })
                }
              >
                {t("take")}
              </Button>
            ) : null}
          </p>
          <p className="mt-0.5 text-secondary text-xs">
            {t(`eligible.${data.from}`, { people: format.number(data.weeklyPeople) })}
            {data.seen !== null ? ` ${t("seen", { rate: percent(data.seen, 2) })}` : ""}
          </p>
          {data.weeklyPeople > 0 ? (
            <dl className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs">
              <dt className="text-secondary">{t("finds")}</dt>
              {data.byWeek.map(({ weeks, lift: found }) => (
                <dd key={weeks} className="tabular">
                  {t("inWeeks", { count: weeks })}{" "}
                  <span className="font-medium">{found === null ? "–" : `+${percent(found, 0)}`}</span>
                </dd>
              ))}
            </dl>
          ) : null}
        </div>
      ) : size.isError ? null : (
        <Skeleton className="mt-3 h-10" />
      )}
    </fieldset>
  );
}

type PercentInputProps = Omit<React.ComponentProps<typeof Input>, "value" | "onChange"> & {
  value: number;
  most: number;
  onChange: (value: number) => void;
};

/** A share that is typed in percent. */
function PercentInput({ value, most, onChange, ...rest }: PercentInputProps) {
  return (
    <span className="relative block">
      <Input
        {...rest}
        type="number"
        min={0.1}
        max={most}
        step="any"
        required
        value={Math.round(value * 10_000) / 100}
        onChange={(event) => {
          const typed = event.target.valueAsNumber;
          if (typed > 0 && typed <= most) onChange(typed / 100);
        }}
        className="pr-7"
      />
      <span aria-hidden className="absolute inset-y-0 right-2.5 flex items-center text-secondary text-sm">
        %
      </span>
    </span>
  );
}
