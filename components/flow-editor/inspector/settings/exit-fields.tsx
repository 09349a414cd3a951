"use client";

import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { inOrder } from "#components/ui/in-order.tsx";
import { AddItem, ListItem } from "../../fields/list-frame.tsx";
import { removeAt, replaceAt } from "../../fields/list-value.ts";
import { EventNameField } from "../../fields/simple-fields.tsx";
import { OnlyIf } from "./only-if.tsx";
import { type SettingsProps, SettingsSection } from "./settings-section.tsx";

const mostExits = 20;

/** Events that take a person out wherever they stand, each with a condition where it needs one. */
export function ExitFields({ settings: { exitOn }, onChange }: SettingsProps) {
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
  const shown = [...exitOn, ...(isAdding ? [{ event: "", rule: undefined }] : [])];
  return (
    <SettingsSection title={t("exitOn")} field="exitOn" help={shown.length === 0 ? t("exitOnHelp") : undefined}>
      {inOrder(shown, ({ event, rule }, index) => (
        <ListItem
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
          {event === "" ? null : (
            <OnlyIf
              label={t("exitIf", { event })}
              eventName={event}
              rule={rule}
              onChange={(change) => onChange({ exitOn: replaceAt(exitOn, index, { event, ...change }) }, "exit")}
            />
          )}
        </ListItem>
      ))}
      {isAdding || exitOn.length >= mostExits ? null : (
        <AddItem onClick={() => setAdding(true)}>{t("addExit")}</AddItem>
      )}
    </SettingsSection>
  );
}
