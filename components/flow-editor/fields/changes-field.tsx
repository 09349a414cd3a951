"use client";

import { useTranslations } from "use-intl";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { shownValue } from "#components/rule-builder/typed-value.ts";
import { useTypedText } from "#components/rule-builder/use-typed-text.ts";
import { kindOf, type ValueKind } from "#components/rule-builder/value-kind.ts";
import { Combobox } from "#components/ui/combobox.tsx";
import { inOrder } from "#components/ui/in-order.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { type Json, JsonValue } from "#flow/json.ts";
import type { FieldProps } from "./field-props.ts";
import { AddItem, ListItem } from "./list-frame.tsx";
import { listOf, removeAt, replaceAt, textOf } from "./list-value.ts";
import { useKnownPaths } from "./use-known-paths.tsx";

const operations = ["set", "unset", "increment", "add-tag", "remove-tag"];

/** What an update writes on the person, line by line, in order. */
export function ChangesField({ value, isInvalid, onChange }: FieldProps) {
  const t = useTranslations("flowEditor.changes");
  const words = useStepWords();
  const changes = listOf(value);
  return (
    <div className="space-y-2">
      {inOrder(changes, (change, index) => (
        <ListItem
          removeLabel={t("remove", { number: index + 1 })}
          onRemove={changes.length > 1 ? () => onChange(removeAt(changes, index)) : null}
        >
          <Select
            isDense
            aria-label={t("operation", { number: index + 1 })}
            options={operations.map((op) => ({ value: op, label: words.option("update-contact", "op", op) }))}
            value={textOf(change.op)}
            onValueChange={(op) => onChange(replaceAt(changes, index, changeTo(op, change)))}
          />
          <ChangeLine
            change={change}
            isInvalid={isInvalid}
            onChange={(next) => onChange(replaceAt(changes, index, next))}
          />
        </ListItem>
      ))}
      <AddItem onClick={() => onChange([...changes, { op: "set", attribute: "", value: "" }])}>{t("add")}</AddItem>
    </div>
  );
}

/** Another operation on the same attribute or tag. */
function changeTo(
  op: string,
  { attribute = "", tag = "", value = "" }: Record<string, unknown>,
): Record<string, unknown> {
  if (op === "add-tag" || op === "remove-tag") return { op, tag };
  if (op === "set") return { op, attribute, value };
  return op === "increment" ? { op, attribute, by: 1 } : { op, attribute };
}

type ChangeLineProps = {
  change: Record<string, unknown>;
  isInvalid: boolean;
  onChange: (change: Record<string, unknown>) => void;
};

function ChangeLine({ change, isInvalid, onChange }: ChangeLineProps) {
  const t = useTranslations("flowEditor.changes");
  const { known } = useKnownPaths();
  if (change.op === "add-tag" || change.op === "remove-tag") {
    return (
      <Input
        isDense
        aria-label={t("tag")}
        placeholder={t("tag")}
        value={textOf(change.tag)}
        onChange={(event) => onChange({ ...change, tag: event.target.value })}
      />
    );
  }
  const attributes = known.filter((path) => path.source === "contact" && path.name !== "tags");
  const sample = attributes.find((path) => path.name === change.attribute)?.sample;
  return (
    <>
      <Combobox
        isDense
        aria-label={t("attribute")}
        aria-invalid={(isInvalid && !change.attribute) || undefined}
        options={attributes.map(({ name, sample: shown }) => ({
          value: name,
          label: name,
          hint: shownValue(shown, { kind: kindOf(name, shown, undefined) }) || undefined,
        }))}
        value={textOf(change.attribute) || null}
        onValueChange={(typed) => onChange({ ...change, attribute: typed.trim().replaceAll(/[^A-Za-z0-9_]/g, "_") })}
        placeholder={t("pickAttribute")}
        searchPlaceholder={t("searchAttribute")}
        emptyText={t("noAttribute")}
        createLabel={(typed) => t("newAttribute", { name: typed })}
      />
      {change.op === "set" ? (
        <NewValue
          value={change.value}
          kind={kindOf("", sample, undefined)}
          onChange={(value) => onChange({ ...change, value })}
        />
      ) : null}
      {change.op === "increment" ? (
        <Input
          isDense
          type="number"
          aria-label={t("by")}
          value={typeof change.by === "number" ? change.by : ""}
          onChange={(event) =>
            onChange({ ...change, by: event.target.value === "" ? null : event.target.valueAsNumber })
          }
          className="tabular w-28"
        />
      ) : null}
    </>
  );
}

type NewValueProps = { value: unknown; kind: ValueKind; onChange: (value: Json) => void };

/** What is written: a number where the attribute is one. */
function NewValue({ value, kind, onChange }: NewValueProps) {
  const t = useTranslations("flowEditor.changes");
  const stored = JsonValue.safeParse(value);
  const { text, read } = useTypedText(stored.success ? stored.data : undefined, { kind });
  return (
    <Input
      isDense
      aria-label={t("value")}
      placeholder={t("value")}
      value={text}
      onChange={(event) => onChange(read(event.target.value))}
    />
  );
}
