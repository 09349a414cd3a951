"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";
import { Combobox } from "#components/ui/combobox.tsx";
import { useEditor } from "../editor-state/editor-context.tsx";
import type { FieldProps } from "./field-props.ts";
import { textOf } from "./list-value.ts";

/** One of the workspace's segments, and the way to where they are made. */
export function SegmentField({ id, label, value, isInvalid, onChange }: FieldProps) {
  const t = useTranslations("flowEditor.segments");
  const segments = useEditor((state) => state.catalog.segments ?? []);
  return (
    <div className="space-y-1.5">
      <Combobox
        id={id}
        aria-label={label}
        aria-invalid={isInvalid || undefined}
        options={segments.map((segment) => ({ value: segment.id, label: segment.name }))}
        value={textOf(value) || null}
        onValueChange={onChange}
        placeholder={t("pick")}
        searchPlaceholder={t("search")}
        emptyText={t("none")}
      />
      <Link href="/audiences" className="inline-block text-accent text-xs underline-offset-2 hover:underline">
        {t("open")}
      </Link>
    </div>
  );
}
