"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Section } from "#components/ui/section.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { consentPurposes } from "#flow/gate/consent.ts";
import type { SectionProps } from "./policy-form.tsx";
import { WordingsDialog } from "./wordings-dialog.tsx";

/** Which messages need a consent, how long it holds, and from which wording on. */
export function ConsentSection({ policy, onChange, problemOf }: SectionProps) {
  const t = useTranslations("settings.consent");
  const names = useTranslations("contacts.purpose");
  const { consentMonths, consentSince, consentRetired, consentExempt } = policy;
  const [isChoosing, setChoosing] = useState(false);
  return (
    <Section title={t("title")} help={t("help")}>
      <fieldset className="space-y-2">
        <legend className="mb-1.5 font-medium text-sm">{t("needed")}</legend>
        {consentPurposes.map((purpose) => (
          <Checkbox
            key={purpose}
            label={names(purpose)}
            help={purpose === "marketing" ? t("always") : undefined}
            checked={!consentExempt.includes(purpose)}
            disabled={purpose === "marketing"}
            onCheckedChange={(isNeeded) =>
              onChange({
                consentExempt: isNeeded
                  ? consentExempt.filter((each) => each !== purpose)
                  : consentPurposes.filter((each) => each === purpose || consentExempt.includes(each)),
              })
            }
          />
        ))}
        {consentExempt.length > 0 ? <p className="text-secondary text-xs">{t("exemptHelp")}</p> : null}
      </fieldset>
      <Switch
        label={t("has")}
        checked={consentMonths !== null}
        onCheckedChange={(isOn) => onChange({ consentMonths: isOn ? 24 : null })}
      />
      {consentMonths === null ? null : (
        <Field label={t("months")} help={t("monthsHelp")} error={problemOf("consentMonths")}>
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
      <Field label={t("since")} help={t("sinceHelp")} error={problemOf("consentSince")}>
        <Input
          type="date"
          value={consentSince ?? ""}
          onChange={({ target }) => onChange({ consentSince: target.value || null })}
          className="tabular w-44"
        />
      </Field>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
        <div className="min-w-0">
          <p className="font-medium text-sm">{t("wordings.label")}</p>
          <p className="text-secondary text-xs">{t("wordings.retired", { count: consentRetired.length })}</p>
        </div>
        <Button onClick={() => setChoosing(true)}>{t("wordings.choose")}</Button>
      </div>
      {isChoosing ? (
        <WordingsDialog
          retired={consentRetired}
          onChange={(retired) => onChange({ consentRetired: retired })}
          onClose={() => setChoosing(false)}
        />
      ) : null}
    </Section>
  );
}
