"use client";

import { useTranslations } from "use-intl";
import { Field } from "#components/ui/field.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { isCapped } from "#flow/gate/frequency-cap.ts";
import { useEditorWorld } from "../../editor-world.tsx";
import { type SettingsProps, SettingsSection } from "./settings-section.tsx";
import { WholeNumber } from "./whole-number.tsx";

/** A cap below the workspace's: the flow gives way to others. */
export function CapFields({ settings: { capPerDay = null, purpose }, onChange }: SettingsProps) {
  const t = useTranslations("flowEditor.settings");
  const most = useEditorWorld().policy.capPerDay;
  const isExempt = !isCapped(purpose);
  const hasNoEffect = capPerDay !== null && capPerDay >= most;
  return (
    <SettingsSection
      title={t("cap")}
      field="capPerDay"
      help={isExempt ? t("capAlert") : t(capPerDay === null ? "capOff" : "capOn", { most })}
    >
      <Switch
        label={t("hasCap")}
        checked={capPerDay !== null}
        disabled={isExempt && capPerDay === null}
        onCheckedChange={(isOn) => onChange({ capPerDay: isOn ? Math.max(1, most - 1) : null })}
      />
      {capPerDay === null ? null : (
        <Field label={t("capPerDay")}>
          <WholeNumber
            value={capPerDay}
            min={1}
            max={50}
            onChange={(perDay) => onChange({ capPerDay: perDay }, "cap")}
          />
        </Field>
      )}
      {hasNoEffect && !isExempt ? <p className="text-warning text-xs">{t("capNoEffect", { most })}</p> : null}
    </SettingsSection>
  );
}
