"use client";

import { useTranslations } from "use-intl";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { Consent } from "./import-types.ts";

const classes = ["marketing", "service"] as const;

type ConsentFieldsProps = { consent: Consent; hasColumn: boolean; onChange: (consent: Consent) => void };

/** What the people of the file have agreed to, and the proof of it: without one they are taken in and cannot be messaged. */
export function ConsentFields({ consent, hasColumn, onChange }: ConsentFieldsProps) {
  const t = useTranslations("audiences.import.consent");
  const { purposes } = consent;
  return (
    <fieldset className="mt-5 space-y-3">
      <legend className="font-semibold text-sm">{t("title")}</legend>
      <p className="text-secondary text-xs">{t("help")}</p>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {classes.map((purpose) => (
          <Checkbox
            key={purpose}
            label={t(purpose)}
            checked={purposes.includes(purpose)}
            onCheckedChange={(isOn) =>
              onChange({
                ...consent,
                purposes: isOn === true ? [...purposes, purpose] : purposes.filter((one) => one !== purpose),
              })
            }
          />
        ))}
      </div>
      {purposes.length > 0 ? (
        <>
          <Field label={t("source")} aside={hasColumn ? t("optional") : undefined} help={t("sourceHelp")}>
            <Input
              value={consent.source}
              maxLength={200}
              onChange={(event) => onChange({ ...consent, source: event.target.value })}
            />
          </Field>
          <Field label={t("wording")} aside={t("optional")}>
            <Input
              value={consent.wording}
              maxLength={500}
              onChange={(event) => onChange({ ...consent, wording: event.target.value })}
            />
          </Field>
        </>
      ) : null}
    </fieldset>
  );
}
