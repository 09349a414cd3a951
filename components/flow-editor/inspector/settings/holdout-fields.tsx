"use client";

import { useTranslations } from "use-intl";
import { Field } from "#components/ui/field.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { mayHoldOut } from "#flow/holdout.ts";
import { HoldoutExperiment } from "../step-experiment.tsx";
import { type SettingsProps, SettingsSection } from "./settings-section.tsx";
import { WholeNumber } from "./whole-number.tsx";

const usualPercent = 5;
const mostPercent = 50;

/** People who get nothing of the flow, so that its effect can be seen. Alerts reach everybody. */
export function HoldoutFields({ settings: { holdout = null, purpose }, onChange }: SettingsProps) {
  const t = useTranslations("flowEditor.settings");
  const isAllowed = mayHoldOut(purpose);
  const turn = (isOn: boolean) =>
    onChange({ holdout: isOn ? { percent: usualPercent, salt: crypto.randomUUID().slice(0, 8) } : null });
  return (
    <SettingsSection
      title={t("holdout")}
      field="holdout"
      help={t(isAllowed ? (holdout ? "holdoutOn" : "holdoutOff") : "holdoutAlert")}
    >
      <Switch
        label={t("hasHoldout")}
        checked={holdout !== null}
        disabled={!isAllowed && holdout === null}
        onCheckedChange={turn}
      />
      {holdout ? (
        <Field label={t("holdoutPercent")}>
          <WholeNumber
            value={holdout.percent}
            min={1}
            max={mostPercent}
            onChange={(percent) => onChange({ holdout: { ...holdout, percent } }, "holdout")}
          />
        </Field>
      ) : null}
      {holdout && isAllowed ? <HoldoutExperiment salt={holdout.salt} percent={holdout.percent} /> : null}
    </SettingsSection>
  );
}
