"use client";

import { useTranslations } from "use-intl";
import { useEditor } from "../editor-state/editor-context.tsx";
import type { FieldProps } from "./field-props.ts";
import { LinkedChoice } from "./linked-choice.tsx";

/** Another of the workspace's published flows, and the way to it. One that would lead back here is not offered. */
export function FlowField(field: FieldProps) {
  const t = useTranslations("flowEditor.otherFlows");
  const flows = useEditor((state) => state.catalog.flows) ?? [];
  const flowId = useEditor((state) => state.catalog.flowId);
  const chosen = flows.find((flow) => flow.id === field.value);
  const offered = flows.filter(({ id, reaches }) => id === chosen?.id || !reaches.includes(flowId ?? ""));
  return (
    <LinkedChoice
      field={field}
      choices={offered}
      words={{ placeholder: t("pick"), searchPlaceholder: t("search"), emptyText: t("none") }}
      link={chosen ? { href: `/flows/${chosen.id}`, text: t("open", { flow: chosen.name }) } : null}
    />
  );
}
