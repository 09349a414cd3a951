"use client";

import { X } from "lucide-react";
import { useTranslations } from "use-intl";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Select } from "#components/ui/select.tsx";
import { purposes } from "#flow/graph.ts";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";
import { ProblemCards } from "./problem-cards.tsx";
import { CapFields } from "./settings/cap-fields.tsx";
import { DropAfterFields } from "./settings/drop-after-fields.tsx";
import { EntryFields } from "./settings/entry-fields.tsx";
import { ExitFields } from "./settings/exit-fields.tsx";
import { GoalFields } from "./settings/goal-fields.tsx";
import { HoldoutFields } from "./settings/holdout-fields.tsx";
import { HoursFields } from "./settings/hours-fields.tsx";
import type { SettingsProps } from "./settings/settings-section.tsx";
import { TemplateHoldFields } from "./settings/template-hold-fields.tsx";

/** The flow's own settings, shown while no step is chosen: what for, who enters, what counts, who leaves, and when messages go. */
export function FlowSettingsForm() {
  const t = useTranslations("flowEditor.settings");
  const common = useTranslations("common");
  const settings = useEditor((state) => state.graph.settings);
  const canEdit = useEditor((state) => state.canEdit);
  const problems = useEditor((state) => state.problems);
  const { setSettings, setInspectorOpen } = useEditorActions();
  const props = { settings, onChange: setSettings };
  return (
    <>
      <header className="flex items-center gap-2 border-border border-b px-4 py-2.5">
        <div className="min-w-0 flex-1">
          <h2 className="text-base">{t("title")}</h2>
          <p className="text-secondary text-xs">{t("hint")}</p>
        </div>
        <IconButton size="dense" icon={X} label={common("close")} onClick={() => setInspectorOpen(false)} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <ProblemCards problems={problems.filter((problem) => problem.nodeId === null)} />
        <fieldset disabled={!canEdit} data-fields className="min-w-0 divide-y divide-border *:px-4 *:py-3.5">
          <PurposeField {...props} />
          <EntryFields {...props} />
          <HoldoutFields {...props} />
          <GoalFields {...props} />
          <ExitFields {...props} />
          <HoursFields {...props} />
          <CapFields {...props} />
          <DropAfterFields {...props} />
          <TemplateHoldFields {...props} />
        </fieldset>
      </div>
    </>
  );
}

function PurposeField({ settings, onChange }: SettingsProps) {
  const t = useTranslations("flowEditor.settings");
  return (
    <Field label={t("purpose")} help={t(`purposes.${settings.purpose}.help`)}>
      <Select
        options={purposes.map((purpose) => ({ value: purpose, label: t(`purposes.${purpose}.name`) }))}
        value={settings.purpose}
        onValueChange={(next) =>
          onChange({ purpose: purposes.find((purpose) => purpose === next) ?? settings.purpose })
        }
      />
    </Field>
  );
}
