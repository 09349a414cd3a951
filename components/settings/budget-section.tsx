"use client";

import { useFormatter, useTranslations } from "use-intl";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Meter } from "#components/ui/meter.tsx";
import { Section } from "#components/ui/section.tsx";
import { Select } from "#components/ui/select.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { useMoney } from "#components/ui/use-money.ts";
import { AnswerField } from "./answer-field.tsx";
import type { SectionProps, Settings } from "./policy-form.tsx";

const micros = 1_000_000;

/** What a month may cost, and how much of it is spent. */
export function BudgetSection({ policy, onChange, problemOf, settings }: SectionProps) {
  const t = useTranslations("settings.budget");
  const answers = useTranslations("settings.answers");
  const { budget } = policy;
  const [currency = "USD"] = settings.currencies;
  return (
    <Section title={t("title")} help={t("help")}>
      <Switch
        label={t("has")}
        checked={budget !== null}
        onCheckedChange={(isOn) =>
          onChange({ budget: isOn ? (settings.policy.budget ?? { micros: 100 * micros, currency }) : null })
        }
      />
      {budget ? (
        <>
          <div className="flex flex-wrap items-start gap-4">
            <Field label={t("amount")} error={problemOf("budget.micros")}>
              <Input
                type="number"
                min={0}
                step={1}
                value={Number.isNaN(budget.micros) ? "" : budget.micros / micros}
                onChange={({ target }) =>
                  onChange({ budget: { ...budget, micros: Math.round(target.valueAsNumber * micros) } })
                }
                className="tabular w-32"
              />
            </Field>
            <Field label={t("currency")} className="w-24">
              <Select
                options={settings.currencies.map((code) => ({ value: code, label: code }))}
                value={budget.currency}
                onValueChange={(next) => onChange({ budget: { ...budget, currency: next } })}
              />
            </Field>
          </div>
          <Spent settings={settings} />
          <AnswerField
            label={answers("label")}
            value={policy.on.budget}
            onChange={(next) => onChange({ on: { ...policy.on, budget: next } })}
          />
        </>
      ) : null}
    </Section>
  );
}

/** By the budget that is in force, not by the one that is being typed. */
function Spent({ settings }: { settings: Settings }) {
  const t = useTranslations("settings.budget");
  const format = useFormatter();
  const words = useMoney();
  const { spentMicros, month } = settings;
  const { budget } = settings.policy;
  if (!budget || spentMicros === null) return <p className="text-secondary text-xs">{t("notYet")}</p>;
  const money = (amountMicros: number) => words({ amountMicros, currency: budget.currency });
  const share = budget.micros === 0 ? 1 : spentMicros / budget.micros;
  const monthName = format.dateTime(new Date(`${month}-15`), { month: "long", year: "numeric", timeZone: "UTC" });
  return (
    <div className="max-w-md space-y-1.5">
      <p className="tabular text-secondary text-xs">
        {t("spent", { spent: money(spentMicros), budget: money(budget.micros), month: monthName })}
      </p>
      <Meter
        share={share}
        label={t("spentLabel")}
        tone={share >= 1 ? "danger" : share >= 0.85 ? "warning" : "accent"}
      />
    </div>
  );
}
