"use client";

import { useTranslations } from "use-intl";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Section } from "#components/ui/section.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { AnswerField } from "./answer-field.tsx";
import type { SectionProps } from "./policy-form.tsx";

/** The caps of one person: a day, and several days on end. */
export function CapSection({ policy, onChange, problemOf }: SectionProps) {
  const t = useTranslations("settings.cap");
  const answers = useTranslations("settings.answers");
  const { rollingCap } = policy;
  return (
    <Section title={t("title")} help={t("help")}>
      <Field label={t("perDay")} error={problemOf("capPerDay")}>
        <Input
          type="number"
          min={1}
          max={50}
          value={shown(policy.capPerDay)}
          onChange={({ target }) => onChange({ capPerDay: target.valueAsNumber })}
          className="tabular w-24"
        />
      </Field>
      <Switch
        label={t("rolling")}
        checked={rollingCap !== null}
        onCheckedChange={(isOn) => onChange({ rollingCap: isOn ? { days: 7, most: policy.capPerDay * 3 } : null })}
      />
      {rollingCap ? (
        <div className="flex flex-wrap items-start gap-4">
          <Field label={t("most")} error={problemOf("rollingCap.most")}>
            <Input
              type="number"
              min={1}
              value={shown(rollingCap.most)}
              onChange={({ target }) => onChange({ rollingCap: { ...rollingCap, most: target.valueAsNumber } })}
              className="tabular w-24"
            />
          </Field>
          <Field label={t("days")} help={t("daysHelp")} error={problemOf("rollingCap.days")}>
            <Input
              type="number"
              min={2}
              max={31}
              value={shown(rollingCap.days)}
              onChange={({ target }) => onChange({ rollingCap: { ...rollingCap, days: target.valueAsNumber } })}
              className="tabular w-24"
            />
          </Field>
        </div>
      ) : null}
      <AnswerField
        label={answers("label")}
        value={policy.on.cap}
        onChange={(cap) => onChange({ on: { ...policy.on, cap } })}
      />
    </Section>
  );
}

/** An emptied field is no number, and is shown as empty. */
const shown = (value: number): number | "" => (Number.isNaN(value) ? "" : value);
