"use client";

import { MatchCount } from "#components/rule-builder/match-count.tsx";
import { RuleEditor } from "#components/rule-builder/rule-editor.tsx";
import type { Rule } from "#flow/rule.ts";
import { useEditor } from "../editor-state/editor-context.tsx";
import type { FieldProps } from "./field-props.ts";
import { useKnownPaths } from "./use-known-paths.tsx";

type RuleFieldProps = Pick<FieldProps, "value" | "label"> & {
  onChange: (rule: Rule) => void;
  /** The event it is about, where that is not the one that starts the flow. */
  eventName?: string;
};

/** A condition over what the flow knows: the person, the event that starts it, the way so far. */
export function RuleField({ value, label, eventName, onChange }: RuleFieldProps) {
  const { fields } = useKnownPaths(eventName);
  const canEdit = useEditor((state) => state.canEdit);
  return (
    <RuleEditor
      label={label}
      rule={value}
      fields={fields}
      onChange={onChange}
      isDisabled={!canEdit}
      footer={<MatchCount rule={value} />}
    />
  );
}
