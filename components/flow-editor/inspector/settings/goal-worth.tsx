"use client";

import { X } from "lucide-react";
import { useTranslations } from "use-intl";
import { FieldPicker } from "#components/rule-builder/field-picker.tsx";
import { useSession } from "#components/session/session-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { GoalValue } from "#flow/goal-value.ts";
import { CurrencyPicker } from "../../fields/currency-picker.tsx";
import { useKnownPaths } from "../../fields/use-known-paths.tsx";

type GoalWorthProps = {
  eventName: string;
  value: GoalValue | undefined;
  /** Undefined: the event says nothing of it. */
  onChange: (value: GoalValue | undefined) => void;
};

/** The amount in the goal's event, so that it can be told what reaching it was worth: a link opens it, a cross takes it away. */
export function GoalWorth({ eventName, value, onChange }: GoalWorthProps) {
  const t = useTranslations("flowEditor.settings");
  const { workspace } = useSession();
  const { fields } = useKnownPaths(eventName);
  const amounts = fields.filter(
    ({ source, sample }) => source === "event" && (sample === undefined || isAmount(sample)),
  );
  const currencies = fields.filter(({ source, path }) => source === "event" && /\.(currency|devise)$/i.test(path));
  const beside = currencies[0]?.path;
  if (!value) {
    const usual = fields.find(({ path }) => path === "event.amount") ?? amounts[0];
    const currency = beside ? { currencyPath: beside } : { currency: workspace.currency };
    return (
      <Button
        variant="link"
        className="text-xs"
        onClick={() => onChange({ path: usual?.path ?? "event.amount", ...currency })}
      >
        {t("addWorth")}
      </Button>
    );
  }
  return (
    <div className="space-y-1.5">
      <div className="flex items-center justify-between">
        <p className="text-secondary text-sm">{t("worth")}</p>
        <IconButton
          size="dense"
          icon={X}
          label={t("removeWorth")}
          onClick={() => onChange(undefined)}
          className="w-6"
        />
      </div>
      <FieldPicker
        fields={amounts}
        label={t("worth")}
        value={value.path}
        onChange={(path) => onChange({ ...value, path: path.replace(/^contact\./, "event.") })}
      />
      <CurrencyPicker
        eventName={eventName}
        label={t("worthCurrency")}
        format={value}
        onChange={({ currency, currencyPath }) =>
          onChange({ path: value.path, ...(currency ? { currency } : { currencyPath }) })
        }
      />
      <p className="text-secondary text-xs">{t("worthHelp")}</p>
    </div>
  );
}

/** As other systems tell one: a whole number, or its digits. */
const isAmount = (sample: unknown): boolean =>
  typeof sample === "number" || (typeof sample === "string" && /^\d{1,15}$/.test(sample));
