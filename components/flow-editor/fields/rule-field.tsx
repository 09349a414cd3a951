"use client";

import { RuleEditor } from "#components/rule-builder/rule-editor.tsx";
import { useEditor } from "../editor-state/editor-context.tsx";
import type { FieldProps } from "./field-props.ts";
import { useKnownPaths } from "./use-known-paths.ts";

/** A condition over what the flow knows: the person, the event that starts it, the way so far. */
export function RuleField({ value, label, onChange }: Pick<FieldProps, "value" | "label" | "onChange">) {
  const { fields } = useKnownPaths();
  const canEdit = useEditor((state) => state.canEdit);
  return <RuleEditor label={label} rule={value} fields={fields} onChange={onChange} isDisabled={!canEdit} />;
}
