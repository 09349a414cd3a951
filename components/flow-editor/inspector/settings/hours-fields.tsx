"use client";

import { useTranslations } from "use-intl";
import { Input } from "#components/ui/input.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { isCapped } from "#flow/gate/frequency-cap.ts";
import { nextOpening } from "#flow/gate/quiet-hours.ts";
import { useEditorWorld } from "../../editor-world.tsx";
import { type SettingsProps, SettingsSection } from "./settings-section.tsx";

/** The flow's own hours, beside the workspace's quiet hours: both hold, so a flow can only be stricter. */
export function HoursFields({ settings: { sendingHours, collects = false, purpose }, onChange }: SettingsProps) {
  const t = useTranslations("flowEditor.settings");
  const { policy } = useEditorWorld();
  const quiet = isCapped(purpose) && policy.quietHours.from !== policy.quietHours.to ? policy.quietHours : null;
  const isNever = sendingHours !== null && nextOpening({ quiet, sending: sendingHours }, "UTC", 0) === null;
  const set = (change: { from?: string; to?: string }) =>
    sendingHours && onChange({ sendingHours: { ...sendingHours, ...change } }, "hours");
  return (
    <SettingsSection title={t("hours")} field="sendingHours">
      <p className="text-secondary text-xs">{quiet ? t("quietHold", quiet) : t("quietNone")}</p>
      <Switch
        label={t("hasHours")}
        checked={sendingHours !== null}
        onCheckedChange={(isOn) => onChange({ sendingHours: isOn ? { from: "08:00", to: "19:00" } : null })}
      />
      {sendingHours ? (
        <div className="flex items-center gap-2">
          <Input
            type="time"
            aria-label={t("from")}
            aria-invalid={isNever || undefined}
            value={sendingHours.from}
            onChange={(event) => event.target.value && set({ from: event.target.value })}
            className="tabular w-28"
          />
          <span className="text-secondary text-sm">{t("to")}</span>
          <Input
            type="time"
            aria-label={t("until")}
            aria-invalid={isNever || undefined}
            value={sendingHours.to}
            onChange={(event) => event.target.value && set({ to: event.target.value })}
            className="tabular w-28"
          />
        </div>
      ) : null}
      {isNever ? <p className="text-danger text-xs">{t("hoursNever")}</p> : null}
      <p className="text-secondary text-xs">{t("hoursHelp")}</p>
      <Switch label={t("collects")} checked={collects} onCheckedChange={(isOn) => onChange({ collects: isOn })} />
      <p className="text-secondary text-xs">{t("collectsHelp")}</p>
    </SettingsSection>
  );
}
