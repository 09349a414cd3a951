"use client";

import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { inOrder } from "#components/ui/in-order.tsx";
import { Input } from "#components/ui/input.tsx";
import type { FieldProps } from "./field-props.ts";
import { AddItem, ListItem } from "./list-frame.tsx";
import { removeAt, replaceAt } from "./list-value.ts";
import { PathPicker } from "./path-field.tsx";

type Row = readonly [name: string, value: string];

/** Names with texts: headers, the answer's paths. */
export function KeyValuesField(props: FieldProps) {
  const t = useTranslations("flowEditor.records");
  return (
    <RecordRows {...props}>
      {(value, onChange, name) => (
        <Input
          isDense
          aria-label={t("valueOf", { name })}
          placeholder={t("value")}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </RecordRows>
  );
}

/** Names with values read from person, event or the way so far. */
export function KeyPathsField(props: FieldProps) {
  const t = useTranslations("flowEditor.records");
  return (
    <RecordRows {...props}>
      {(value, onChange, name) => (
        <PathPicker isDense label={t("valueOf", { name })} value={value} onChange={onChange} />
      )}
    </RecordRows>
  );
}

type RecordRowsProps = FieldProps & {
  children: (value: string, onChange: (value: string) => void, name: string) => ReactNode;
};

function RecordRows({ value, onChange, children }: RecordRowsProps) {
  const t = useTranslations("flowEditor.records");
  // Lines without a name yet live only here; an undo outside shows because the kept lines then differ from the stored ones.
  const [draft, setDraft] = useState<Row[]>(() => rowsOf(value));
  const rows = JSON.stringify(recordOf(draft)) === JSON.stringify(recordOf(rowsOf(value))) ? draft : rowsOf(value);
  const set = (next: Row[]) => {
    setDraft(next);
    onChange(recordOf(next));
  };
  return (
    <div className="space-y-2">
      {inOrder(rows, ([name, text], index) => (
        <ListItem removeLabel={t("remove", { name })} onRemove={() => set(removeAt(rows, index))}>
          <Input
            isDense
            aria-label={t("name", { number: index + 1 })}
            placeholder={t("namePlaceholder")}
            value={name}
            onChange={(event) => set(replaceAt(rows, index, [event.target.value, text]))}
            className="font-mono text-xs"
          />
          {children(text, (next) => set(replaceAt(rows, index, [name, next])), name)}
        </ListItem>
      ))}
      <AddItem onClick={() => setDraft([...rows, ["", ""]])}>{t("add")}</AddItem>
    </div>
  );
}

const rowsOf = (value: unknown): Row[] =>
  value !== null && typeof value === "object"
    ? Object.entries(value).map(([name, text]) => [name, typeof text === "string" ? text : ""])
    : [];

const recordOf = (rows: readonly Row[]): Record<string, string> =>
  Object.fromEntries(rows.filter(([name]) => name !== ""));
