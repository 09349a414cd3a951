"use client";

import { useTranslations } from "use-intl";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { type AnswerToNo, answersToNo } from "#flow/gate/policy.ts";

type AnswerFieldProps = { label: string; value: AnswerToNo; onChange: (value: AnswerToNo) => void };

/** What becomes of a message to which the rule says no. */
export function AnswerField({ label, value, onChange }: AnswerFieldProps) {
  const t = useTranslations("settings.answers");
  return (
    <Field label={label} className="max-w-md">
      <Select
        options={answersToNo.map((answer) => ({ value: answer, label: t(answer) }))}
        value={value}
        onValueChange={(next) => onChange(answersToNo.find((answer) => answer === next) ?? value)}
      />
    </Field>
  );
}
