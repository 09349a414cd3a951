"use client";

import { useTranslations } from "use-intl";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Section } from "#components/ui/section.tsx";
import { Switch } from "#components/ui/switch.tsx";
import type { SectionProps } from "./policy-form.tsx";

/** How long what people agree to on the public page holds. */
export function ConsentSection({ policy, onChange, problemOf }: SectionProps) {
  const t = useTranslations("settings.consent");
  const { consentMonths } = policy;
  return (
    <Section title={t("title")} help={t("help")}>
      <Switch
        label={t("has")}
        checked={consentMonths !== null}
        onCheckedChange={(isOn) => onChange({ consentMonths: isOn ? 24 : null })}
      />
      {consentMonths === null ? null : (
        <Field label={t("months")} error={problemOf("consentMonths")}>
          <Input
            type="number"
            min={1}
            max={120}
            value={Number.isNaN(consentMonths) ? "" : consentMonths}
            onChange={({ target }) => onChange({ consentMonths: target.valueAsNumber })}
            className="tabular w-24"
          />
        </Field>
      )}
    </Section>
  );
}
