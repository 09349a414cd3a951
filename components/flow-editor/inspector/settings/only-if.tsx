"use client";

import { X } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { Rule } from "#flow/rule.ts";
import { RuleField } from "../../fields/rule-field.tsx";

type OnlyIfProps = {
  label: string;
  /** The event whose values the condition can look at. */
  eventName: string;
  rule: Rule | undefined;
  /** `{}`: without a condition any more. */
  onChange: (change: { rule?: Rule }) => void;
};

/** A condition that an event may have and mostly has not: a link opens it, a cross takes it away. */
export function OnlyIf({ label, eventName, rule, onChange }: OnlyIfProps) {
  const t = useTranslations("flowEditor.sources");
  if (!rule) {
    return (
      <Button variant="link" className="text-xs" onClick={() => onChange({ rule: { all: [] } })}>
        {t("addRule")}
      </Button>
    );
  }
  return (
    <div className="space-y-1.5">
      <div className="flex items-center justify-between">
        <p className="text-secondary text-sm">{t("onlyIf")}</p>
        <IconButton
          size="dense"
          icon={X}
          label={t("removeRule", { label })}
          onClick={() => onChange({})}
          className="w-6"
        />
      </div>
      <RuleField label={label} value={rule} eventName={eventName} onChange={(next) => onChange({ rule: next })} />
    </div>
  );
}
