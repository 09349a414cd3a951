"use client";

import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Switch } from "#components/ui/switch.tsx";
import { EventNameField } from "../../fields/simple-fields.tsx";
import { GoalWorth } from "./goal-worth.tsx";
import { OnlyIf } from "./only-if.tsx";
import { type SettingsProps, SettingsSection } from "./settings-section.tsx";
import { SpanField } from "./span-field.tsx";

const longestHours = 8760;

/** A goal without an event is no goal: the switch only opens the form, the goal is there once its event is picked. */
export function GoalFields({ settings: { goal }, onChange }: SettingsProps) {
  const t = useTranslations("flowEditor.settings");
  const [isOpen, setOpen] = useState(goal !== null);
  const id = useId();
  const pick = (event: unknown) =>
    typeof event === "string" && event !== "" && onChange({ goal: { windowHours: 168, ...goal, event } });
  return (
    <SettingsSection title={t("goal")} field="goal" help={goal ? t("goalWindowHelp") : undefined}>
      <Switch
        label={t("hasGoal")}
        checked={isOpen || goal !== null}
        onCheckedChange={(isOn) => {
          setOpen(isOn);
          if (!isOn) onChange({ goal: null });
        }}
      />
      {isOpen || goal ? (
        <>
          <label htmlFor={id} className="block text-secondary text-sm">
            {t("goalEvent")}
          </label>
          <EventNameField id={id} label={t("goalEvent")} value={goal?.event ?? ""} isInvalid={!goal} onChange={pick} />
        </>
      ) : null}
      {goal ? (
        <>
          <OnlyIf
            label={t("goalIf")}
            eventName={goal.event}
            rule={goal.rule}
            onChange={(rule) => onChange({ goal: { ...goal, rule: undefined, ...rule } }, "goal")}
          />
          <GoalWorth
            eventName={goal.event}
            value={goal.value}
            onChange={(value) => onChange({ goal: { ...goal, value } })}
          />
          <p className="text-secondary text-sm">{t("goalWindow")}</p>
          <SpanField
            label={t("goalWindow")}
            minutes={goal.windowHours * 60}
            units={["hours", "days"]}
            most={longestHours * 60}
            onChange={(minutes) => onChange({ goal: { ...goal, windowHours: minutes / 60 } }, "goal")}
          />
        </>
      ) : null}
    </SettingsSection>
  );
}
