"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { type JsonObject, JsonValue } from "#flow/json.ts";
import type { TestPerson } from "../editor-world.tsx";

const Attributes: z.ZodType<JsonObject> = z.record(z.string(), JsonValue);

/** Somebody who exists only in the test bench. */
export const inventedPerson = (name: string): TestPerson => ({
  id: "invented",
  name,
  masked: "",
  facts: {
    id: "invented",
    firstName: "Awa",
    locale: "fr",
    timezone: "Africa/Dakar",
    attributes: { creditScore: 720 },
    tags: [],
  },
});

const languages = ["en", "fr", "es", "pt", "hi"];
const zones = [
  "Africa/Dakar",
  "Africa/Lagos",
  "Africa/Nairobi",
  "America/Bogota",
  "America/Sao_Paulo",
  "Asia/Kolkata",
  "Europe/Paris",
];

type InventPersonProps = {
  person: TestPerson;
  hasConsent: boolean;
  onConsent: (hasConsent: boolean) => void;
  onChange: (person: TestPerson) => void;
};

export function InventPerson({ person, hasConsent, onConsent, onChange }: InventPersonProps) {
  const t = useTranslations("flowEditor.test");
  const { facts } = person;
  const [text, setText] = useState(() => JSON.stringify(facts.attributes, null, 2));
  const attributes = parsed(text);
  const set = (change: Partial<TestPerson["facts"]>) => onChange({ ...person, facts: { ...facts, ...change } });
  return (
    <div className="space-y-3">
      <p className="font-semibold text-sm">{t("invent")}</p>
      <div className="grid grid-cols-2 gap-2">
        <Field label={t("firstName")}>
          <Input
            isDense
            value={facts.firstName ?? ""}
            onChange={(event) => set({ firstName: event.target.value || null })}
          />
        </Field>
        <Field label={t("language")}>
          <Select
            isDense
            options={languages.map((language) => ({ value: language, label: language }))}
            value={facts.locale ?? "en"}
            onValueChange={(locale) => set({ locale })}
          />
        </Field>
      </div>
      <Field label={t("zone")}>
        <Select
          isDense
          options={zones.map((zone) => ({ value: zone, label: zone.replace("_", " ") }))}
          value={facts.timezone ?? zones[0]}
          onValueChange={(timezone) => set({ timezone })}
        />
      </Field>
      <Field label={t("attributes")} error={attributes ? undefined : t("notJson")}>
        <Textarea
          rows={4}
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            const next = parsed(event.target.value);
            if (next) set({ attributes: next });
          }}
          className="font-mono text-xs leading-4"
        />
      </Field>
      <Switch label={t("hasConsent")} checked={hasConsent} onCheckedChange={onConsent} />
    </div>
  );
}

function parsed(text: string): JsonObject | null {
  try {
    const result = Attributes.safeParse(JSON.parse(text));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}
