"use client";

import { memo } from "react";
import type { z } from "zod";
import type { FieldSpec } from "#components/flow-words/read-fields.ts";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import type { GraphNode } from "#flow/graph.ts";
import { useEditorActions } from "../editor-state/editor-context.tsx";
import { StepField } from "../fields/step-field.tsx";

type FormFieldProps = FieldSpec & {
  id: string;
  stepId: string;
  type: string;
  data: GraphNode["data"];
  error: string | undefined;
};

/** One setting in the inspector. A key in the title is nothing to it: it is drawn anew when the settings of its step change. */
export const FormField = memo(function FormField({
  id,
  stepId,
  type,
  name,
  widget,
  label,
  schema,
  data,
  error,
}: FormFieldProps) {
  const { setData } = useEditorActions();
  const words = useStepWords();
  return (
    <div className="px-4 py-3.5">
      <StepField
        {...{ id, widget, type, name, schema, data, error }}
        nodeId={stepId}
        label={words.field(type, label)}
        help={words.fieldHelp(type, label)}
        value={name in data ? data[name] : usual(schema)}
        isInvalid={error !== undefined}
        onChange={(value) => setData(stepId, { [name]: value }, name)}
        onChangeData={(change) => setData(stepId, change)}
      />
    </div>
  );
});

/** What holds while nothing was chosen; undefined: nothing does. */
const usual = (schema: z.ZodType): unknown => schema.safeParse(undefined).data;
