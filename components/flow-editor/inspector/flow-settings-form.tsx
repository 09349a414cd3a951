"use client";

import { X } from "lucide-react";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { type FlowSettings, purposes } from "#flow/graph.ts";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";
import { AddItem, ListItem } from "../fields/list-frame.tsx";
import { removeAt, replaceAt } from "../fields/list-value.ts";
import { PathPicker } from "../fields/path-field.tsx";
import { EventNameField } from "../fields/simple-fields.tsx";
import { ProblemCards } from "./problem-cards.tsx";
import { TemplateHoldFields } from "./template-hold-fields.tsx";

type Settings = { settings: FlowSettings; onChange: (change: Partial<FlowSettings>, burst?: string) => void };

/** The flow's own settings, shown while no step is chosen. */
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
          <GoalFields {...props} />
          <ExitFields {...props} />
          <ReEntryFields {...props} />
          <HoursFields {...props} />
          <TemplateHoldFields {...props} />
        </fieldset>
      </div>
    </>
  );
}

function PurposeField({ settings, onChange }: Settings) {
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

/** A goal without an event is no goal: the switch only opens the form, the goal is there once its event is picked. */
function GoalFields({ settings: { goal }, onChange }: Settings) {
  const t = useTranslations("flowEditor.settings");
  const [isOpen, setOpen] = useState(goal !== null);
  const id = useId();
  const pick = (event: unknown) =>
    typeof event === "string" && event !== "" && onChange({ goal: { windowHours: 168, ...goal, event } });
  return (
    <section className="space-y-2" data-field="goal">
      <h3 className="font-semibold text-sm tracking-normal">{t("goal")}</h3>
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
        <Field label={t("goalWindow")} help={t("goalWindowHelp")}>
          <Input
            type="number"
            min={1}
            max={365}
            value={Math.round(goal.windowHours / 24)}
            onChange={(event) =>
              onChange({ goal: { ...goal, windowHours: windowHoursOf(event.target.valueAsNumber) } }, "goal")
            }
            className="tabular w-24"
          />
        </Field>
      ) : null}
    </section>
  );
}

const windowHoursOf = (days: number): number => Math.min(365, Math.max(1, Math.round(days || 1))) * 24;

function ExitFields({ settings: { exitOn }, onChange }: Settings) {
  const t = useTranslations("flowEditor.settings");
  const [isAdding, setAdding] = useState(false);
  const id = useId();
  const set = (index: number, event: unknown) => {
    if (typeof event !== "string" || event === "") return;
    setAdding(false);
    onChange({
      exitOn: index < exitOn.length ? replaceAt(exitOn, index, { ...exitOn[index], event }) : [...exitOn, { event }],
    });
  };
  const shown = [...exitOn.map((exit) => exit.event), ...(isAdding ? [""] : [])];
  return (
    <section className="space-y-2" data-field="exitOn">
      <h3 className="font-semibold text-sm tracking-normal">{t("exitOn")}</h3>
      {shown.length === 0 ? <p className="text-secondary text-xs">{t("exitOnHelp")}</p> : null}
      {shown.map((event, index) => (
        <ListItem
          // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place in the list
          key={index}
          removeLabel={t("removeExit", { event })}
          onRemove={() => (event === "" ? setAdding(false) : onChange({ exitOn: removeAt(exitOn, index) }))}
        >
          <EventNameField
            id={`${id}-${index}`}
            label={t("exitEvent", { number: index + 1 })}
            value={event}
            isInvalid={event === ""}
            onChange={(next) => set(index, next)}
          />
        </ListItem>
      ))}
      {isAdding ? null : <AddItem onClick={() => setAdding(true)}>{t("addExit")}</AddItem>}
    </section>
  );
}

const reEntryModes = ["never", "after-exit", "after-days", "every-event"] as const;

function ReEntryFields({ settings: { reEntry, enrollmentKey }, onChange }: Settings) {
  const t = useTranslations("flowEditor.settings");
  return (
    <section className="space-y-3">
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
          <Input
            type="number"
            min={1}
            max={365}
            value={reEntry.days}
            onChange={(event) =>
              onChange(
                { reEntry: { mode: "after-days", days: Math.min(365, Math.max(1, event.target.valueAsNumber || 1)) } },
                "days",
              )
            }
            className="tabular w-24"
          />
        </Field>
      ) : null}
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
    </section>
  );
}

function HoursFields({ settings: { sendingHours, collects = false }, onChange }: Settings) {
  const t = useTranslations("flowEditor.settings");
  const set = (change: { from?: string; to?: string }) =>
    sendingHours && onChange({ sendingHours: { ...sendingHours, ...change } }, "hours");
  return (
    <section className="space-y-2">
      <h3 className="font-semibold text-sm tracking-normal">{t("hours")}</h3>
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
            value={sendingHours.from}
            onChange={(event) => event.target.value && set({ from: event.target.value })}
            className="tabular w-28"
          />
          <span className="text-secondary text-sm">{t("to")}</span>
          <Input
            type="time"
            aria-label={t("until")}
            value={sendingHours.to}
            onChange={(event) => event.target.value && set({ to: event.target.value })}
            className="tabular w-28"
          />
        </div>
      ) : null}
      <p className="text-secondary text-xs">{t("hoursHelp")}</p>
      <Switch label={t("collects")} checked={collects} onCheckedChange={(isOn) => onChange({ collects: isOn })} />
      <p className="text-secondary text-xs">{t("collectsHelp")}</p>
    </section>
  );
}
