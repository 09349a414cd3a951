"use client";

import { memo } from "react";
import { dataForMode, readFields } from "#components/flow-words/read-fields.ts";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { Select } from "#components/ui/select.tsx";
import type { GraphNode } from "#flow/graph.ts";
import { nodeTypeOf } from "#flow/nodes/index.ts";
import { useEditorActions } from "../editor-state/editor-context.tsx";

type ModeFieldProps = { id: string; stepId: string; type: string; data: GraphNode["data"] };

/** Which of its shapes a step has: the first question of its form. Like every field it is drawn anew when the settings change. */
export const ModeField = memo(function ModeField({ id, stepId, type, data }: ModeFieldProps) {
  const words = useStepWords();
  const { replaceData } = useEditorActions();
  const config = nodeTypeOf(type)?.config;
  const mode = config && readFields(config, data).mode;
  if (!config || !mode) return null;
  const { name, options, chosen } = mode;
  return (
    <div className="space-y-1.5 px-4 py-3.5" data-field={name}>
      <label htmlFor={id} className="block text-secondary text-sm">
        {words.field(type, name)}
      </label>
      <Select
        id={id}
        aria-label={words.field(type, name)}
        options={options.map((option) => ({ value: option, label: words.option(type, name, option) }))}
        value={chosen}
        onValueChange={(option) => replaceData(stepId, dataForMode(config, { name, option }, data))}
      />
    </div>
  );
});
