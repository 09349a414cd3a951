"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { type JsonObject, JsonValue } from "#flow/json.ts";
import { useEditorWorld } from "../editor-world.tsx";
import { EventNameField } from "../fields/simple-fields.tsx";

const Properties: z.ZodType<JsonObject> = z.record(z.string(), JsonValue);

export type EventDraft = {
  name: string;
  text: string;
  /** Null while the text is no JSON object. */
  properties: JsonObject | null;
  setName: (name: string) => void;
  setText: (text: string) => void;
};

/**
 * An event to fire: another name brings the sample of that event, the text is edited as JSON. `made`: what the first one
 * holds where the product makes it itself.
 */
export function useEventDraft(initialName: string, made?: JsonObject): EventDraft {
  const { events } = useEditorWorld();
  const sampleOf = (name: string) => {
    const sample = made && name === initialName ? made : events.find((event) => event.name === name)?.sample;
    return JSON.stringify(sample ?? {}, null, 2);
  };
  const [draft, setDraft] = useState({ from: initialName, name: initialName, text: sampleOf(initialName) });
  // The trigger was given another event meanwhile: the draft follows it, unless one typed another name on purpose.
  const isStale = draft.from !== initialName && draft.name === draft.from;
  const { name, text } = isStale ? { name: initialName, text: sampleOf(initialName) } : draft;
  return {
    name,
    text,
    properties: parsed(text),
    setName: (next) => setDraft({ from: initialName, name: next, text: sampleOf(next) }),
    setText: (next) => setDraft({ from: initialName, name, text: next }),
  };
}

function parsed(text: string): JsonObject | null {
  try {
    const result = Properties.safeParse(JSON.parse(text));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

export function EventEditor({ draft }: { draft: EventDraft }) {
  const t = useTranslations("flowEditor.test");
  return (
    <div className="space-y-3">
      <div className="space-y-1.5">
        <p className="font-medium text-sm">{t("event")}</p>
        <EventNameField
          id="test-event"
          label={t("event")}
          value={draft.name}
          isInvalid={false}
          onChange={(name) => typeof name === "string" && draft.setName(name)}
        />
      </div>
      <Field label={t("properties")} help={t("propertiesHelp")} error={draft.properties ? undefined : t("notJson")}>
        <Textarea
          rows={9}
          spellCheck={false}
          value={draft.text}
          onChange={(event) => draft.setText(event.target.value)}
          className="font-mono text-xs leading-4"
        />
      </Field>
    </div>
  );
}
