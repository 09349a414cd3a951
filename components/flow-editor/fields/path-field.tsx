"use client";

import { FieldPicker } from "#components/rule-builder/field-picker.tsx";
import type { FieldProps } from "./field-props.ts";
import { textOf } from "./list-value.ts";
import { useKnownPaths } from "./use-known-paths.tsx";

type PathPickerProps = {
  value: string;
  onChange: (path: string) => void;
  label: string;
  id?: string;
  isInvalid?: boolean;
  isDense?: boolean;
};

/** Picks a value of the person, the event or the way so far, with a sample beside each. */
export function PathPicker(props: PathPickerProps) {
  const { fields } = useKnownPaths();
  return <FieldPicker {...props} fields={fields} />;
}

export function PathField({ id, label, value, isInvalid, onChange }: FieldProps) {
  return <PathPicker id={id} label={label} value={textOf(value)} isInvalid={isInvalid} onChange={onChange} />;
}
