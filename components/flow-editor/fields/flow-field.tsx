"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";
import { Combobox } from "#components/ui/combobox.tsx";
import { useEditor } from "../editor-state/editor-context.tsx";
import type { FieldProps } from "./field-props.ts";
import { textOf } from "./list-value.ts";

/** Another of the workspace's published flows, and the way to it. One that would lead back here is not offered. */
export function FlowField({ id, label, value, isInvalid, onChange }: FieldProps) {
  const t = useTranslations("flowEditor.otherFlows");
  const flows = useEditor((state) => state.catalog.flows ?? []);
  const flowId = useEditor((state) => state.catalog.flowId);
  const chosen = flows.find((flow) => flow.id === value);
  const offered = flows.filter(({ id: other, reaches }) => other === chosen?.id || !reaches.includes(flowId ?? ""));
  return (
    <div className="space-y-1.5">
      <Combobox
        id={id}
        aria-label={label}
        aria-invalid={isInvalid || undefined}
        options={offered.map((flow) => ({ value: flow.id, label: flow.name }))}
        value={textOf(value) || null}
        onValueChange={onChange}
        placeholder={t("pick")}
        searchPlaceholder={t("search")}
        emptyText={t("none")}
      />
      {chosen ? (
        <Link
          href={`/flows/${chosen.id}`}
          className="inline-block text-accent text-xs underline-offset-2 hover:underline"
        >
          {t("open", { flow: chosen.name })}
        </Link>
      ) : null}
    </div>
  );
}
