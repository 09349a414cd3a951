"use client";

import { useTranslations } from "use-intl";
import { familyOf, StepIcon } from "#components/flow-canvas/step-icon.tsx";
import { choicesOf } from "#components/flow-words/read-fields.ts";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { Combobox } from "#components/ui/combobox.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { useEditor } from "../editor-state/editor-context.tsx";
import { flowOrder } from "../editor-state/flow-order.ts";
import { useEditorWorld } from "../editor-world.tsx";
import type { FieldProps } from "./field-props.ts";
import { textOf } from "./list-value.ts";

export function TextField({ id, value, isInvalid, onChange }: FieldProps) {
  return (
    <Input
      id={id}
      value={textOf(value)}
      aria-invalid={isInvalid || undefined}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

export function LongTextField({ id, value, isInvalid, onChange }: FieldProps) {
  return (
    <Textarea
      id={id}
      rows={3}
      value={textOf(value)}
      aria-invalid={isInvalid || undefined}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

export function UrlField({ id, value, isInvalid, onChange }: FieldProps) {
  return (
    <Input
      id={id}
      type="url"
      inputMode="url"
      placeholder="https://"
      value={textOf(value)}
      aria-invalid={isInvalid || undefined}
      onChange={(event) => onChange(event.target.value.trim())}
      className="font-mono text-xs"
    />
  );
}

/** A number one types; while the field is empty the draft holds nothing, and the problem list says so. */
export function NumberField({ id, value, isInvalid, onChange }: FieldProps) {
  return (
    <Input
      id={id}
      type="number"
      value={typeof value === "number" ? value : ""}
      aria-invalid={isInvalid || undefined}
      onChange={(event) => onChange(event.target.value === "" ? null : event.target.valueAsNumber)}
      className="tabular w-28"
    />
  );
}

export function ClockTimeField({ id, value, isInvalid, onChange }: FieldProps) {
  return (
    <Input
      id={id}
      type="time"
      value={textOf(value)}
      aria-invalid={isInvalid || undefined}
      onChange={(event) => onChange(event.target.value)}
      className="tabular w-32"
    />
  );
}

export function SelectField({ id, type, label, name, value, schema, onChange }: FieldProps) {
  const words = useStepWords();
  const options = choicesOf(schema).map((choice) => ({ value: choice, label: words.option(type, name, choice) }));
  return <Select id={id} aria-label={label} options={options} value={textOf(value)} onValueChange={onChange} />;
}

/** An event: those that have arrived or that a flow names, or a new name. */
export function EventNameField({
  id,
  label,
  value,
  isInvalid,
  onChange,
}: Pick<FieldProps, "id" | "label" | "value" | "isInvalid" | "onChange">) {
  const t = useTranslations("flowEditor.events");
  const { events } = useEditorWorld();
  return (
    <Combobox
      id={id}
      aria-label={label}
      aria-invalid={isInvalid || undefined}
      options={events.map(({ name, sample }) => ({
        value: name,
        label: name,
        hint: sample ? Object.keys(sample).join(", ") : undefined,
      }))}
      value={textOf(value) || null}
      onValueChange={(typed) => onChange(typed.trim().toLowerCase().replaceAll(/\s+/g, "_"))}
      placeholder={t("pick")}
      searchPlaceholder={t("search")}
      emptyText={t("none")}
      createLabel={(typed) => t("use", { name: typed })}
      className="font-mono text-xs"
    />
  );
}

/** Another step of the flow. */
export function NodeField({ id, label, nodeId, value, isInvalid, onChange }: FieldProps) {
  const t = useTranslations("flowEditor.find");
  const words = useStepWords();
  const graph = useEditor((state) => state.graph);
  const catalog = useEditor((state) => state.catalog);
  const rows = flowOrder(graph, catalog).filter(({ node }) => node.id !== nodeId && familyOf(node.type) !== "trigger");
  return (
    <Combobox
      id={id}
      aria-label={label}
      aria-invalid={isInvalid || undefined}
      options={rows.map(({ node }) => ({
        value: node.id,
        label: words.title(node),
        hint: words.summary(node, catalog),
        icon: <StepIcon type={node.type} isSmall />,
      }))}
      value={textOf(value) || null}
      onValueChange={onChange}
      placeholder={t("pick")}
      searchPlaceholder={t("placeholder")}
      emptyText={t("none")}
    />
  );
}
