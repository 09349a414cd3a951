import { useTranslations } from "use-intl";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Switch } from "#components/ui/switch.tsx";
import type { FlowSettings } from "#flow/graph.ts";

const usualHours = 24;
const mostHours = 720;

/** What becomes of the people whose template WhatsApp stops: they leave by "blocked", or wait for it. */
export function TemplateHoldFields({
  settings: { templateHoldHours: hours = null },
  onChange,
}: {
  settings: FlowSettings;
  onChange: (change: Partial<FlowSettings>, burst?: string) => void;
}) {
  const t = useTranslations("flowEditor.settings");
  return (
    <section className="space-y-2" data-field="templateHoldHours">
      <h3 className="font-semibold text-sm tracking-normal">{t("templateHold")}</h3>
      <Switch
        label={t("holdsForTemplate")}
        checked={hours !== null}
        onCheckedChange={(isOn) => onChange({ templateHoldHours: isOn ? usualHours : null })}
      />
      {hours === null ? null : (
        <Field label={t("templateHoldHours")}>
          <Input
            type="number"
            min={1}
            max={mostHours}
            value={hours}
            onChange={({ target }) => onChange({ templateHoldHours: clamp(target.valueAsNumber) }, "templateHold")}
            className="tabular w-24"
          />
        </Field>
      )}
      <p className="text-secondary text-xs">{t(hours === null ? "templateHoldOff" : "templateHoldOn")}</p>
    </section>
  );
}

const clamp = (hours: number): number => Math.min(mostHours, Math.max(1, Math.round(hours || 1)));
