"use client";

import { useTranslations } from "use-intl";
import { isComplete } from "#components/flow-words/step-handles.ts";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { asGroup, draftRule } from "#components/rule-builder/rule-edits.ts";
import { fieldFinder } from "#components/rule-builder/unknown-field.ts";
import { useRuleSentence } from "#components/rule-builder/use-rule-sentence.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { useEditor, useEditorActions } from "../../editor-state/editor-context.tsx";
import { useEditorWorld } from "../../editor-world.tsx";
import { PathPicker } from "../../fields/path-field.tsx";
import { useKnownPaths } from "../../fields/use-known-paths.tsx";
import { type SettingsProps, SettingsSection } from "./settings-section.tsx";
import { WholeNumber } from "./whole-number.tsx";

const reEntryModes = ["never", "after-exit", "after-days", "every-event"] as const;

/** Who comes in: the trigger's criteria in words, how often one person may, and by which key. */
export function EntryFields({ settings: { reEntry, enrollmentKey }, onChange }: SettingsProps) {
  const t = useTranslations("flowEditor.settings");
  return (
    <SettingsSection title={t("entry")} field="reEntry">
      <EntryCriteria />
      <Field label={t("reEntry")} help={t(`reEntryHelp.${reEntry.mode}`)}>
        <Select
          options={reEntryModes.map((mode) => ({ value: mode, label: t(`reEntryModes.${mode}`) }))}
          value={reEntry.mode}
          onValueChange={(next) => {
            const mode = reEntryModes.find((candidate) => candidate === next) ?? "after-exit";
            onChange({ reEntry: mode === "after-days" ? { mode, days: 30 } : { mode } });
          }}
        />
      </Field>
      {reEntry.mode === "after-days" ? (
        <Field label={t("days")}>
          <WholeNumber
            value={reEntry.days}
            min={1}
            max={365}
            onChange={(days) => onChange({ reEntry: { mode: "after-days", days } }, "days")}
          />
        </Field>
      ) : null}
      <div className="space-y-2" data-field="enrollmentKey">
        <Switch
          label={t("hasKey")}
          checked={enrollmentKey !== null}
          onCheckedChange={(isOn) => onChange({ enrollmentKey: isOn ? "event.id" : null })}
        />
        {enrollmentKey === null ? null : (
          <>
            <PathPicker label={t("key")} value={enrollmentKey} onChange={(path) => onChange({ enrollmentKey: path })} />
            <p className="text-secondary text-xs">{t("keyHelp")}</p>
          </>
        )}
      </div>
    </SettingsSection>
  );
}

/** The criteria stand on the step that starts the flow: here they are read, there they are changed. */
function EntryCriteria() {
  const t = useTranslations("flowEditor.settings");
  const words = useStepWords();
  const sentence = useRuleSentence();
  const { fields } = useKnownPaths();
  const { workspaceTimezone } = useEditorWorld();
  const catalog = useEditor((state) => state.catalog);
  const trigger = useEditor((state) => state.graph.nodes.find((node) => node.type.startsWith("trigger")));
  const { select } = useEditorActions();
  if (!trigger) return <p className="text-secondary text-xs">{t("noTrigger")}</p>;
  const rule = draftRule(trigger.data.rule);
  return (
    <p className="text-sm">
      {(isComplete(trigger) && words.summary(trigger, catalog)) || words.title(trigger)}
      {asGroup(rule).rules.length > 0
        ? t("entryIf", { rule: sentence(rule, fieldFinder(fields), workspaceTimezone) })
        : null}
      .{" "}
      <Button variant="link" className="text-sm" onClick={() => select([trigger.id])}>
        {t("editEntry")}
      </Button>
    </p>
  );
}
