"use client";

import { useTranslations } from "use-intl";
import { Select } from "#components/ui/select.tsx";
import { useEditor } from "../editor-state/editor-context.tsx";
import type { FieldProps } from "./field-props.ts";
import { textOf } from "./list-value.ts";

/** Stands for no choice: a select has no empty value. */
const anyNumber = "any";

/** One of the workspace's WhatsApp numbers, or any. */
export function ChannelField({ id, label, value, onChange }: FieldProps) {
  const t = useTranslations("flowEditor.channels");
  const channels = useEditor((state) => state.catalog.channels) ?? [];
  return (
    <Select
      id={id}
      aria-label={label}
      options={[
        { value: anyNumber, label: t("any") },
        ...channels.map((channel) => ({ value: channel.id, label: channel.name })),
      ]}
      value={textOf(value) || anyNumber}
      onValueChange={(next) => onChange(next === anyNumber ? null : next)}
    />
  );
}
