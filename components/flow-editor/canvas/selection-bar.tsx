"use client";

import { Copy, CopyPlus, Group, Trash2, Ungroup } from "lucide-react";
import type { ComponentProps } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";

/** What can be done to several chosen things at once; the keys that do the same stand beside each. */
export function SelectionBar() {
  const t = useTranslations("flowEditor.selection");
  const groups = useTranslations("flowEditor.groups");
  const { duplicate, deleteSelected, group, ungroup, selectedIds, groupsOfSelection, select } = useEditorActions();
  const steps = useEditor((state) => state.flowNodes.filter((node) => node.selected).length);
  const notes = useEditor((state) => state.flowNotes.filter((node) => node.selected).length);
  const frames = useEditor((state) => state.flowGroups.filter((node) => node.selected).length);
  const canEdit = useEditor((state) => state.canEdit && state.run === null);
  if (steps + notes + frames < 2 || !canEdit) return null;
  const acts: Act[] = [
    {
      ...{ icon: Group, label: groups("group"), shortcut: "Ctrl G", disabled: steps === 0 },
      onClick: () => group(selectedIds(), groups("newName")),
    },
    ...(frames > 0
      ? [
          {
            ...{ icon: Ungroup, label: groups("ungroup"), shortcut: "Ctrl ⇧ G" },
            onClick: () => ungroup(groupsOfSelection()),
          },
        ]
      : []),
    { icon: Copy, label: t("copy"), shortcut: "Ctrl C", onClick: () => document.execCommand("copy") },
    { icon: CopyPlus, label: t("duplicate"), shortcut: "Ctrl D", onClick: () => duplicate() },
    {
      ...{ icon: Trash2, label: t("delete"), shortcut: "Del", className: "text-danger hover:bg-danger-tint" },
      onClick: () => {
        deleteSelected();
        select([]);
      },
    },
  ];
  return (
    <div
      role="toolbar"
      aria-label={t("label")}
      className="floating flex animate-rise-in items-center gap-0.5 rounded-lg border border-border bg-raised p-1"
    >
      <span role="status" className="whitespace-nowrap px-2 font-medium text-sm">
        {t("count", { count: steps + notes + frames })}
      </span>
      <span aria-hidden className="mx-1 h-4 w-px bg-border" />
      {acts.map((act) => (
        <IconButton key={act.label} size="dense" side="top" {...act} />
      ))}
    </div>
  );
}

type Act = Pick<
  ComponentProps<typeof IconButton>,
  "icon" | "label" | "shortcut" | "disabled" | "className" | "onClick"
>;
