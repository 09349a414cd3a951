"use client";

import { useTranslations } from "use-intl";
import { Switch } from "#components/ui/switch.tsx";
import { type SettingsProps, SettingsSection } from "./settings-section.tsx";
import { SpanField } from "./span-field.tsx";

const usualMinutes = 1440;
const mostMinutes = 43_200;

/** News that comes too late is no news: a message that waited longer is dropped. */
export function DropAfterFields({ settings: { dropAfterMinutes }, onChange }: SettingsProps) {
  const t = useTranslations("flowEditor.settings");
  return (
    <SettingsSection title={t("dropAfter")} field="dropAfterMinutes" help={t("dropAfterHelp")}>
      <Switch
        label={t("hasDropAfter")}
        checked={dropAfterMinutes !== null}
        onCheckedChange={(isOn) => onChange({ dropAfterMinutes: isOn ? usualMinutes : null })}
      />
      {dropAfterMinutes === null ? null : (
        <SpanField
          label={t("dropAfter")}
          minutes={dropAfterMinutes}
          units={["minutes", "hours", "days"]}
          most={mostMinutes}
          onChange={(minutes) => onChange({ dropAfterMinutes: minutes }, "dropAfter")}
        />
      )}
    </SettingsSection>
  );
}
