"use client";

import { useTranslations } from "use-intl";
import { useEditor } from "../editor-state/editor-context.tsx";
import type { FieldProps } from "./field-props.ts";
import { LinkedChoice } from "./linked-choice.tsx";

/** One of the workspace's segments, and the way to where they are made. */
export function SegmentField(field: FieldProps) {
  const t = useTranslations("flowEditor.segments");
  const segments = useEditor((state) => state.catalog.segments) ?? [];
  return (
    <LinkedChoice
      field={field}
      choices={segments}
      words={{ placeholder: t("pick"), searchPlaceholder: t("search"), emptyText: t("none") }}
      link={{ href: "/audiences", text: t("open") }}
    />
  );
}
