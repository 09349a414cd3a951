"use client";

import type { inferRouterOutputs } from "@trpc/server";
import { Plus, ShieldCheck, X } from "lucide-react";
import { useTranslations } from "use-intl";
import { useMetricName } from "#components/experiment-words/use-figures.ts";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { ExperimentPlan } from "#flow/experiment-plan.ts";
import type { AppRouter } from "#server/router.ts";
import { MetricDialog } from "./metric-dialog.tsx";

export type MetricChoice = inferRouterOutputs<AppRouter>["experiments"]["metrics"][number];

type MeasureFieldsProps = {
  plan: ExperimentPlan;
  metrics: readonly MetricChoice[];
  onChange: (part: Partial<ExperimentPlan>) => void;
};

const usualMargin = 0.001;

/** The one number that decides, what else is looked at, and what must not get worse. */
export function MeasureFields({ plan, metrics, onChange }: MeasureFieldsProps) {
  const t = useTranslations("experimentPlan");
  const nameOf = useMetricName();
  const taken = new Set([plan.primary, ...plan.secondary, ...plan.guardrails].map(({ metric }) => metric));
  const free = metrics.filter(({ id }) => !taken.has(id));
  const wordsOf = (id: string) => nameOf(metrics.find((one) => one.id === id) ?? { id, name: null });
  const primaries = metrics.filter(
    ({ id, role }) => id === plan.primary.metric || (role === "primary" && !taken.has(id)),
  );
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-[1fr_9rem]">
        <Field label={t("primary")} help={t("primaryHelp")}>
          <Select
            value={plan.primary.metric}
            options={primaries.map((one) => ({ value: one.id, label: nameOf(one) }))}
            onValueChange={(metric) => {
              const chosen = metrics.find(({ id }) => id === metric);
              if (chosen) onChange({ primary: { metric, windowHours: chosen.windowHours } });
            }}
          />
        </Field>
        <Field label={t("window")} help={t("windowHelp")}>
          <Input
            type="number"
            min={1}
            max={2160}
            required
            value={plan.primary.windowHours}
            onChange={(event) =>
              onChange({ primary: { ...plan.primary, windowHours: Math.max(1, event.target.valueAsNumber || 1) } })
            }
          />
        </Field>
      </div>
      <MetricDialog
        onMade={(made) => onChange({ primary: { metric: made.metric, windowHours: made.windowHours } })}
        trigger={
          <Button variant="link" size="dense">
            <Plus aria-hidden />
            {t("ownMetric")}
          </Button>
        }
      />
      <Chosen
        title={t("secondary")}
        help={t("secondaryHelp")}
        items={plan.secondary.map(({ metric }) => ({ id: metric, text: wordsOf(metric), isFixed: false }))}
        choices={plan.secondary.length < 8 ? free.map((one) => ({ id: one.id, text: nameOf(one) })) : []}
        onAdd={(id) => {
          const found = metrics.find((one) => one.id === id);
          if (found) onChange({ secondary: [...plan.secondary, { metric: id, windowHours: found.windowHours }] });
        }}
        onRemove={(id) => onChange({ secondary: plan.secondary.filter(({ metric }) => metric !== id) })}
      />
      <Chosen
        title={t("guardrails")}
        help={t("guardrailsHelp")}
        items={plan.guardrails.map(({ metric }) => ({
          id: metric,
          text: wordsOf(metric),
          isFixed: metric === "opt-out",
        }))}
        choices={
          plan.guardrails.length < 6
            ? free.filter(({ better }) => better !== "neither").map((one) => ({ id: one.id, text: nameOf(one) }))
            : []
        }
        onAdd={(id) => {
          const found = metrics.find((one) => one.id === id);
          if (!found) return;
          const guardrail = {
            metric: id,
            windowHours: found.windowHours,
            margin: id === "opt-out" ? usualMargin : 0.01,
          };
          onChange({ guardrails: [...plan.guardrails, guardrail] });
        }}
        onRemove={(id) => onChange({ guardrails: plan.guardrails.filter(({ metric }) => metric !== id) })}
      />
    </>
  );
}

type ChosenProps = {
  title: string;
  help: string;
  items: { id: string; text: string; isFixed: boolean }[];
  choices: { id: string; text: string }[];
  onAdd: (id: string) => void;
  onRemove: (id: string) => void;
};

function Chosen({ title, help, items, choices, onAdd, onRemove }: ChosenProps) {
  const t = useTranslations("experimentPlan");
  return (
    <fieldset>
      <legend className="font-medium text-sm">{title}</legend>
      <div className="mt-1.5 flex flex-wrap items-center gap-1.5">
        {items.map(({ id, text, isFixed }) => (
          <Chip key={id} icon={isFixed ? ShieldCheck : undefined} className="h-7 pr-1">
            <span className={isFixed ? "pr-1" : undefined}>{text}</span>
            {isFixed ? null : (
              <IconButton
                icon={X}
                size="dense"
                label={t("remove", { name: text })}
                className="size-5 border-0"
                onClick={() => onRemove(id)}
              />
            )}
          </Chip>
        ))}
        {choices.length > 0 ? (
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <Button size="dense" aria-label={t("addTo", { title })}>
                <Plus aria-hidden />
                {t("add")}
              </Button>
            </DropdownMenuTrigger>
            <DropdownMenuContent>
              {choices.map(({ id, text }) => (
                <DropdownMenuItem key={id} onSelect={() => onAdd(id)}>
                  {text}
                </DropdownMenuItem>
              ))}
            </DropdownMenuContent>
          </DropdownMenu>
        ) : null}
      </div>
      <p className="mt-1.5 text-secondary text-xs">{help}</p>
    </fieldset>
  );
}
