"use client";

import { useTranslations } from "use-intl";
import { Field } from "#components/ui/field.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { type SettingsProps, SettingsSection } from "./settings-section.tsx";
import { WholeNumber } from "./whole-number.tsx";

const usualHours = 24;
const mostHours = 720;

/** What becomes of the people whose template WhatsApp stops: they leave by "blocked", or wait for it. */
export function TemplateHoldFields({ settings: { templateHoldHours: hours = null }, onChange }: SettingsProps) {
  const t = useTranslations("flowEditor.settings");
  return (
    <SettingsSection
      title={t("templateHold")}
      field="templateHoldHours"
      help={t(hours === null ? "templateHoldOff" : "templateHoldOn")}
    >
      <Switch
        label={t("holdsForTemplate")}
        checked={hours !== null}
        onCheckedChange={(isOn) => onChange({ templateHoldHours: isOn ? usualHours : null })}
      />
      {hours === null ? null : (
        <Field label={t("templateHoldHours")}>
          <WholeNumber
            value={hours}
            min={1}
            max={mostHours}
            onChange={(next) => onChange({ templateHoldHours: next }, "templateHold")}
          />
        </Field>
      )}
    </SettingsSection>
  );
}
