"use client";

import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import type { GraphGroup } from "#flow/graph.ts";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";
import { useFocusWhenDrawn } from "./use-focus-when-drawn.ts";

/** The group's name; while it is edited (a double click, or its menu), a field in its place. */
export function GroupName({ group, className }: { group: GraphGroup; className: string }) {
  const t = useTranslations("flowEditor.groups");
  const isEditing = useEditor((state) => state.editing === group.id);
  if (isEditing) return <NameField group={group} />;
  return (
    <span data-name title={group.name} className={cn("min-w-0 flex-1 truncate font-semibold text-sm", className)}>
      {group.name || t("unnamed")}
    </span>
  );
}

function NameField({ group }: { group: GraphGroup }) {
  const t = useTranslations("flowEditor.groups");
  const { renameGroup, setEditing } = useEditorActions();
  const [name, setName] = useState(group.name);
  const field = useRef<HTMLInputElement>(null);
  useFocusWhenDrawn(field);
  return (
    <input
      ref={field}
      aria-label={t("nameOf")}
      value={name}
      maxLength={80}
      onChange={(event) => setName(event.target.value)}
      onBlur={() => {
        renameGroup(group.id, name);
        setEditing(null);
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
      }}
      className="nodrag h-6 min-w-0 flex-1 rounded-xs border border-border-strong bg-surface px-1.5 font-semibold text-sm"
    />
  );
}
